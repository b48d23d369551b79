import { Client, type ClientOptions, type Kept, type OutboxStore } from '@peal/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Chat } from '../src/chat/chat';
import { outgoingMax } from '../src/chat/delivery';
import { JoinedRooms } from '../src/chat/joinedRooms';
import { ReadMark } from '../src/chat/readMark';
import { historyPage } from '../src/chat/history';
import type { Room } from '../src/chat/room';
import { entriesMax } from '../src/chat/timeline';
import { CredentialStore } from '../src/session/credentials';
import { Session } from '../src/session/session';
import { type FakeSocket, FakeWorld, settled } from './support/fakeSocket';
import { MemoryStore } from './support/memoryStore';

let store: MemoryStore;
let world: FakeWorld;
let session: Session;
let chat: Chat;
let ids: number;

beforeEach(() => {
  vi.useFakeTimers();
  store = new MemoryStore();
  ids = 0;
  begin();
});
afterEach(() => {
  chat.stop();
  vi.useRealTimers();
});

/** Opens the page, as on a first visit or a reload. */
function begin(outbox?: OutboxStore): void {
  world = new FakeWorld();
  const credentials = new CredentialStore(store);
  credentials.write({ userId: 'ann', userName: 'Ann', guest: false });
  session = new Session(credentials, () => 0);
  const connect = (options: ClientOptions) =>
    new Client('http://peal.example', { ...options, ...(outbox && { outbox }), ambient: world.ambient });
  chat = new Chat({ session, rooms: new JoinedRooms(store), readMark: new ReadMark(store), freshId: () => `id${++ids}`, connect });
}

async function enter(offset: number, epoch = 'E'): Promise<Room> {
  chat.show('k');
  chat.start();
  await settled();
  world.socket.authenticate();
  await settled();
  await joined(offset, epoch);
  return active();
}

async function joined(offset: number, epoch = 'E', recovered = true): Promise<void> {
  world.socket.answer('join_room', 'joined', { roomId: 'k', epoch, offset, recovered });
  await settled();
}

async function reconnect(): Promise<void> {
  world.socket.end(1006);
  await vi.advanceTimersByTimeAsync(0);
  world.socket.authenticate();
  await settled();
}

function active(): Room {
  const room = chat.active.value;
  if (room === undefined) throw new Error('no room is open');
  return room;
}

const pushed = (offset: number, text: string, userId = 'bo') => ({
  type: 'message',
  offset,
  data: { roomId: 'k', message: text, userId, userName: userId, timestamp: offset },
});
const push = (socket: FakeSocket, offset: number, text: string, userId?: string) => socket.push(pushed(offset, text, userId));
const texts = (room: Room) => room.history.timeline.entries.map(({ text }) => text);
const shown = (room: Room) => [
  ...texts(room),
  ...room.delivery.items.filter(({ seenAs }) => seenAs === undefined).map(({ text, state }) => `${text} (${state})`),
];

describe('history', () => {
  test('opening a room asks for the newest fifty, then for those before', async () => {
    const room = await enter(120);
    expect(world.socket.last('history').data).toEqual({ roomId: 'k', limit: 50 });
    world.socket.answer('history', 'history', { roomId: 'k', epoch: 'E', entries: [pushed(119, 'x'), pushed(120, 'y')], more: true });
    await settled();
    void room.history.loadOlder();
    void room.history.loadOlder();
    expect(world.socket.count('history')).toBe(2);
    expect(world.socket.last('history').data).toEqual({ roomId: 'k', limit: 50, before: 119 });
  });

  test('an empty room is not asked', async () => {
    await enter(0);
    expect(world.socket.count('history')).toBe(0);
  });

  test('a refused page can be asked for again', async () => {
    const room = await enter(120);
    world.socket.answer('history', 'error', { code: 'internal_error', message: 'x', retry: false });
    await settled();
    expect(room.history.older.value).toBe('failed');
    void room.history.loadOlder();
    expect(world.socket.count('history')).toBe(2);
  });

  test('a hole is filled by asking for what is before it, once', async () => {
    const room = await enter(0);
    push(world.socket, 1, 'one');
    push(world.socket, 4, 'four');
    push(world.socket, 5, 'five');
    expect(world.socket.count('history')).toBe(1);
    expect(world.socket.last('history').data).toMatchObject({ before: 4 });
    const entries = [pushed(1, 'one'), pushed(2, 'two'), pushed(3, 'three')];
    world.socket.answer('history', 'history', { roomId: 'k', epoch: 'E', entries, more: false });
    await settled();
    expect(texts(room)).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect(room.history.timeline.position?.offset).toBe(5);
  });
});

