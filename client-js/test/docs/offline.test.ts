import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ambient } from '../../src/ambient.js';
import { keptMillis } from '../../src/docs/shelf.js';
import { Desk, insert } from './desk.js';
import { Browser, settle as settleAt } from './tabs.js';

let desk: Desk;
let browser: Browser;

beforeEach(() => {
  desk = new Desk();
  browser = new Browser(desk);
});
afterEach(() => desk.close());

const tab = (user?: string, more?: Partial<Ambient>) => browser.tab(user, more);
const settle = (millis?: number) => settleAt(desk, millis);

async function back(): Promise<void> {
  desk.server.away = false;
  for (let second = 0; second < 40; second++) await settle(1_000);
}

describe('edits without a connection', () => {
  test('survive a reload and are brought together with what others wrote', async () => {
    const before = tab();
    desk.server.write('plan', insert('The fox.'));
    await settle(3_000);
    desk.server.away = true;
    desk.server.drop();
    await settle();
    before.document.edit(insert('quick ', 4));
    expect(before.document.state).toMatchObject({ kind: 'offline', saved: false, kept: false });
    await settle();
    expect(before.document.state).toMatchObject({ pending: 1, kept: true });
    before.crash();
    desk.server.write('plan', insert('Look: '));

    const after = tab();
    await settle();
    expect(after.document.state).toMatchObject({ kind: 'offline', saved: false, kept: true, role: 'editor', title: 'Untitled' });
    expect(after.document.content.text).toBe('The quick fox.');
    after.document.edit(insert('!', 14));
    await back();
    expect(desk.document.content.text).toBe('Look: The quick fox.!');
    expect(after.document.content.ops).toEqual(desk.document.content.ops);
    expect(after.document.state).toMatchObject({ kind: 'live', saved: true, pending: 0 });
  });

  test('that the server has, but never said so, are not written twice', async () => {
    const before = tab();
    await settle(3_000);
    desk.server.delayMs = 50;
    before.document.edit(insert('once'));
    await settle(60);
    expect(desk.document.content.text).toBe('once');
    before.crash();
    desk.server.delayMs = 0;

    const after = tab();
    await back();
    expect(desk.document.content.text).toBe('once');
    expect(desk.sent('operation')).toHaveLength(1);
    expect(after.document.state.saved).toBe(true);
  });

  test('that went out behind others are known to have gone out', async () => {
    const before = tab();
    await settle(3_000);
    before.document.edit(insert('one'));
    before.document.edit(insert(' two', 3));
    // The first is acknowledged, the second went out with that, and the tab ends before it hears of it.
    while (desk.sent('operation').length < 2) await desk.advance(0);
    before.crash();
    expect(desk.document.content.text).toBe('one two');
    tab();
    await back();
    expect(desk.document.content.text).toBe('one two');
  });

  test('are kept across several reloads', async () => {
    tab();
    await settle(3_000);
    desk.server.away = true;
    for (const text of ['a', 'b', 'c']) {
      const { document, crash } = tab();
      await settle();
      document.edit(insert(text));
      await settle();
      crash();
    }
    tab();
    await back();
    expect(desk.document.content.text).toBe('cba');
  });
});

describe('undo', () => {
  test('survives a reload, and what others wrote meanwhile', async () => {
    const before = tab();
    desk.server.write('plan', insert('fox'));
    await settle(3_000);
    before.document.edit(insert('quick '));
    before.document.cutUndo();
    before.document.edit(insert('!', 9));
    before.document.undo();
    before.document.cutUndo();
    await settle();
    before.crash();
    desk.server.write('plan', insert('The '));

    const after = tab();
    await back();
    expect(after.document.content.text).toBe('The quick fox');
    expect(after.document).toMatchObject({ canUndo: true, canRedo: true });
    after.document.redo();
    expect(after.document.content.text).toBe('The quick fox!');
    after.document.undo();
    after.document.undo();
    expect(after.document.content.text).toBe('The fox');
    expect(after.document.undo()).toBe(false);
    await settle();
    expect(desk.document.content.text).toBe('The fox');
  });

  test('of another tab is not one’s own', async () => {
    const first = tab();
    await settle(3_000);
    first.document.edit(insert('mine'));
    await settle(3_000);
    const second = tab();
    await back();
    expect(second.document.content.text).toBe('mine');
    expect(second.document.canUndo).toBe(false);
  });
});

