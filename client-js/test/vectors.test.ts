import { describe, expect, test } from 'vitest';
import { backoff } from '../src/backoff.js';
import { verdictOf } from '../src/closes.js';
import { Client } from '../src/client.js';
import type { ServerMessages } from '../src/messages.js';
import { type Field, fits } from '../src/names.js';
import { FakeServer } from '../src/testing/index.js';
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

  test.each(vectors<{ data: ServerMessages['error']; then: string; afterMs?: number }>('client-refusals.json'))(
    'takes a refusal: $data.code, retry $data.retry, $data.retryAfterMs',
    async ({ data, then, afterMs = 500 }) => {
      const server = new FakeServer();
      server.intercept = ({ type, id }) => {
        if (type !== 'message') return undefined;
        server.intercept = () => undefined;
        return { type: 'error', id: id!, data: { ...data } };
      };
      const client = new Client('http://peal.test', server.options({ ambient: server.ambient({ random: () => 0.5 }) })).start();
      const room = client.room('lobby');
      const ends: unknown[] = [];
      room.on('held', ({ forMs }) => ends.push(['try_again', forMs]));
      room.on('rejected', ({ refusal }) => ends.push(['give_up', refusal.code]));
      void room.publish('hi');
      await server.advance(1);
      expect(ends).toEqual([[then, then === 'give_up' ? data.code : afterMs]]);
      client.stop();
    },
  );
});
