import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Notifications, notificationPage, notificationsMax } from '../src/chat/notifications';
import { ReadMark } from '../src/chat/readMark';
import { FakeServer } from './support/fakeServer';
import { settled } from './support/fakeSocket';
import { MemoryStore } from './support/memoryStore';

let server: FakeServer;
let notifications: Notifications;
let store: MemoryStore;
let arrivals: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  store = new MemoryStore();
  notifications = new Notifications(server.surroundings, new ReadMark(store));
  arrivals = [];
  notifications.onArrival = ({ data }) => arrivals.push(data['title']);
});
afterEach(() => {
  vi.useRealTimers();
});

const stored = (offset: number) => ({ type: 'notification', offset, data: { title: `title ${offset}` } });
const push = (offset: number) => notifications.received(stored(offset));
const readElsewhere = (offset: number) => notifications.received({ type: 'notification_read', offset: 99, data: { offset } });
const offsets = () => notifications.items.value.map(({ offset }) => offset);
const reads = () => server.asked.filter(({ type }) => type === 'read').map(({ data }) => data['offset']);

/** A connection whose newest page holds these. */
async function connect(entries: readonly number[], read: number, next?: number, pushed: readonly number[] = []): Promise<void> {
  void notifications.connected();
  const asked = server.newest;
  for (const offset of pushed) push(offset);
  server.answer({ entries: entries.map(stored), read, ...(next === undefined ? {} : { next }) }, asked);
  await settled();
}

describe('what is known', () => {
  test('comes as a page and by push, each once, newest first', async () => {
    await connect([1, 2, 4], 2, undefined, [4]);
    push(4);
    push(5);
    expect(offsets()).toEqual([5, 4, 2, 1]);
    expect(notifications.unread.value).toBe(2);
    expect(arrivals).toEqual(['title 4', 'title 5']);
  });

  test('is neither doubled nor announced again by a reconnect', async () => {
    await connect([1, 2], 0, undefined, [1, 2]);
    await connect([1, 2], 0, undefined, [1, 2]);
    expect(offsets()).toEqual([2, 1]);
    expect(arrivals).toEqual(['title 1', 'title 2']);
  });

  test('gives way to what a server knows that lost its data', async () => {
    await connect([1, 2, 7], 7);
    await connect([1], 0);
    expect(offsets()).toEqual([1]);
    expect(notifications.unread.value).toBe(1);
    push(2);
    expect(arrivals).toEqual(['title 2']);
  });

  test('stays when the page is refused, and pushes still come', async () => {
    void notifications.connected();
    server.refuse({ code: 'unknown_type', message: 'Unknown message type', retry: false });
    await settled();
    push(1);
    expect(offsets()).toEqual([1]);
  });

  test('is bounded, and what was let go can be loaded again', async () => {
    await connect([], 0);
    for (let offset = 1; offset <= notificationsMax; offset++) push(offset);
    expect(notifications.hasOlder).toBe(false);
    push(notificationsMax + 1);
    expect(notifications.items.value).toHaveLength(notificationsMax);
    void notifications.loadOlder();
    expect(server.newest.data).toEqual({ before: 2, limit: notificationPage });
  });
});

describe('older ones', () => {
  test('come page by page, also by pages that hold none', async () => {
    await connect([8, 9], 9, 8);
    void notifications.loadOlder();
    void notifications.loadOlder();
    expect(server.asked).toHaveLength(2);
    server.answer({ entries: [], read: 9, next: 5 });
    await settled();
    void notifications.loadOlder();
    expect(server.newest.data).toMatchObject({ before: 5 });
    server.answer({ entries: [stored(3)], read: 9 });
    await settled();
    expect(offsets()).toEqual([9, 8, 3]);
    expect(notifications.hasOlder).toBe(false);
  });

  test('that could not be loaded can be asked for again', async () => {
    await connect([8], 8, 8);
    void notifications.loadOlder();
    server.vanish();
    await settled();
    expect(notifications.older.value).toBe('failed');
    void notifications.loadOlder();
    expect(notifications.older.value).toBe('loading');
  });
});

