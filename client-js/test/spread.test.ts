import { afterEach, describe, expect, test } from 'vitest';
import { Client } from '../src/client.js';
import { FakeServer } from '../src/testing/index.js';
import { seededBy } from './support/random.js';

const count = 1_000;
const shareMax = 0.15;

let clients: Client[] = [];
afterEach(() => clients.forEach((client) => client.stop()));

/** PROMISES 71: clients that lost the same server do not come back all at once. */
describe(`of ${count} clients`, () => {
  /** By user, when each came back. */
  async function signedIn(): Promise<{ readonly server: FakeServer; readonly returns: Map<string, number> }> {
    const server = new FakeServer(seededBy());
    clients = Array.from({ length: count }, (_, index) => new Client('http://peal.test', server.options({ token: `u${index}` })).start());
    await server.advance(1);
    const returns = new Map<string, number>();
    server.intercept = ({ type, data }) => {
      if (type === 'authenticate') returns.set(data?.['token'] as string, server.clock.elapsed);
      return undefined;
    };
    return { server, returns };
  }

  /** The share of the second in which most came. */
  function fullest(returns: Iterable<number>): number {
    const seconds = new Map<number, number>();
    for (const at of returns) seconds.set(Math.floor(at / 1_000), (seconds.get(Math.floor(at / 1_000)) ?? 0) + 1);
    return Math.max(...seconds.values()) / count;
  }

  test.each([30, 60, 300])('after an outage of %i s no second sees more than its share', async (seconds) => {
    const { server, returns } = await signedIn();
    server.away = true;
    server.drop();
    await server.advance(seconds * 1_000);
    expect(returns.size).toBe(0);
    server.away = false;
    await server.advance(31_000);
    expect(returns.size).toBe(count);
    expect(fullest(returns.values())).toBeLessThanOrEqual(shareMax);
  });

  test('each comes in the slot that it was named, to the millisecond', async () => {
    const { server, returns } = await signedIn();
    const slots = new Map(clients.map((_, index) => [`u${index}`, index * 10]));
    for (const [user, afterMs] of slots) server.tell({ type: 'reconnect', data: { afterMs } }, user);
    await server.settle();
    const began = server.clock.elapsed;
    server.drop(1012, 'restart');
    await server.advance(10_000);
    expect([...returns].map(([user, at]) => [user, at - began])).toEqual([...slots]);
  });
});
