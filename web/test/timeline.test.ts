import { describe, expect, test } from 'vitest';
import { entriesMax, Timeline } from '../src/chat/timeline';
import type { Entry, HistoryPage } from '../src/chat/entries';
import { seeded } from './support/random';

const entry = (offset: number): Entry => ({ offset, userId: 'bo', userName: 'Bo', text: `text ${offset}`, at: offset });
const page = (epoch: string, offsets: readonly number[], more: boolean, others: readonly number[] = []): HistoryPage => ({
  epoch,
  entries: offsets.map(entry),
  others,
  more,
});
const offsets = (timeline: Timeline) => timeline.entries.map((each) => each.offset);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

function joinedAt(offset: number): Timeline {
  const timeline = new Timeline();
  timeline.joined({ epoch: 'E', offset, recovered: true });
  return timeline;
}

describe('a first join', () => {
  test('resumes from its offset, with older entries to be had', () => {
    const timeline = joinedAt(40);
    expect(timeline.position).toEqual({ epoch: 'E', offset: 40 });
    expect(timeline.hasOlder).toBe(true);
  });

  test('has nothing older in an empty room', () => {
    expect(joinedAt(0).hasOlder).toBe(false);
  });
});

describe('entries', () => {
  test('are kept once, the first one known', () => {
    const timeline = joinedAt(40);
    expect(timeline.add(entry(41))).toBe(true);
    expect(timeline.add({ ...entry(41), text: 'again' })).toBe(false);
    expect(timeline.entries.map(({ text }) => text)).toEqual(['text 41']);
  });

  test('move the position only as far as nothing is missing', () => {
    const timeline = joinedAt(40);
    timeline.add(entry(41));
    timeline.add(entry(44));
    expect(timeline.position?.offset).toBe(41);
    expect(timeline.newest?.offset).toBe(44);
    expect(timeline.hole).toEqual({ after: 41, before: 44 });
    timeline.merge(page('E', [42, 43], true));
    expect(timeline.position?.offset).toBe(44);
    expect(timeline.hole).toBeUndefined();
    expect(timeline.hasOlder).toBe(true);
  });

  test('that are no messages leave no hole', () => {
    const timeline = joinedAt(40);
    timeline.pass(42);
    timeline.add(entry(41));
    timeline.add(entry(43));
    expect(timeline.position?.offset).toBe(43);
    expect(offsets(timeline)).toEqual([41, 43]);
  });

  test('in any order, any number of times, end up once each and in order', () => {
    const random = seeded();
    for (let round = 0; round < 300; round++) {
      const timeline = joinedAt(100);
      const all = [...range(51, 150), ...range(90, 120)].sort(() => random() - 0.5);
      for (const offset of all) {
        if (random() < 0.2) timeline.merge(page('E', range(offset, Math.min(150, offset + 5)), true));
        else timeline.add(entry(offset));
      }
      expect(offsets(timeline)).toEqual(range(51, 150));
      expect(timeline.position?.offset).toBe(150);
    }
  });
});

describe('history', () => {
  test('pages reach back until there is no more', () => {
    const timeline = joinedAt(120);
    expect(timeline.floor).toBeUndefined();
    timeline.merge(page('E', range(71, 120), true));
    expect(timeline.floor).toBe(71);
    expect(timeline.hasOlder).toBe(true);
    timeline.merge(page('E', range(1, 20), false));
    expect(timeline.hasOlder).toBe(false);
  });

  test('a page without messages still reaches back', () => {
    const timeline = joinedAt(120);
    timeline.merge(page('E', range(71, 120), true));
    timeline.merge(page('E', [], true, range(61, 70)));
    expect(timeline.floor).toBe(61);
    expect(timeline.hasOlder).toBe(true);
  });

  test('an empty page ends it', () => {
    const timeline = joinedAt(120);
    timeline.merge(page('E', [], false));
    expect(timeline.hasOlder).toBe(false);
  });

  test('of another epoch is not mixed in', () => {
    const timeline = joinedAt(120);
    expect(timeline.merge(page('F', [1], false))).toBe(false);
    expect(timeline.entries).toEqual([]);
  });

  test('that was let go can be loaded again', () => {
    const timeline = joinedAt(0);
    for (const offset of range(1, entriesMax)) timeline.add(entry(offset));
    expect(timeline.trim()).toBe(false);
    timeline.add(entry(entriesMax + 1));
    expect(timeline.trim()).toBe(true);
    expect(timeline.entries).toHaveLength(entriesMax);
    expect(timeline.floor).toBe(2);
    expect(timeline.hasOlder).toBe(true);
  });
});

describe('a reconnect', () => {
  test('that recovers goes on where it was', () => {
    const timeline = joinedAt(40);
    timeline.add(entry(41));
    expect(timeline.joined({ epoch: 'E', offset: 43, recovered: true })).toBe('resumed');
    expect(timeline.position?.offset).toBe(41);
    expect(timeline.newest?.offset).toBe(43);
    timeline.add(entry(42));
    timeline.add(entry(43));
    expect(offsets(timeline)).toEqual([41, 42, 43]);
  });

  test.each([
    ['another epoch', { epoch: 'F', offset: 3, recovered: false }],
    ['a trimmed history', { epoch: 'E', offset: 900, recovered: false }],
    ['a server that says recovered, of another epoch', { epoch: 'F', offset: 3, recovered: true }],
  ])('into %s starts anew and keeps what was seen', (_, joined) => {
    const timeline = joinedAt(40);
    timeline.add(entry(41));
    expect(timeline.joined(joined)).toBe('broken');
    expect(timeline.entries).toEqual([]);
    expect(timeline.archives).toEqual([{ epoch: 'E', entries: [entry(41)] }]);
    expect(timeline.position).toEqual({ epoch: joined.epoch, offset: joined.offset });
    expect(timeline.hasOlder).toBe(true);
  });
});

describe('an own entry known by its acknowledgement alone', () => {
  test('is taken where nothing is missing around it', () => {
    const timeline = joinedAt(40);
    expect(timeline.acknowledged(entry(41))).toBe(true);
    expect(timeline.acknowledged(entry(41))).toBe(false);
    expect(offsets(timeline)).toEqual([41]);
  });

  test('is left to the older history where it would stand beside a hole', () => {
    const timeline = joinedAt(900);
    expect(timeline.acknowledged(entry(5))).toBe(false);
    timeline.merge(page('E', range(851, 900), true));
    expect(timeline.acknowledged(entry(5))).toBe(false);
    expect(timeline.floor).toBe(851);
  });
});

describe('a break within one history', () => {
  test('keeps what is gone from the server, and not what is read anew', () => {
    const timeline = joinedAt(0);
    for (const offset of range(1, 10)) timeline.add(entry(offset));
    timeline.joined({ epoch: 'E', offset: 900, recovered: false, oldest: 6 });
    expect(timeline.archives.map(({ entries }) => entries.map(({ offset }) => offset))).toEqual([range(1, 5)]);
    expect(timeline.position).toEqual({ epoch: 'E', offset: 900 });
  });
});
