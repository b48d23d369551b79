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
    const databases: IDBDatabase[] = [];
    let alive = true;
    const indexedDB = {
      open: (name: string, version: number) => {
        const request = this.indexedDB.open(name, version);
        request.addEventListener('success', () => databases.push(request.result));
        return request;
      },
    } as unknown as IDBFactory;
    const ambient = this.#desk.server.ambient({ indexedDB, locks, ...more });
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
        // What it has begun to write is written, and nothing after.
        for (const database of databases) database.close();
        this.#desk.server.halfOpen();
        this.#desk.server.drop();
        crash();
      },
    };
  }
}

/** Databases answer in real time. */
export async function settle(desk: Desk, millis = 100): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await desk.advance(millis / 40);
}
