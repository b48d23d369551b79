import { describe, expect, test } from 'vitest';
import { readEntry, readHistory } from '../src/chat/entries';
import { codePoints } from '../src/chat/lengths';
import { JoinedRooms, roomsMax } from '../src/chat/joinedRooms';
import { linkify } from '../src/chat/links';
import { typingText } from '../src/chat/people';
import { hueOf, hues, initialsOf } from '../src/design/people';
import { hashOf, roomOf } from '../src/chat/route';
import { Times } from '../src/design/times';
import { laterOf, unreadCount } from '../src/chat/unread';
import { MemoryStore } from './support/memoryStore';
import { seeded } from './support/random';

describe('links', () => {
  const hrefs = (text: string) => linkify(text).flatMap(({ href }) => (href === undefined ? [] : [href]));

  test.each([
    ['see https://example.org/a.', ['https://example.org/a']],
    ['(https://example.org/a)', ['https://example.org/a']],
    ['https://example.org/wiki/Peal_(bells)', ['https://example.org/wiki/Peal_(bells)']],
    ['HTTP://EXAMPLE.ORG', ['http://example.org/']],
    ['https://a.example, https://b.example!', ['https://a.example/', 'https://b.example/']],
    ['javascript:alert(1) data:text/html,x file:///etc ftp://x.example', []],
    ['https://', []],
    ['http:///', []],
    ['<a href="https://example.org">', ['https://example.org/']],
  ])('%s', (text, expected) => {
    expect(hrefs(text)).toEqual(expected);
  });

  test('no letter is lost or added, and nothing but web addresses leads anywhere', () => {
    const random = seeded();
    const pieces = ['https://', 'http://', 'javascript:', 'a', '.', ')', '(', '<', '"', ' ', '\n', '😀', '//', '@', '%', ']', '['];
    for (let round = 0; round < 2_000; round++) {
      const text = Array.from({ length: 12 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      const parts = linkify(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
    }
  });
});

describe('names', () => {
  test.each([
    ['Ann', 'A'],
    ['Ann Petrov', 'AP'],
    ['ann maria petrov', 'AP'],
    ['guest-7f3c', 'G7'],
    ['日本 語', '日語'],
    ['😀', '?'],
    ['', '?'],
  ])('initials of "%s" are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  test('a user keeps one of the colours', () => {
    for (const userId of ['', 'ann', 'guest-123', '😀']) {
      expect(hueOf(userId)).toBe(hueOf(userId));
      expect(hueOf(userId)).toBeGreaterThanOrEqual(0);
      expect(hueOf(userId)).toBeLessThan(hues);
    }
  });

  test('typing reads well for any number', () => {
    expect(typingText([])).toBe('');
    expect(typingText(['Ann'])).toBe('Ann is typing…');
    expect(typingText(['Ann', 'Bo'])).toBe('Ann and Bo are typing…');
    expect(typingText(['Ann', 'Bo', 'Cy'])).toBe('Several people are typing…');
  });
});

describe('days', () => {
  const times = new Times('en-GB');
  const now = new Date(2026, 2, 30, 0, 30).getTime();

  test.each([
    [new Date(2026, 2, 30, 0, 1), 'Today'],
    [new Date(2026, 2, 29, 23, 59), 'Yesterday'],
    [new Date(2026, 2, 28, 12, 0), 'Saturday 28 March'],
    [new Date(2025, 11, 31, 12, 0), 'Wednesday 31 December 2025'],
  ])('%s', (at, text) => {
    expect(times.day(at.getTime(), now).replace(',', '')).toBe(text);
  });
});

describe('unread', () => {
  test.each([
    [undefined, { epoch: 'E', offset: 9 }, 0],
    [{ epoch: 'E', offset: 5 }, undefined, 0],
    [{ epoch: 'E', offset: 5 }, { epoch: 'E', offset: 9 }, 4],
    [{ epoch: 'E', offset: 9 }, { epoch: 'E', offset: 5 }, 0],
    [{ epoch: 'E', offset: 5 }, { epoch: 'F', offset: 3 }, 3],
  ])('%j to %j: %i', (read, newest, count) => {
    expect(unreadCount(read, newest)).toBe(count);
  });

  test('reading never goes back, except into a new epoch', () => {
    const read = { epoch: 'E', offset: 5 };
    expect(laterOf(read, { epoch: 'E', offset: 4 })).toBe(read);
    expect(laterOf(read, { epoch: 'F', offset: 1 })).toEqual({ epoch: 'F', offset: 1 });
  });
});

describe('rooms', () => {
  test('an address leads to a room and back', () => {
    expect(roomOf(hashOf('general'))).toBe('general');
    for (const hash of ['', '#', '#/room/', '#/room/a/b', '#/room/%2e%2e', '#/other/x']) expect(roomOf(hash)).toBeUndefined();
  });

  test('what was stored is read back; nonsense is left out; there is a limit', () => {
    const store = new MemoryStore();
    const rooms = new JoinedRooms(store);
    const some = [{ id: 'a', read: { epoch: 'E', offset: 3 } }, { id: 'b', read: undefined }];
    rooms.write(some);
    expect(rooms.read()).toEqual(some);
    store.setItem('peal.rooms', JSON.stringify([7, null, { id: '../' }, { id: 'c', read: { offset: 'x' } }]));
    expect(rooms.read()).toEqual([{ id: 'c', read: undefined }]);
    rooms.write(Array.from({ length: roomsMax + 1 }, (_, index) => ({ id: `r${index}`, read: undefined })));
    expect(rooms.read()).toHaveLength(roomsMax);
    store.blocked = true;
    expect(rooms.read()).toEqual([]);
  });
});

describe('entries', () => {
  test('both kinds of message become entries', () => {
    const chat = { type: 'chat', offset: 1, data: { message: 'a', userId: 'bo', timestamp: '2026-11-22T10:00:00.000Z', roomId: 'k' } };
    const message = { type: 'message', offset: 2, data: { message: 'b', userId: null, userName: 'Bo', timestamp: 7, roomId: 'k' } };
    expect(readEntry(chat)).toEqual({ offset: 1, userId: 'bo', userName: undefined, text: 'a', at: Date.UTC(2026, 10, 22, 10) });
    expect(readEntry(message)).toEqual({ offset: 2, userId: '', userName: 'Bo', text: 'b', at: 7 });
  });

  test('a page of history tells messages from other entries', () => {
    const entries = [{ type: 'poll', offset: 1, data: {} }, { type: 'message', offset: 2, data: { message: 'x', userId: 'bo' } }];
    const page = readHistory({ roomId: 'k', epoch: 'E', entries, oldest: 1, newest: 2, more: true });
    expect(page.entries.map(({ offset }) => offset)).toEqual([2]);
    expect(page).toMatchObject({ epoch: 'E', others: [1], more: true });
  });

  test('lengths are counted in code points', () => {
    expect(codePoints('a😀é')).toBe(3);
  });
});
