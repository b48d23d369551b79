import { beforeEach, describe, expect, test } from 'vitest';
import { Lookback } from '../src/chat/lookback';
import { passageMax } from '../src/chat/passage';
import { Timeline } from '../src/chat/timeline';
import { FakeServer } from './support/fakeServer';
import { settled } from './support/fakeSocket';

let server: FakeServer;
let timeline: Timeline;
let lookback: Lookback;

/** Of the server's log. */
let newest: number;
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
const entry = (offset: number) => ({ offset, userId: 'bo', userName: 'Bo', text: `${offset}`, at: offset });
const stored = (offset: number) => ({ type: 'message', offset, data: { message: `${offset}`, userId: 'bo', timestamp: offset } });
const page = (offsets: readonly number[], more: boolean, epoch = 'E') => ({ epoch, entries: offsets.map(stored), more });
const shown = () => lookback.passage.value?.entries.map(({ offset }) => offset);

beforeEach(() => {
  newest = 1_000;
  server = new FakeServer();
  timeline = new Timeline();
  timeline.joined({ epoch: 'E', offset: newest, recovered: true });
  timeline.merge({ epoch: 'E', entries: range(951, newest).map(entry), others: [], more: true });
  lookback = new Lookback(server.surroundings, timeline);
});

/** Answers as a server does that holds 1 to {@link newest}. */
async function answerAll(size = 50): Promise<void> {
  for (const asked of server.asked.splice(0)) {
    const { before, after } = asked.data as { before?: number; after?: number };
    const offsets =
      after === undefined ? range(Math.max(1, (before ?? newest + 1) - size), (before ?? newest + 1) - 1) : range(after + 1, Math.min(newest, after + size));
    const more = after === undefined ? (offsets[0] ?? 1) > 1 : (offsets.at(-1) ?? newest) < newest;
    server.answer(page(offsets, more), asked);
  }
  await settled();
}

test('an entry of the timeline is shown there', async () => {
  expect(await lookback.goTo(960)).toBe(true);
  expect(server.asked).toEqual([]);
  expect(lookback.place.value).toEqual({ offset: 960 });
  expect(lookback.passage.value).toBeUndefined();
});

test('one from long ago is shown with what was said before and after', async () => {
  const there = lookback.goTo(300);
  expect(server.asked.map(({ data }) => data)).toEqual([
    { roomId: 'k', limit: 50, before: 301 },
    { roomId: 'k', limit: 50, after: 300 },
  ]);
  await answerAll();
  expect(await there).toBe(true);
  expect(shown()).toEqual(range(251, 350));
  expect(lookback.passage.value).toMatchObject({ hasOlder: true, hasNewer: true });
});

test('one that is no longer kept is not', async () => {
  const there = lookback.goTo(300);
  for (const asked of server.asked.splice(0)) server.answer(page([], false), asked);
  expect(await there).toBe(false);
  expect(lookback.place.value).toBeUndefined();
});

test('one of another history is not', async () => {
  const there = lookback.goTo(300);
  for (const asked of server.asked.splice(0)) server.answer(page([300], false, 'F'), asked);
  expect(await there).toBe(false);
});

test('a reader who went back to the end meanwhile stays there', async () => {
  const there = lookback.goTo(300);
  lookback.toEnd();
  await answerAll();
  expect(await there).toBe(false);
  expect(lookback.passage.value).toBeUndefined();
});

describe('a passage', () => {
  beforeEach(async () => {
    void lookback.goTo(300);
    await answerAll();
  });

  test('grows at both ends, without holes', async () => {
    void lookback.loadOlder();
    void lookback.loadNewer();
    void lookback.loadNewer();
    expect(server.asked).toHaveLength(2);
    await answerAll();
    expect(shown()).toEqual(range(201, 400));
    expect(timeline.position?.offset).toBe(newest);
  });

  test('becomes part of the timeline when it reaches it', async () => {
    for (let count = 0; count < 12; count++) {
      void lookback.loadNewer();
      await answerAll();
    }
    expect(lookback.passage.value).toBeUndefined();
    expect(lookback.place.value).toEqual({ offset: 300 });
    expect(timeline.entries.map(({ offset }) => offset)).toEqual(range(251, newest));
    expect(timeline.floor).toBe(251);
    expect(timeline.hasOlder).toBe(true);
  });

  test('says so when it could not grow', async () => {
    void lookback.loadOlder();
    server.vanish();
    await settled();
    expect(lookback.passage.value?.older.value).toBe('failed');
  });

  test('is left for the end of the room', () => {
    lookback.toEnd();
    expect(lookback.passage.value).toBeUndefined();
    expect(lookback.place.value).toBeUndefined();
  });
});

test('a passage that is full begins anew where it is read', async () => {
  newest = 5_000;
  timeline.joined({ epoch: 'E', offset: newest, recovered: false, oldest: 1 });
  void lookback.goTo(4_000);
  await answerAll();
  const first = lookback.passage.value;
  for (let count = 0; count < passageMax / 50 && first?.full === false; count++) {
    void lookback.loadOlder();
    await answerAll();
  }
  const [oldest = 0] = shown() ?? [];
  expect(shown()).toEqual(range(oldest, oldest + passageMax - 1));
  void lookback.loadOlder();
  void lookback.loadOlder();
  expect(server.asked).toHaveLength(2);
  await answerAll();
  expect(lookback.place.value).toEqual({ offset: oldest });
  expect(shown()).toEqual(range(oldest - 49, oldest + 50));
});
