import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { typingExpiresMillis, typingIdleMillis, typingRepeatMillis, TypingSignal, Typists } from '../src/chat/typing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('someone who is not heard of again is forgotten', () => {
  const changed = vi.fn();
  const typists = new Typists(changed);
  typists.heard('bo', true);
  vi.advanceTimersByTime(typingExpiresMillis - 1);
  typists.heard('bo', true);
  vi.advanceTimersByTime(typingExpiresMillis - 1);
  expect(typists.userIds).toEqual(['bo']);
  vi.advanceTimersByTime(1);
  expect(typists.userIds).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(3);
});

test('someone who stopped is forgotten at once, and only once', () => {
  const changed = vi.fn();
  const typists = new Typists(changed);
  typists.heard('bo', true);
  typists.heard('bo', false);
  typists.heard('bo', false);
  vi.advanceTimersByTime(typingExpiresMillis);
  expect(typists.userIds).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(2);
});

test('one says so at once, then not more often than needed, and when one stops', () => {
  const said: boolean[] = [];
  const typing = new TypingSignal((on) => said.push(on));
  for (let key = 0; key < 100; key++) {
    typing.typed(Date.now());
    vi.advanceTimersByTime(100);
  }
  expect(said).toEqual(Array(Math.ceil(10_000 / typingRepeatMillis)).fill(true));
  vi.advanceTimersByTime(typingIdleMillis);
  expect(said.at(-1)).toBe(false);
  typing.stopped();
  expect(said.filter((on) => !on)).toHaveLength(1);
});

test('others do not forget one who keeps typing', () => {
  expect(typingRepeatMillis).toBeLessThan(typingExpiresMillis);
});
