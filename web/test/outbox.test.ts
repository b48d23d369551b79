import { beforeEach, expect, test } from 'vitest';
import { Outbox, outgoingMax } from '../src/chat/outbox';

let outbox: Outbox;
const states = () => outbox.items.map(({ messageId, state }) => `${messageId} ${state}`);

beforeEach(() => {
  outbox = new Outbox();
  outbox.add('a', 'first', 1);
  outbox.add('b', 'second', 2);
});

test('sends one at a time, in order', () => {
  expect(outbox.take(0)?.messageId).toBe('a');
  expect(outbox.take(0)).toBeUndefined();
  outbox.acknowledged('a');
  expect(outbox.take(0)?.messageId).toBe('b');
});

test('a held message goes when its time has come, and is not overtaken', () => {
  outbox.take(0);
  outbox.hold('a', 1_000);
  expect(outbox.take(999)).toBeUndefined();
  expect(states()).toEqual(['a held', 'b waiting']);
  expect(outbox.take(1_000)?.messageId).toBe('a');
});

test('a failed message lets the next one go, and can be tried again or discarded', () => {
  outbox.take(0);
  outbox.fail('a', 'Forbidden');
  expect(outbox.take(0)?.messageId).toBe('b');
  outbox.acknowledged('b');
  outbox.again('a');
  expect(outbox.take(0)?.messageId).toBe('a');
  outbox.remove('a');
  expect(outbox.items).toEqual([]);
});

test('an unanswered message goes again under the same id', () => {
  outbox.take(0);
  outbox.unanswered('a');
  expect(outbox.take(0)).toMatchObject({ messageId: 'a', tried: true });
});

test('an own push hides the message that was sent, not one that was not', () => {
  outbox.add('c', 'first', 3);
  outbox.take(0);
  outbox.seen('first', 7);
  outbox.seen('second', 8);
  outbox.seen('first', 9);
  expect(outbox.items.map(({ seenAs }) => seenAs)).toEqual([7, undefined, undefined]);
});

test('a message refused after all is shown again', () => {
  outbox.take(0);
  outbox.seen('first', 7);
  outbox.fail('a', 'Forbidden');
  expect(outbox.items[0]?.seenAs).toBeUndefined();
});

test('holds so many and no more', () => {
  for (let count = outbox.items.length; count < outgoingMax; count++) expect(outbox.add(`${count}`, 'x', 0)).toBe(true);
  expect(outbox.add('one more', 'x', 0)).toBe(false);
  expect(outbox.items).toHaveLength(outgoingMax);
});
