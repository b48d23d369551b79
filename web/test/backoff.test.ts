import { expect, test } from 'vitest';
import { Backoff, backoffDefaults } from '../src/connection/backoff';
import { seeded } from './support/random';

test('each delay lies under a ceiling that grows to its limit', () => {
  const backoff = new Backoff(seeded());
  for (let attempt = 0; attempt < 50; attempt++) {
    const ceiling = Math.min(30_000, 1_000 * 1.5 ** attempt);
    const delay = backoff.next();
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThanOrEqual(Math.round(ceiling));
  }
});

test('clients that lost the same server spread over the whole time', () => {
  const random = seeded();
  const seconds = new Map<number, number>();
  for (let client = 0; client < 2_000; client++) {
    const backoff = new Backoff(random);
    for (let attempt = 0; attempt < 7; attempt++) backoff.next();
    const second = Math.floor(backoff.next() / 1_000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  expect(Math.max(...seconds.values())).toBeLessThan(2_000 * 0.15);
});

test('a reset begins again with the smallest ceiling', () => {
  const backoff = new Backoff(() => 0.999);
  for (let attempt = 0; attempt < 20; attempt++) backoff.next();
  expect(backoff.next()).toBeGreaterThan(backoffDefaults.baseMillis);
  backoff.reset();
  expect(backoff.next()).toBeLessThanOrEqual(backoffDefaults.baseMillis);
});

test('a floor is added before the jitter', () => {
  expect(new Backoff(() => 0).next(2_000)).toBe(2_000);
});
