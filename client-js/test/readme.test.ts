import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as docs from '../src/docs/index.js';
import * as peal from '../src/index.js';
import * as market from '../src/market/index.js';
import * as testing from '../src/testing/index.js';

const blocks = [...readFileSync(new URL('../README.md', import.meta.url), 'utf8').matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code!);

/** Runs a block as printed; its imports are given by name. */
async function run(code: string, given: Record<string, unknown>): Promise<void> {
  const body = code.replace(/^import .*$/gm, '');
  const { constructor } = Object.getPrototypeOf(async () => {}) as { constructor: new (...args: string[]) => (...args: unknown[]) => Promise<void> };
  await new constructor(...Object.keys(given), body)(...Object.values(given));
}

test('the quick start has ten lines and works as printed', async () => {
  const server = new testing.FakeServer();
  const clients: peal.Client[] = [];
  class Client extends peal.Client {
    constructor(url: string, options: peal.ClientOptions) {
      super(url, server.options(options));
      clients.push(this);
    }
  }
  const printed: string[] = [];
  const [code] = blocks;
  expect(code!.trim().split('\n').length).toBeLessThanOrEqual(10);
  const fetch = async () => new Response('ann');
  const done = run(code!, { Client, fetch, console: { log: (line: string) => printed.push(line) } });
  await server.advance(1_000);
  await done;
  expect(printed).toEqual(['connecting', 'live', 'ann: hello', 'stored as number 1']);
  clients[0]!.stop();
});

test('the README of the project shows the same quick start', () => {
  expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(blocks[0]);
});

test('a document opens as printed', async () => {
  const server = new testing.FakeServer();
  const clients: peal.Client[] = [];
  class Client extends peal.Client {
    constructor(url: string, options: peal.ClientOptions) {
      super(url, { ...server.options(), ...options });
      clients.push(this);
    }
  }
  const printed: string[] = [];
  const bound: unknown[][] = [];
  const bindQuill = (...given: unknown[]) => bound.push(given);
  const given = { ...peal, ...docs, Client, bindQuill, quill: { getModule: (name: string) => name }, location: { origin: 'http://peal.test' } };
  await run(blocks[1]!, { ...given, console: { log: (...words: string[]) => printed.push(words.join(' ')) } });
  await server.advance(6_000);
  expect(printed).toEqual(['live saved']);
  expect(bound).toEqual([[given.quill, expect.anything(), { cursors: 'cursors' }]]);
  clients[0]!.stop();
});

test('a book is followed as printed', async () => {
  const server = new testing.FakeMarket();
  server.change('BTC-USD', 'bids', 6_400_000, 5);
  const clients: market.MarketClient[] = [];
  class MarketClient extends market.MarketClient {
    constructor(url: string, options?: market.MarketOptions) {
      super(url, server.options(options));
      clients.push(this);
    }
  }
  const printed: string[] = [];
  await run(blocks[2]!, { MarketClient, console: { log: (line: string) => printed.push(line) } });
  await server.advance(1);
  server.change('BTC-USD', 'asks', 6_400_001, 5);
  await server.advance(1);
  server.fault = () => 'drop';
  server.change('BTC-USD', 'asks', 6_400_001, 0);
  server.fault = () => undefined;
  server.change('BTC-USD', 'asks', 6_400_002, 5);
  await server.advance(1);
  expect(printed).toEqual(['64000.00 / undefined', '64000.00 / 64000.01', 'asked for anew: gap', '64000.00 / 64000.01', '64000.00 / 64000.02']);
  clients[0]!.stop();
});

test('the test of a test works as printed', async () => {
  await run(blocks[3]!, { ...peal, ...testing });
});