describe('reading', () => {
  test('up to the newest is told to the server, one request at a time', async () => {
    await connect([1, 2], 0);
    notifications.attend(true);
    expect(notifications.unread.value).toBe(0);
    push(3);
    push(4);
    expect(reads()).toEqual([2]);
    server.answer({});
    await settled();
    expect(reads()).toEqual([2, 4]);
  });

  test('elsewhere counts here, and never goes back', async () => {
    await connect([1, 2, 3], 0);
    readElsewhere(2);
    expect(notifications.unread.value).toBe(1);
    readElsewhere(1);
    expect(notifications.unread.value).toBe(1);
  });

  test('waits as long as the server asks', async () => {
    await connect([1], 0);
    notifications.attend(true);
    server.refuse({ code: 'rate_limited', message: 'x', retry: true, retryAfterMs: 3_000 });
    await settled();
    await vi.advanceTimersByTimeAsync(2_999);
    expect(reads()).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1);
    expect(reads()).toEqual([1, 1]);
  });

  test('that the server did not hear of is told to it by the next connection', async () => {
    await connect([1, 2], 0);
    notifications.attend(true);
    server.vanish();
    await settled();
    notifications.attend(false);
    await connect([1, 2, 3], 0);
    expect(reads()).toEqual([2, 2]);
    expect(notifications.unread.value).toBe(1);
  });

  describe('in a page that ended before the server heard of it', () => {
    beforeEach(async () => {
      await connect([1, 2], 0);
      notifications.attend(true);
      server = new FakeServer();
      notifications = new Notifications(server.surroundings, new ReadMark(store));
    });

    test('is told to it by the next page, and then forgotten', async () => {
      await connect([1, 2, 3], 0);
      expect(notifications.unread.value).toBe(1);
      expect(reads()).toEqual([2]);
      expect(new ReadMark(store).of('ann')).toBe(2);
      server.answer({});
      await settled();
      expect(new ReadMark(store).of('ann')).toBe(0);
    });

    test('is nothing to another user', async () => {
      notifications = new Notifications({ ...server.surroundings, me: () => 'bo' }, new ReadMark(store));
      await connect([1, 2], 0);
      expect(notifications.unread.value).toBe(2);
      expect(reads()).toEqual([]);
    });

    test('says nothing about a server that lost its data', async () => {
      await connect([1], 0);
      expect(notifications.unread.value).toBe(1);
      await connect([1, 2], 0);
      expect(notifications.unread.value).toBe(2);
    });

    test('lasts until the server knows of all of it', async () => {
      await connect([1, 2], 1);
      expect(reads()).toEqual([2]);
      readElsewhere(2);
      expect(new ReadMark(store).of('ann')).toBe(0);
    });

    test('lasts as long as the page where nothing can be kept', async () => {
      store.blocked = true;
      await connect([1, 2], 0);
      expect(notifications.unread.value).toBe(2);
      notifications.attend(true);
      expect(notifications.unread.value).toBe(0);
    });
  });

  test('nothing that is not in sight is read', async () => {
    await connect([1], 0);
    notifications.attend(true);
    server.answer({});
    await settled();
    notifications.attend(false);
    push(2);
    expect(reads()).toEqual([1]);
    expect(notifications.unread.value).toBe(1);
  });
});

describe('broadcasts', () => {
  const broadcast = (title: string) => notifications.received({ type: 'notification', data: { title } });

  test('are announced, not counted, and stay until dismissed', () => {
    broadcast('noon');
    broadcast('night');
    expect(notifications.unread.value).toBe(0);
    expect(arrivals).toEqual(['noon', 'night']);
    const [newest] = notifications.broadcasts.items.value;
    expect(newest?.data).toEqual({ title: 'night' });
    if (newest !== undefined) notifications.broadcasts.dismiss(newest);
    expect(notifications.broadcasts.items.value.map(({ data }) => data['title'])).toEqual(['noon']);
  });

  test('do not fill the page', () => {
    for (let count = 1; count <= 5; count++) broadcast(`${count}`);
    expect(notifications.broadcasts.items.value.map(({ data }) => data['title'])).toEqual(['5', '4', '3']);
  });
});
