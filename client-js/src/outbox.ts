import type { Ambient } from './ambient.js';

/** A message of one's own that the server has not acknowledged. */
export interface Kept {
  readonly messageId: string;
  readonly roomId: string;
  readonly type: 'message' | 'chat';
  readonly message: string;
}

/**
 * Where messages survive the program. Every method may be called at any time and may reject: then the messages live as
 * long as the program, and it is told.
 */
export interface OutboxStore {
  /**
   * Opens it, or looks again. `adopt` is called with what an earlier program left and no other one that is alive will
   * send, in the order written: before this resolves, and again when another tab has ended without sending all.
   */
  open(adopt: (left: readonly Kept[]) => void): Promise<void>;
  add(kept: Kept): Promise<void>;
  remove(messageId: string): Promise<void>;
  /** Lets others have what is left. */
  close(): void;
}

interface Row extends Kept {
  readonly key?: number;
  readonly outbox: string;
  /** The tab that sends it. */
  readonly owner: string;
}

const openTimeoutMillis = 5_000;

/**
 * An outbox in IndexedDB, by name: that of the user, as nobody may send what another one wrote. Tabs share it, and each
 * row has one owner, who sends it. An owner holds a Web Lock for its life, so whoever waits for that lock learns of its
 * end, even by a crash, and takes over. Without Web Locks every tab takes over everything when it starts: two may send
 * the same rows, each in their order, and the message ids see to it that they are stored once and in that order.
 */
export function indexedDbOutbox(name: string, owner: string, { indexedDB, locks, setTimeout }: Ambient): OutboxStore {
  /** Of the rows that this tab sends, known once they are written; undefined where that failed. */
  const keys = new Map<string, Promise<IDBValidKey | undefined> | IDBValidKey>();
  const awaited = new Set([owner]);
  const lockOf = (tab: string) => `peal outbox ${name} ${tab}`;
  let release = () => {};
  let open = false;
  let database: Promise<IDBDatabase> | undefined;

  function opened(): Promise<IDBDatabase> {
    database ??= new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('IndexedDB does not answer')), openTimeoutMillis);
      const request = indexedDB!.open('peal', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'key', autoIncrement: true });
      request.onsuccess = () => {
        // A later version of this page wants to change it: it must not wait for us.
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return database;
  }

  /** One transaction; done when it is committed. */
  async function commit<Result>(work: (rows: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
    const base = await opened();
    return new Promise((resolve, reject) => {
      const transaction = base.transaction('outbox', 'readwrite');
      const request = work(transaction.objectStore('outbox'));
      transaction.commit?.(); // at once: a page that goes in the next moment cannot answer the request and lose it
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async function rows(): Promise<Row[]> {
    const all = (await commit((store) => store.getAll())) as Row[];
    return all.filter((row) => row.outbox === name);
  }

  async function take(mine: (row: Row) => boolean): Promise<Row[]> {
    const taken = (await rows()).filter(mine);
    for (const row of taken) keys.set(row.messageId, row.key!);
    await Promise.all(taken.map((row) => commit((store) => store.put({ ...row, owner }))));
    return taken;
  }

  /** Holds the lock of this tab until it ends. */
  function live(): Promise<void> {
    return new Promise((resolve, reject) => {
      const held = () => {
        resolve();
        return new Promise<void>((done) => (release = done));
      };
      locks!.request(lockOf(owner), held).catch(reject);
    });
  }

  /** Takes over, now or at its end, what another tab wrote. */
  async function inherit(adopt: (left: readonly Kept[]) => void): Promise<void> {
    for (const tab of new Set((await rows()).map((row) => row.owner))) {
      if (awaited.has(tab)) continue;
      awaited.add(tab);
      const heir = async (lock: Lock | null) => {
        if (lock && open) adopt(await take((row) => row.owner === tab));
        return lock !== null;
      };
      const taken = await locks!.request(lockOf(tab), { ifAvailable: true }, heir);
      if (!taken) locks!.request(lockOf(tab), heir).catch(() => {});
    }
  }

  return {
    async open(adopt) {
      if (locks) {
        if (!open) await live();
        open = true;
        await inherit(adopt);
      } else if (!open) {
        adopt(await take(() => true));
        open = true;
      }
    },
    // None waits for the one before it, as the page may go: the database keeps their order.
    async add(kept) {
      const added = commit((store) => store.add({ ...kept, outbox: name, owner }));
      keys.set(kept.messageId, added.catch(() => undefined));
      await added;
    },
    async remove(messageId) {
      const key = await keys.get(messageId);
      keys.delete(messageId);
      if (key !== undefined) await commit((store) => store.delete(key));
    },
    close() {
      open = false;
      release();
    },
  };
}
