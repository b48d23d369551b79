import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ambient } from '../src/ambient.js';
import { Client, type OutboxStore } from '../src/index.js';
import { FakeServer } from '../src/testing/index.js';
import { TabLocks } from './support/tabLocks.js';

let server: FakeServer;
let indexedDB: IDBFactory;
let locks: TabLocks;
let clients: Client[];

beforeEach(() => {
  server = new FakeServer();
  indexedDB = new IDBFactory();
  locks = new TabLocks();
  clients = [];
});
afterEach(() => clients.forEach((client) => client.stop()));

/** A tab; `crash` ends it without a word. */
function tab(more: Partial<Ambient> = {}) {
  const mine = locks.tab();
  let alive = true;
  const ambient = server.ambient({ indexedDB, locks: mine.locks, ...more });
  const alone = { ...ambient, setTimeout: (run: () => void, millis: number) => ambient.setTimeout(() => alive && run(), millis) };
  const client = new Client('http://peal.test', server.options({ ambient: alone, token: 'ann', outbox: 'ann' }));
  clients.push(client);
  const crash = () => {
    alive = false;
    server.halfOpen();
    server.drop();
    mine.crash();
  };
  return { client, crash };
}

/** Databases answer in real time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await server.advance(0);
}

async function stored(): Promise<unknown[]> {
  for (let second = 0; second < 60; second++) {
    await server.advance(1_000);
    await settle();
  }
  return server.room('lobby').entries.map(({ data }) => data['message']);
}

describe('a durable outbox', () => {
  test('survives a reload: each message once, in order, before new ones', async () => {
    server.away = true;
    const before = tab();
    before.client.start();
    for (const text of ['one', 'two', 'three']) void before.client.room('lobby').publish(text);
    await settle();
    expect(before.client.diagnostics.outbox).toEqual({ durable: true });
    before.crash();

    server.away = false;
    const after = tab();
    void after.client.room('lobby').publish('four');
    after.client.start();
    expect(await stored()).toEqual(['one', 'two', 'three', 'four']);
    expect(after.client.diagnostics.pending).toBe(0);
  });

  test('is on its way to the disk as soon as it is said: none waits for the one before it, as the page may go', async () => {
    server.away = true;
    const { client } = tab();
    client.start();
    await settle();
    const add = vi.spyOn((await import('fake-indexeddb')).IDBObjectStore.prototype, 'add');
    for (const text of ['one', 'two', 'three']) void client.room('lobby').publish(text);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve(); // no task: nothing has answered yet
    expect(add.mock.calls.map(([row]) => row.message)).toEqual(['one', 'two', 'three']);
  });

  test('goes first, however long it takes to be read', async () => {
    const store: OutboxStore = {
      open: (adopt) =>
        new Promise((resolve) => {
          server.clock.setTimeout(() => {
            adopt([{ messageId: 'm1', roomId: 'lobby', type: 'message', message: 'old' }]);
            resolve();
          }, 3_000);
        }),
      add: async () => {},
      remove: async () => {},
      close: () => {},
    };
    const client = new Client('http://peal.test', server.options({ token: 'ann', outbox: store }));
    clients.push(client.start());
    void client.room('lobby').publish('new');
    expect(await stored()).toEqual(['old', 'new']);
  });

  test('forgets what was acknowledged', async () => {
    const before = tab();
    before.client.start();
    void before.client.room('lobby').publish('one');
    expect(await stored()).toEqual(['one']);
    before.crash();
    const after = tab();
    after.client.start();
    expect(await stored()).toEqual(['one']);
    expect(server.received.filter(({ type }) => type === 'message')).toHaveLength(1);
  });

  test('is sent by one of two tabs, even where its own dies while both are open', async () => {
    server.away = true;
    const tabs = [tab(), tab(), tab()];
    for (const { client } of tabs) client.start();
    for (const text of ['one', 'two']) void tabs[0]!.client.room('lobby').publish(text);
    await settle();
    await server.advance(1_000);
    tabs[0]!.crash();
    server.away = false;
    expect(await stored()).toEqual(['one', 'two']);
    expect(server.received.filter(({ type }) => type === 'message')).toHaveLength(2);
  });

  test('of a tab that is alive is left to it', async () => {
    server.away = true;
    const [first, second] = [tab(), tab()];
    first.client.start();
    void first.client.room('lobby').publish('one');
    await settle();
    second.client.start();
    await settle();
    expect(second.client.diagnostics.pending).toBe(0);
    server.away = false;
    expect(await stored()).toEqual(['one']);
  });

  test('without Web Locks is sent by whoever finds it, and stored once in order', async () => {
    server.away = true;
    const before = tab({ locks: undefined });
    before.client.start();
    for (const text of ['one', 'two', 'three']) void before.client.room('lobby').publish(text);
    await settle();
    before.crash();
    server.away = false;
    for (const { client } of [tab({ locks: undefined }), tab({ locks: undefined })]) client.start();
    expect(await stored()).toEqual(['one', 'two', 'three']);
  });

  test('of another user is not touched', async () => {
    server.away = true;
    const before = tab();
    before.client.start();
    void before.client.room('lobby').publish('secret');
    await settle();
    before.crash();
    server.away = false;
    const other = new Client('http://peal.test', server.options({ ambient: server.ambient({ indexedDB }), token: 'bob', outbox: 'bob' }));
    clients.push(other.start());
    expect(await stored()).toEqual([]);
  });
});

describe('messages go out all the same, and the program is told,', () => {
  const failing = (open: () => unknown) => ({ indexedDB: { open } as unknown as IDBFactory, locks: undefined });

  async function expectInMemory(more: Partial<Ambient>, reason: RegExp): Promise<void> {
    const { client } = tab(more);
    client.start();
    void client.room('lobby').publish('one');
    expect(await stored()).toEqual(['one']);
    expect(client.diagnostics.outbox).toEqual({ durable: false, reason: expect.stringMatching(reason) });
  }

  test('where IndexedDB is missing', () => expectInMemory({ indexedDB: undefined, locks: undefined }, /TypeError/));

  test('where IndexedDB is blocked', () =>
    expectInMemory(
      failing(() => {
        throw new DOMException('no', 'SecurityError');
      }),
      /SecurityError/,
    ));

  test('where IndexedDB does not answer', () => expectInMemory(failing(() => ({})), /does not answer/));

  test('where Web Locks are refused', () =>
    expectInMemory({ locks: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } as unknown as LockManager }, /SecurityError/));

  test('where IndexedDB is full, until it is so no longer', async () => {
    const { client } = tab();
    client.start();
    await settle();
    const { prototype } = (await import('fake-indexeddb')).IDBObjectStore;
    const { add } = prototype;
    prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const first = client.room('lobby').publish('one');
    await settle();
    expect(client.diagnostics.outbox).toEqual({ durable: false, reason: expect.stringContaining('full') });
    prototype.add = add;
    await settle();
    await first;
    void client.room('lobby').publish('two');
    await settle();
    expect(client.diagnostics.outbox).toEqual({ durable: true });
  });
});
