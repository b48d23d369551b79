import type { Ambient } from '../ambient.js';
import type { Op } from './delta.js';
import type { Role } from './messages.js';
import type { KeptUndo } from './undo.js';

/** What of a replica lies on the disk. */
export interface KeptContent {
  readonly epoch: string;
  readonly revision: number;
  /** What the server confirmed is `base`, then `tail`. Large, and seldom another one. */
  readonly base: readonly Op[];
  readonly tail: readonly Op[];
  readonly flight: KeptFlight | undefined;
  readonly buffer: readonly Op[];
}

interface KeptFlight {
  readonly clientId: string;
  readonly seq: number;
  readonly revision: number;
  readonly operation: readonly Op[];
  readonly now: readonly Op[];
}

export interface KeptReplica extends KeptContent, KeptUndo {
  /** Of the place on the shelf, which goes from a tab to who takes it over. */
  readonly key: string;
  readonly role: Role | undefined;
  readonly title: string | undefined;
}

/** As it lies there. */
interface Row extends Omit<KeptReplica, 'base'> {
  /** The user and the document. */
  readonly of: string;
  readonly at: number;
}

const openTimeoutMillis = 5_000;
/** So long a document without unsaved edits stays, when nobody opens it. */
export const keptMillis = 30 * 24 * 3_600_000;

export const isPending = ({ flight, buffer }: Pick<KeptReplica, 'flight' | 'buffer'>): boolean => flight !== undefined || buffer.length > 0;

/**
 * The replicas of one document and user in IndexedDB, one for each tab. A tab holds a Web Lock on its own for its life:
 * who gets that lock knows that the tab is gone, and is the only one to send what it left. Without Web Locks nothing is
 * kept, as two tabs that send under one client id would take each other's edits for repetitions.
 */
export class Shelf {
  readonly #of: string;
  readonly #ambient: Ambient;
  readonly #held = new Map<string, () => void>();
  /** Those that were taken, or are waited for. */
  readonly #known = new Set<string>();
  #database: Promise<IDBDatabase> | undefined;
  #base: readonly Op[] | undefined;
  #open = true;

  /** @param name of the user, by the program */
  constructor(name: string, documentId: string, ambient: Ambient) {
    this.#of = JSON.stringify([name, documentId]);
    this.#ambient = ambient;
  }

  /**
   * Takes what tabs left that are gone, the newest first; `later` is called with what others leave that end while this
   * one lives. `seed` is the document as some living tab has it. Asked again, it looks for tabs that came meanwhile.
   */
  async claim(later: (left: KeptReplica) => void): Promise<{ readonly left: readonly KeptReplica[]; readonly seed: KeptReplica | undefined }> {
    if (!this.#ambient.locks) throw new Error('no Web Locks');
    const all = (await this.#rows()).sort((one, other) => other.at - one.at);
    const left: KeptReplica[] = [];
    for (const { key } of all.filter(({ key }) => !this.#known.has(key))) {
      this.#known.add(key);
      const replica = (await this.#hold(key, true)) && (await this.#read(key));
      if (replica) left.push(replica);
      else this.#hold(key, false).then(() => this.#inherit(key, later)).catch(() => {});
    }
    return { left, seed: all[0] && (await this.#read(all[0].key)) };
  }

  /** A place of this tab's own; `name` is nobody else's. */
  async take(name: string): Promise<string> {
    const key = `${this.#of} ${name}`;
    this.#known.add(key);
    await this.#hold(key, false);
    return key;
  }

  /** Ends when it is on the disk. */
  async keep({ base, ...replica }: KeptReplica): Promise<void> {
    await this.#commit((documents, bases) => {
      if (base !== this.#base) bases.put(base, replica.key);
      return documents.put({ ...replica, of: this.#of, at: this.#ambient.now() } satisfies Row);
    });
    this.#base = base;
  }

  /** The place stays this tab's. */
  async erase(key: string): Promise<void> {
    this.#base = undefined;
    await this.#commit((documents, bases) => {
      bases.delete(key);
      return documents.delete(key);
    });
  }

  /** Nothing of it is needed any more. */
  async drop(key: string): Promise<void> {
    await this.erase(key);
    this.#release(key);
  }

  /** Lets others have what is left. */
  close(): void {
    this.#open = false;
    for (const release of this.#held.values()) release();
    this.#held.clear();
  }

  #release(key: string): void {
    this.#held.get(key)?.();
    this.#held.delete(key);
  }

  async #inherit(key: string, later: (left: KeptReplica) => void): Promise<void> {
    const replica = this.#open ? await this.#read(key) : undefined;
    if (replica) later(replica);
  }

  /** Of this document; those of others that nobody wants any more go. */
  async #rows(): Promise<Row[]> {
    const all = (await this.#commit((documents) => documents.getAll())) as Row[];
    const old = all.filter((row) => row.of !== this.#of && !isPending(row) && this.#ambient.now() - row.at > keptMillis);
    for (const { key } of old) if (await this.#hold(key, true)) await this.drop(key);
    return all.filter((row) => row.of === this.#of);
  }

  async #read(key: string): Promise<KeptReplica | undefined> {
    let base: IDBRequest<readonly Op[] | undefined> | undefined;
    const row = (await this.#commit((documents, bases) => {
      base = bases.get(key);
      return documents.get(key);
    })) as Row | undefined;
    return row && base?.result && { ...row, base: base.result };
  }

  /** False where a living tab has it and one does not wait. */
  #hold(key: string, ifAvailable: boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const held = (lock: Lock | null) => {
        resolve(lock !== null && this.#open);
        if (!lock || !this.#open) return undefined;
        return new Promise<void>((release) => this.#held.set(key, release));
      };
      this.#ambient.locks!.request(`peal docs ${key}`, ifAvailable ? { ifAvailable } : {}, held).catch(reject);
    });
  }

  /** One transaction; done when it is committed. */
  async #commit<Result>(work: (documents: IDBObjectStore, bases: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
    const database = await (this.#database ??= this.#opened());
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(['documents', 'bases'], 'readwrite');
      const request = work(transaction.objectStore('documents'), transaction.objectStore('bases'));
      transaction.commit?.(); // at once: a page that goes in the next moment cannot answer the request and lose it
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  #opened(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      this.#ambient.setTimeout(() => reject(new Error('IndexedDB does not answer')), openTimeoutMillis);
      const request = this.#ambient.indexedDB!.open('peal-docs', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('documents', { keyPath: 'key' });
        request.result.createObjectStore('bases');
      };
      request.onsuccess = () => {
        // A later version of this page wants to change it: it must not wait for us.
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
  }
}
