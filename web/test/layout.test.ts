import { expect, test } from 'vitest';
import { type Block, groupLinesMax, groupMillis, layOut } from '../src/chat/layout';
import type { Outgoing } from '../src/chat/delivery';
import type { Entry } from '../src/chat/entries';

const noon = new Date(2026, 10, 22, 12).getTime();
const entry = (offset: number, userId: string, at = noon): Entry => ({ offset, userId, userName: undefined, text: `${offset}`, at });
const outgoing = (messageId: string, seenAs?: number): Outgoing => ({
  messageId,
  text: messageId,
  at: noon,
  state: 'waiting',
  heldUntil: undefined,
  reason: undefined,
  seenAs,
});

function draw(entries: readonly Entry[], more: Partial<Parameters<typeof layOut>[0]> = {}): readonly string[] {
  const blocks = layOut({ archives: [], entries, outgoing: [], epoch: 'E', me: 'me', newAfter: undefined, ...more });
  return blocks.filter(({ kind }) => kind !== 'older').map(drawn);
}

function drawn(block: Block): string {
  return block.kind === 'group' ? `${block.userId}: ${block.lines.map(({ text }) => text).join(' ')}` : block.kind;
}

test('messages of one person stand together, until another speaks or time passes', () => {
  const later = noon + groupMillis + 1;
  expect(draw([entry(1, 'bo'), entry(2, 'bo'), entry(3, 'cy'), entry(4, 'bo'), entry(5, 'bo', later)])).toEqual([
    'day',
    'bo: 1 2',
    'cy: 3',
    'bo: 4',
    'bo: 5',
  ]);
});

test('a long run gets a name again', () => {
  const run = Array.from({ length: groupLinesMax + 1 }, (_, index) => entry(index + 1, 'bo'));
  expect(draw(run)).toHaveLength(3);
});

test('each day has its line, and midnight ends a group', () => {
  const midnight = new Date(2026, 10, 23).getTime();
  expect(draw([entry(1, 'bo', midnight - 1), entry(2, 'bo', midnight)])).toEqual(['day', 'bo: 1', 'day', 'bo: 2']);
});

test('the mark stands before the first new message of someone else, after its day', () => {
  expect(draw([entry(1, 'bo'), entry(2, 'me'), entry(3, 'bo')], { newAfter: 1 })).toEqual(['day', 'bo: 1', 'me: 2', 'new', 'bo: 3']);
  expect(draw([entry(1, 'bo')], { newAfter: 0 })).toEqual(['day', 'new', 'bo: 1']);
  expect(draw([entry(1, 'me')], { newAfter: 0 })).toEqual(['day', 'me: 1']);
});

test('what is on its way stands at the end, unless it was seen coming back', () => {
  expect(draw([entry(1, 'me')], { outgoing: [outgoing('a', 1), outgoing('b')] })).toEqual(['day', 'me: 1 b']);
});

test('lost history is said where it is missing, and keys stay unique across epochs', () => {
  const contents = { archives: [{ epoch: 'D', entries: [entry(1, 'bo')] }], entries: [entry(1, 'bo')], outgoing: [] };
  const blocks = layOut({ ...contents, epoch: 'E', me: 'me', newAfter: undefined });
  expect(blocks.map(drawn)).toEqual(['day', 'bo: 1', 'gap', 'older', 'bo: 1']);
  expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length);
});

test('two breaks in one history are told apart, and the entry looked for is marked', () => {
  const archives = [
    { epoch: 'E', entries: [entry(1, 'bo')] },
    { epoch: 'E', entries: [entry(2, 'bo')] },
  ];
  const blocks = layOut({ archives, entries: [entry(3, 'bo'), entry(4, 'bo')], outgoing: [], epoch: 'E', me: 'me', newAfter: undefined, found: 4 });
  expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length);
  const lines = blocks.flatMap((block) => (block.kind === 'group' ? block.lines : []));
  expect(lines.filter(({ found }) => found).map(({ text }) => text)).toEqual(['4']);
});