describe('of two tabs', () => {
  test('each sends its own, and who lives sends what another one left', async () => {
    const [first, second] = [tab(), tab()];
    await settle(3_000);
    desk.server.away = true;
    desk.server.drop();
    await settle();
    first.document.edit(insert('one '));
    second.document.edit(insert('two '));
    await settle();
    first.crash();
    await back();
    expect(second.document.content.text).toMatch(/^(one two |two one )$/);
    expect(desk.document.content.ops).toEqual(second.document.content.ops);
    expect(new Set(desk.sent('operation').map(({ data }) => data!['clientId'])).size).toBe(2);
    const reopened = tab();
    await settle(3_000);
    expect(reopened.document.content.ops).toEqual(second.document.content.ops);
    expect(desk.sent('operation')).toHaveLength(2);
  });

  test('that both ended, all is sent by the next one', async () => {
    const both = [tab(), tab()];
    await settle(3_000);
    desk.server.away = true;
    desk.server.drop();
    await settle();
    both.forEach(({ document }, index) => document.edit(insert(`${index} `)));
    await settle();
    for (const { crash } of both) crash();
    const after = tab();
    await back();
    expect([...desk.document.content.text].sort().join('')).toBe('  01');
    expect(after.document.content.ops).toEqual(desk.document.content.ops);
    await settle(3_000);
    expect(await kept()).toHaveLength(1);
  });

  test('one that starts without a connection shows what the other one has from the server', async () => {
    const first = tab();
    desk.server.write('plan', insert('known'));
    await settle(3_000);
    desk.server.away = true;
    desk.server.drop();
    first.document.edit(insert('own '));
    await settle();
    const second = tab();
    await settle();
    expect(second.document.content.text).toBe('known');
    second.document.edit(insert('!', 5));
    await back();
    expect(desk.document.content.text).toBe('own known!');
    expect(second.document.content.ops).toEqual(first.document.content.ops);
  });
});

async function kept(store = 'documents'): Promise<unknown[]> {
  const open = browser.indexedDB.open('peal-docs', 1);
  await new Promise((resolve) => (open.onsuccess = resolve));
  const all = open.result.transaction(store).objectStore(store).getAll();
  await new Promise((resolve) => (all.onsuccess = resolve));
  return all.result;
}

test('what another user wrote is not touched', async () => {
  const before = tab('ann');
  await settle(3_000);
  desk.server.away = true;
  desk.server.drop();
  await settle();
  before.document.edit(insert('secret'));
  await settle();
  before.crash();
  const other = tab('bob');
  await back();
  expect(other.document.content.text).toBe('');
  expect(desk.sent('operation')).toEqual([]);
});

test('a document without unsaved edits that nobody opened for a month is forgotten', async () => {
  const before = tab();
  desk.server.write('plan', insert('old'));
  await settle(3_000);
  before.crash();
  const row = (await kept())[0] as { readonly key: string; readonly of: string; readonly at: number };
  const put = browser.indexedDB.open('peal-docs', 1);
  await new Promise((resolve) => (put.onsuccess = resolve));
  const change = put.result.transaction('documents', 'readwrite');
  change.objectStore('documents').put({ ...row, key: 'other', of: 'another', at: row.at - keptMillis - 3_600_000 });
  change.objectStore('documents').put({ ...row, key: 'unsent', of: 'another', at: row.at - keptMillis - 3_600_000, buffer: [{ insert: 'x' }] });
  await new Promise((resolve) => (change.oncomplete = resolve));
  tab();
  await settle(3_000);
  expect((await kept()).map((kept) => (kept as { key: string }).key)).toEqual([row.key, 'unsent']);
});

describe('a document opens all the same, and says that nothing is kept,', () => {
  async function expectNotKept(more: Partial<Ambient>): Promise<void> {
    const { document } = tab('ann', more);
    for (let second = 0; second < 7; second++) await settle(1_000);
    expect(document.state).toMatchObject({ kind: 'live' });
    desk.server.away = true;
    desk.server.drop();
    document.edit(insert('x'));
    await settle();
    expect(document.state).toMatchObject({ saved: false, kept: false });
  }

  test('without Web Locks', () => expectNotKept({ locks: undefined }));
  test('without IndexedDB', () => expectNotKept({ indexedDB: undefined }));
  test('where IndexedDB does not answer', () => expectNotKept({ indexedDB: { open: () => ({}) } as unknown as IDBFactory }));

  test('while the disk is full', async () => {
    const { document } = tab();
    await settle(3_000);
    desk.server.away = true;
    desk.server.drop();
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    document.edit(insert('x'));
    await settle();
    expect(document.state.kept).toBe(false);
    IDBObjectStore.prototype.put = put;
    document.edit(insert('y'));
    await settle();
    expect(document.state.kept).toBe(true);
  });
});

test('closing waits until all is on the disk, and the next one goes on there', async () => {
  const first = tab();
  await settle(3_000);
  desk.server.away = true;
  desk.server.drop();
  await settle();
  first.document.edit(insert('last words'));
  const closed = first.document.close();
  await settle();
  await closed;
  expect(first.document.state).toMatchObject({ kind: 'closed', kept: true });
  const next = tab();
  await settle();
  expect(next.document.content.text).toBe('last words');
  expect(next.document.canUndo).toBe(true);
});