describe('resuming', () => {
  test('joins again from the position reached, and shows each entry once', async () => {
    const room = await enter(0);
    push(world.socket, 1, 'one');
    push(world.socket, 2, 'two');
    await reconnect();
    expect(world.socket.last('join_room').data).toEqual({ roomId: 'k', since: { epoch: 'E', offset: 2 } });
    await joined(4);
    push(world.socket, 2, 'two');
    push(world.socket, 3, 'three');
    push(world.socket, 4, 'four');
    push(world.socket, 5, 'five');
    expect(texts(room)).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  test('says so when history was lost, and begins anew', async () => {
    const room = await enter(0);
    push(world.socket, 1, 'one');
    await reconnect();
    await joined(3, 'F', false);
    expect(room.history.timeline.archives).toHaveLength(1);
    expect(world.socket.last('history').data).toEqual({ roomId: 'k', limit: 50 });
  });

  test('after a loss, what waits goes again under the same id, and what is shown anew is not doubled', async () => {
    const room = await enter(0);
    push(world.socket, 1, 'one');
    room.publish('mine');
    push(world.socket, 2, 'mine', 'ann');
    await reconnect();
    await joined(0, 'F', false);
    expect(world.socket.last('message')).toMatchObject({ messageId: 'id1', data: { message: 'mine' } });
    push(world.socket, 1, 'mine', 'ann');
    world.socket.answer('message', 'ack', { roomId: 'k', epoch: 'F', offset: 1 });
    await settled();
    expect(shown(room)).toEqual(['mine']);
    expect(room.history.timeline.archives.map(({ entries }) => entries.map(({ text }) => text))).toEqual([['one', 'mine']]);
  });

  test('after a loss, places that were found before lead nowhere', async () => {
    const room = await enter(0);
    push(world.socket, 1, 'one');
    expect(await room.lookback.goTo(1)).toBe(true);
    void room.search.find('one');
    await reconnect();
    await joined(0, 'F', false);
    expect(room.lookback.place.value).toBeUndefined();
    expect(room.search.query.value).toBeUndefined();
  });

  test('a join refused for now is tried again', async () => {
    chat.show('k');
    chat.start();
    await settled();
    world.socket.authenticate();
    await settled();
    world.socket.answer('join_room', 'error', { code: 'rate_limited', message: 'x', retry: true, retryAfterMs: 900 });
    await settled();
    await vi.advanceTimersByTimeAsync(900);
    expect(world.socket.count('join_room')).toBe(2);
  });

  test('a room left while its join waits is not joined', async () => {
    chat.show('k');
    chat.start();
    await settled();
    world.socket.authenticate();
    await settled();
    world.socket.answer('join_room', 'error', { code: 'rate_limited', message: 'x', retry: true, retryAfterMs: 900 });
    await settled();
    chat.leave(active());
    await vi.advanceTimersByTimeAsync(900);
    expect(world.socket.count('join_room')).toBe(1);
  });

  test('a join refused for good says why', async () => {
    chat.show('k');
    chat.start();
    await settled();
    world.socket.authenticate();
    await settled();
    world.socket.answer('join_room', 'error', { code: 'forbidden', message: 'Forbidden', retry: false });
    await settled();
    expect(active().status.value).toEqual({ kind: 'refused', reason: 'Forbidden' });
  });
});

describe('own messages', () => {
  test('are shown at once, and once, through push and acknowledgement', async () => {
    const room = await enter(0);
    room.publish('hi');
    expect(shown(room)).toEqual(['hi (waiting)']);
    expect(world.socket.last('message')).toMatchObject({ messageId: 'id1', data: { roomId: 'k', message: 'hi' } });
    push(world.socket, 1, 'hi', 'ann');
    expect(shown(room)).toEqual(['hi']);
    world.socket.answer('message', 'ack', { roomId: 'k', epoch: 'E', offset: 1 });
    await settled();
    expect(shown(room)).toEqual(['hi']);
    expect(room.delivery.items).toEqual([]);
  });

  test('the same text from another tab is not taken for this one in the end', async () => {
    const room = await enter(0);
    room.publish('ok');
    push(world.socket, 1, 'ok', 'ann');
    push(world.socket, 2, 'ok', 'ann');
    world.socket.answer('message', 'ack', { roomId: 'k', epoch: 'E', offset: 2 });
    await settled();
    expect(shown(room)).toEqual(['ok', 'ok']);
  });

  test('stored before the connection broke, they go again under the same id and are shown once', async () => {
    const room = await enter(0);
    room.publish('hi');
    await reconnect();
    expect(shown(room)).toEqual(['hi (waiting)']);
    await joined(1);
    expect(world.socket.last('message')).toMatchObject({ messageId: 'id1' });
    world.socket.answer('message', 'ack', { roomId: 'k', epoch: 'E', offset: 1 });
    await settled();
    push(world.socket, 1, 'hi', 'ann');
    expect(shown(room)).toEqual(['hi']);
    expect(room.reading.unread.value).toBe(0);
  });

  test('written while there is no connection, they go out in order when there is one', async () => {
    const room = await enter(0);
    world.socket.end(1006);
    room.publish('one');
    room.publish('two');
    await vi.advanceTimersByTimeAsync(0);
    world.socket.authenticate();
    await settled();
    expect(world.socket.count('message')).toBe(0);
    await joined(0);
    expect(world.socket.last('message').data).toMatchObject({ message: 'one' });
    expect(world.socket.count('message')).toBe(1);
    world.socket.answer('message', 'ack', { roomId: 'k', epoch: 'E', offset: 1 });
    await settled();
    expect(world.socket.last('message').data).toMatchObject({ message: 'two' });
  });

  test('refused for now, they are held as long as the server asks', async () => {
    const room = await enter(0);
    room.publish('hi');
    world.socket.answer('message', 'error', { code: 'rate_limited', message: 'x', retry: true, retryAfterMs: 5_000 });
    await settled();
    expect(shown(room)).toEqual(['hi (held)']);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(world.socket.count('message')).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(world.socket.count('message')).toBe(2);
  });

  test('left by an earlier page, they are shown and sent in their room, which is joined for them', async () => {
    const left: Kept = { messageId: 'id0', roomId: 'tower', type: 'message', message: 'hi' };
    const outbox = {
      open: async (adopt: (left: readonly Kept[]) => void) => adopt([left]),
      add: async () => {},
      remove: vi.fn(async () => {}),
      close: () => {},
    };
    begin(outbox);
    await enter(0);
    const tower = chat.rooms.value.find(({ id }) => id === 'tower');
    expect(tower && shown(tower)).toEqual(['hi (waiting)']);
    expect(world.socket.last('message')).toMatchObject({ messageId: 'id0', data: { roomId: 'tower', message: 'hi' } });
    world.socket.answer('message', 'ack', { roomId: 'tower', epoch: 'E', offset: 1 });
    await settled();
    expect(tower && shown(tower)).toEqual(['hi']);
    expect(outbox.remove).toHaveBeenCalledWith('id0');
  });

  test('are refused by the page when a hundred wait', async () => {
    const room = await enter(0);
    world.socket.end(1006);
    for (let count = 0; count < outgoingMax; count++) expect(room.publish('x')).toBe(true);
    expect(room.publish('x')).toBe(false);
    expect(room.delivery.items).toHaveLength(outgoingMax);
  });

  test('refused for good, they stay until tried again or discarded', async () => {
    const room = await enter(0);
    room.publish('hi');
    world.socket.answer('message', 'error', { code: 'forbidden', message: 'Forbidden', retry: false });
    await settled();
    expect(room.delivery.items[0]).toMatchObject({ state: 'failed', reason: 'Forbidden' });
    room.delivery.again('id1');
    expect(world.socket.count('message')).toBe(2);
    expect(shown(room)).toEqual(['hi (waiting)']);
    world.socket.answer('message', 'error', { code: 'forbidden', message: 'Forbidden', retry: false });
    await settled();
    room.delivery.discard('id1');
    expect(shown(room)).toEqual([]);
  });
});

describe('notifications', () => {
  test('are not taken for a room’s, whatever is in them', async () => {
    const room = await enter(0);
    world.socket.push({ type: 'notification', offset: 1, data: { roomId: 'k', title: 'hello' } });
    world.socket.push({ type: 'notification_later', offset: 5, data: { roomId: 'elsewhere' } });
    expect(chat.notifications.unread.value).toBe(1);
    expect(chat.notifications.broadcasts.items.value).toEqual([]);
    expect(room.history.timeline.position?.offset).toBe(0);
  });
});

describe('unread', () => {
  test('counts what came while nobody looked, and marks where it begins', async () => {
    const room = await enter(7);
    push(world.socket, 8, 'one');
    push(world.socket, 9, 'two');
    expect(room.reading.unread.value).toBe(2);
    expect(room.reading.newAfter).toBe(7);
    room.reading.attend(true);
    expect(room.reading.unread.value).toBe(0);
    push(world.socket, 10, 'three');
    expect(room.reading.unread.value).toBe(0);
  });

  test('an own message is not unread', async () => {
    const room = await enter(7);
    push(world.socket, 8, 'mine', 'ann');
    expect(room.reading.unread.value).toBe(0);
  });

  test('is remembered across a reload', async () => {
    const room = await enter(7);
    room.reading.attend(true);
    push(world.socket, 8, 'one');
    chat.stop();
    begin();
    const again = await enter(12);
    expect(again.reading.unread.value).toBe(4);
    expect(again.reading.newAfter).toBe(8);
  });

  test('a first visit has none', async () => {
    expect((await enter(1_000)).reading.unread.value).toBe(0);
  });
});

describe('people', () => {
  const names = (room: Room) => room.company.roster.members.map(({ userName }) => userName);

  test('are asked for on opening, and kept by joins and leaves', async () => {
    const room = await enter(0);
    world.socket.answer('presence', 'presence', { roomId: 'k', members: [{ userId: 'ann', userName: 'Ann' }], total: 1 });
    await settled();
    world.socket.push({ type: 'user_joined', data: { roomId: 'k', userId: 'bo', userName: 'Bo' } });
    expect(names(room)).toEqual(['Ann', 'Bo']);
    expect(room.company.notice.value).toEqual({ userId: 'bo', joined: true });
    world.socket.push({ type: 'user_left', data: { roomId: 'k', userId: 'bo' } });
    expect(names(room)).toEqual(['Ann']);
    expect(room.company.roster.total).toBe(1);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(room.company.notice.value).toBeUndefined();
  });

  test('of a large room come in pages', async () => {
    const room = await enter(0);
    world.socket.answer('presence', 'presence', { members: [{ userId: 'ann', userName: 'Ann' }], total: 2, next: 'c' });
    await settled();
    expect(world.socket.last('presence').data).toMatchObject({ after: 'c' });
    world.socket.answer('presence', 'presence', { members: [{ userId: 'bo', userName: 'Bo' }], total: 2 });
    await settled();
    expect(names(room)).toEqual(['Ann', 'Bo']);
  });

  test('who leaves or writes is not typing any more; oneself never is', async () => {
    const room = await enter(0);
    const typing = (userId: string) => world.socket.push({ type: 'typing', data: { roomId: 'k', userId, typing: true } });
    typing('ann');
    expect(room.company.typists.userIds).toEqual([]);
    typing('bo');
    push(world.socket, 1, 'done');
    expect(room.company.typists.userIds).toEqual([]);
    typing('bo');
    world.socket.push({ type: 'user_left', data: { roomId: 'k', userId: 'bo' } });
    expect(room.company.typists.userIds).toEqual([]);
  });
});

describe('rooms', () => {
  test('are left on the server and forgotten', async () => {
    const room = await enter(0);
    chat.leave(room);
    expect(world.socket.last('leave_room').data).toEqual({ roomId: 'k' });
    expect(new JoinedRooms(store).read()).toEqual([]);
    expect(chat.active.value).toBeUndefined();
  });

  test('follow another tab of the same person', async () => {
    const room = await enter(7);
    push(world.socket, 8, 'one');
    new JoinedRooms(store).write([
      { id: 'k', read: { epoch: 'E', offset: 8 } },
      { id: 'tower', read: undefined },
    ]);
    chat.changedElsewhere();
    expect(room.reading.unread.value).toBe(0);
    expect(world.socket.last('join_room').data).toEqual({ roomId: 'tower' });
    new JoinedRooms(store).write([]);
    chat.changedElsewhere();
    expect(world.socket.last('leave_room').data).toEqual({ roomId: 'tower' });
    expect(chat.rooms.value).toEqual([room]);
  });

  test('hold a bounded number of entries, unless someone reads far back', async () => {
    const room = await enter(0);
    const pushTo = (from: number, to: number) => {
      for (let offset = from; offset <= to; offset++) push(world.socket, offset, 'x');
    };
    room.reading.attend(true);
    pushTo(1, entriesMax + historyPage + 1);
    expect(room.history.timeline.entries).toHaveLength(entriesMax);
    room.reading.attend(false);
    pushTo(entriesMax + historyPage + 2, entriesMax + 3 * historyPage);
    expect(room.history.timeline.entries.length).toBeGreaterThan(entriesMax + historyPage);
  });

  test('a rejected token signs out and says why', async () => {
    chat.start();
    await settled();
    world.socket.end(1008, 'Invalid authentication');
    await vi.advanceTimersByTimeAsync(0);
    await settled();
    expect(session.credentials.value).toBeUndefined();
    expect(session.notice.value).toContain('sign in again');
  });
});
