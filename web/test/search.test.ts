import { beforeEach, describe, expect, test, vi } from 'vitest';
import { excerpt, excerptMax, type Piece } from '../src/chat/highlight';
import { Search } from '../src/chat/search';
import { FakeServer } from './support/fakeServer';
import { settled } from './support/fakeSocket';

const result = (offset: number, message = 'Crème brûlée!', highlights: unknown = [[0, 5]]) => ({
  type: 'message',
  offset,
  data: { roomId: 'k', message, userId: 'bo', userName: 'Bo', timestamp: offset },
  highlights,
});

describe('searching', () => {
  let server: FakeServer;
  let search: Search;
  const found = () => search.hits.value.map(({ entry }) => entry.offset);
  const answer = async (offsets: readonly number[], next?: number, asked = server.newest) => {
    server.answer({ roomId: 'k', results: offsets.map((offset) => result(offset)), ...(next === undefined ? {} : { next }) }, asked);
    await settled();
  };

  beforeEach(() => {
    server = new FakeServer();
    search = new Search(server.surroundings);
  });

  test('asks for a page, and for the next one where there is one', async () => {
    void search.find('creme');
    expect(server.newest).toMatchObject({ type: 'search', data: { roomId: 'k', query: 'creme', limit: 20 } });
    expect(search.searching.value).toBe(true);
    await answer([9, 7], 7);
    expect(search.searching.value).toBe(false);
    void search.more();
    void search.more();
    expect(server.asked).toHaveLength(2);
    expect(server.newest.data).toEqual({ roomId: 'k', query: 'creme', limit: 20, before: 7 });
    await answer([2]);
    expect(found()).toEqual([9, 7, 2]);
    expect(search.next.value).toBeUndefined();
    expect(server.names.get('bo')).toBe('Bo');
  });

  test('goes on through a few empty pages, then leaves it to the reader', async () => {
    void search.find('rare');
    await answer([], 400);
    await answer([], 300);
    await answer([], 200);
    expect(search.searching.value).toBe(true);
    await answer([], 100);
    expect(server.asked).toHaveLength(4);
    expect(search.searching.value).toBe(false);
    expect(search.next.value).toBe(100);
  });

  test('shows the answer to the newest question alone', async () => {
    void search.find('first');
    const first = server.newest;
    void search.find('second');
    await answer([1]);
    await answer([5], undefined, first);
    expect(found()).toEqual([1]);
    expect(search.query.value).toBe('second');
  });

  test('says when it may be tried again', async () => {
    vi.useFakeTimers({ now: 1_000 });
    void search.find('x');
    server.refuse({ code: 'rate_limited', message: 'Rate limit exceeded', retry: true, retryAfterMs: 1_200 });
    await settled();
    expect(search.problem.value).toEqual({ kind: 'busy', reason: 'Rate limit exceeded', retryAt: 2_200 });
    vi.useRealTimers();
  });

  test('says when it was refused, or not answered', async () => {
    void search.find('x');
    server.refuse({ code: 'forbidden', message: 'Forbidden', retry: false });
    await settled();
    expect(search.problem.value).toMatchObject({ kind: 'refused', reason: 'Forbidden' });
    void search.find('x');
    expect(search.problem.value).toBeUndefined();
    server.vanish();
    await settled();
    expect(search.problem.value).toMatchObject({ kind: 'unanswered' });
  });

  test('leaves out what is no message', async () => {
    void search.find('text');
    server.answer({ results: [result(2, 'text', [[0, 4]]), { type: 'poll', offset: 1, data: {}, highlights: [] }] });
    await settled();
    expect(search.hits.value.map(({ highlights }) => highlights)).toEqual([[[0, 4]]]);
  });
});

describe('a hit', () => {
  const drawn = (pieces: readonly Piece[]) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

  test('is counted in code points', () => {
    expect(drawn(excerpt('🔔🔔 bell 👩‍🚒!', [[3, 7]]))).toBe('🔔🔔 [bell] 👩‍🚒!');
    expect(drawn(excerpt('Crème brûlée!', [[0, 5], [6, 12]]))).toBe('[Crème] [brûlée]!');
  });

  test.each([
    ['none', [], 'abcdef'],
    ['in any order', [[4, 5], [0, 1]], '[a]bcd[e]f'],
    ['that overlap', [[0, 3], [2, 4]], '[abc][d]ef'],
    ['one inside another', [[0, 4], [1, 2]], '[abcd]ef'],
    ['past the end', [[4, 90]], 'abcd[ef]'],
    ['all behind the end', [[7, 9]], 'abcdef'],
    ['before the beginning', [[-3, 2]], '[ab]cdef'],
  ] as const)('ranges are bent to fit: %s', (_, ranges, expected) => {
    expect(drawn(excerpt('abcdef', ranges))).toBe(expected);
  });

  test('in a long text is shown with what is around it', () => {
    const text = `${'a'.repeat(500)}hit${'b'.repeat(500)}`;
    const pieces = excerpt(text, [[500, 503]]);
    expect(pieces.filter(({ hit }) => hit).map((piece) => piece.text)).toEqual(['hit']);
    expect(pieces[0]?.text).toBe('…');
    expect(pieces.at(-1)?.text).toBe('…');
    expect(pieces.reduce((sum, { text: each }) => sum + each.length, 0)).toBe(excerptMax + 2);
  });

  test('at the end of a long text too', () => {
    expect(drawn(excerpt(`${'a'.repeat(997)}hit`, [[997, 1_000]]))).toMatch(/^…a+\[hit\]$/);
  });
});
