import { IDBFactory } from 'fake-indexeddb';
import type { Ambient } from '../../src/ambient.js';
import type { LiveDocument } from '../../src/docs/index.js';
import { TabLocks } from '../support/tabLocks.js';
import type { Desk } from './desk.js';

export interface Tab {
  readonly document: LiveDocument;
  /** Ends it without a word. */
  crash(): void;
}

/** Tabs of one browser: one disk, and locks that a tab holds for its life. */
export class Browser {
  readonly indexedDB = new IDBFactory();
  readonly #desk: Desk;
  readonly #locks = new TabLocks();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  tab(user = 'ann', more: Partial<Ambient> = {}): Tab {
    const { locks, crash } = this.#locks.tab();
    const disk = new TabDisk(this.indexedDB);
    let alive = true;
    const ambient = this.#desk.server.ambient({ indexedDB: disk as unknown as IDBFactory, locks, ...more });
    const Living = class extends ambient.WebSocket! {
      override send(text: string): void {
        if (alive) super.send(text);
      }
    };
    const alone = { ...ambient, WebSocket: Living, setTimeout: (run: () => void, millis: number) => ambient.setTimeout(() => alive && run(), millis) };
    const document = this.#desk.open(user, { offline: user }, { ambient: alone });
    return {
      document,
      crash: () => {
        alive = false;
        disk.crash();
        this.#desk.server.halfOpen();
        this.#desk.server.drop();
        crash();
      },
    };
  }
}

/** A tab's way to the disk. When the tab ends, what is not written by then is not. */
class TabDisk {
  readonly #factory: IDBFactory;
  readonly #databases: IDBDatabase[] = [];
  readonly #writing = new Set<IDBTransaction>();

  constructor(factory: IDBFactory) {
    this.#factory = factory;
  }

  open(name: string, version: number): IDBOpenDBRequest {
    const request = this.#factory.open(name, version);
    request.addEventListener('success', () => this.#follow(request.result));
    return request;
  }

  crash(): void {
    for (const transaction of this.#writing) transaction.abort();
    for (const database of this.#databases) database.close();
  }

  #follow(database: IDBDatabase): void {
    this.#databases.push(database);
    const begin = database.transaction.bind(database);
    database.transaction = (...which: Parameters<IDBDatabase['transaction']>) => {
      const transaction = begin(...which);
      // One that commits at once can be taken back no more.
      Object.assign(transaction, { commit: undefined });
      this.#writing.add(transaction);
      const done = () => this.#writing.delete(transaction);
      transaction.addEventListener('complete', done);
      transaction.addEventListener('abort', done);
      return transaction;
    };
  }
}

/** Databases answer in real time. */
export async function settle(desk: Desk, millis = 100): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await desk.advance(millis / 40);
}
