import { describe, expect, test } from 'vitest';
import { backoff } from '../src/backoff.js';
import { verdictOf } from '../src/closes.js';
import { type Field, fits } from '../src/names.js';
import { textOf, vectors } from './support/vectors.js';

describe('as all clients', () => {
  test.each(vectors<{ attempt: number; random: number; delayMs: number }>('client-backoff.json'))(
    'backs off: attempt $attempt, random $random',
    ({ attempt, random, delayMs }) => expect(backoff(attempt, random)).toBe(delayMs),
  );

  test.each(vectors<{ code: number; reason: string; then: string }>('client-closes.json'))(
    'obeys a close: $code $reason',
    ({ code, reason, then }) => expect(verdictOf(code, reason)).toBe(then),
  );

  test.each(vectors<{ name: string; what: Field; text: string | [string, number][]; fits: boolean }>('client-names.json'))(
    'knows what fits: $name',
    (vector) => expect(fits(vector.what, textOf(vector.text))).toBe(vector.fits),
  );
});
