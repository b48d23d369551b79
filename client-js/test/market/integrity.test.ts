import { expect, test } from 'vitest';
import { BookReplica } from '../../src/market/bookReplica.js';
import { MarketClient, type OrderBook } from '../../src/market/index.js';
import { Step } from '../../src/market/step.js';
import { FakeMarket, seeded } from '../../src/testing/index.js';
import { seededBy } from '../support/random.js';
import { scale } from '../support/scale.js';
import { FaultyWire, ReferenceBook, steps } from './faultyFeed.js';

/** A nightly run is ten times as long. */
const nightlyMillisMax = 1_200_000;

test('a feed that loses, doubles and reorders one in a hundred: no verified book is wrong, and each is found again', () => {
  const random = seeded(seededBy());
  const { count } = scale(1_000_000, 10_000_000);
  const reference = new ReferenceBook(random);
  const replica = new BookReplica();
  const ends = { changed: 0, old: 0, waiting: 0, gap: 0, checksum: 0, crossed: 0 };
  let wrong = 0;
  let asked = true;
  const wire = new FaultyWire(random, (message) => {
    const taken = replica.take(message, steps, 0);
    ends[typeof taken === 'string' ? taken : taken.reason]++;
    if (typeof taken !== 'string' || (message.whole && !replica.verified)) asked = true;
    if (taken === 'changed' && !reference.was(replica.sequence, replica.bids, replica.asks)) wrong++;
  });
  for (let update = 0; update < count; update++) {
    wire.say(reference.change());
    // A whole book that was lost itself is asked for again.
    if (asked || (!replica.verified && update % 50 === 0)) {
      asked = false;
      wire.say(reference.whole());
    }
  }
  console.log(`${count} updates: ${JSON.stringify({ ...wire.counts, ...ends })}`);
  expect(wrong).toBe(0);
  expect(ends.gap).toBeGreaterThan(count / 100);
  expect(ends.old).toBeGreaterThan(count / 200);
  // What follows unharmed ends with the very book.
  replica.take(reference.whole(), steps, 0);
  for (let update = 0; update < 100; update++) replica.take(reference.change(), steps, 0);
  expect(replica.verified && reference.was(replica.sequence, replica.bids, replica.asks)).toBe(true);
}, nightlyMillisMax);

test('a level that is told wrong is found by the checksum, and by nothing else', () => {
  const random = seeded(seededBy());
  const reference = new ReferenceBook(random);
  for (let change = 0; change < 300; change++) reference.change();
  const replica = new BookReplica();
  let found = 0;
  for (let round = 0; round < 1_000; round++) {
    replica.take(reference.whole(), steps, 0);
    const message = reference.change();
    const wrongLots = (levels: readonly number[]) => levels.map((value, i) => (i % 2 === 1 ? value + 1 : value));
    const taken = replica.take({ ...message, bids: wrongLots(message.bids), asks: wrongLots(message.asks) }, steps, 0);
    const inTop = reference.bids.ticks.length > 0 && !reference.was(message.sequence, replica.bids, replica.asks);
    if (taken === 'changed' && inTop && deepest(message.bids, replica.bids.ticks) < 10 && deepest(message.asks, replica.asks.ticks) < 10) {
      throw new Error(`not found: ${JSON.stringify(message)}`);
    }
    if (taken !== 'changed') found++;
    replica.restart();
  }
  expect(found).toBeGreaterThan(300);
});

function deepest(levels: readonly number[], ticks: readonly number[]): number {
  return Math.max(-1, ...levels.filter((_, i) => i % 2 === 0).map((level) => ticks.indexOf(level)));
}

test.each([
  ['all levels in records', 0, 2],
  ['ten levels in records', 10, 2],
  ['ten levels in JSON', 10, 0],
] as const)('a client over a bad connection stays right: %s', async (_, depth, binary) => {
  const seed = seededBy();
  const random = seeded(seed);
  const market = new FakeMarket({ seed });
  const states = new Map<number, string>();
  const remember = () => {
    const { sequence, bids, asks } = market.book('BTC-USD', depth);
    states.set(sequence, JSON.stringify([bids, asks]));
  };
  const client = new MarketClient('http://peal.test', market.options({ binary })).start();
  const book = client.symbol('BTC-USD').book({ depth });
  let checks = 0;
  let resyncs = 0;
  book.on('change', () => {
    if (!book.verified) return;
    checks++;
    expect(levelsOf(book)).toBe(states.get(book.sequence));
  });
  book.on('resync', () => resyncs++);
  const reference = new ReferenceBook(random);
  remember();
  market.fault = () => (['drop', 'double', 'late'] as const)[Math.floor(random() * 100)];
  for (let update = 0; update < 3_000; update++) {
    const { bids, asks } = reference.change();
    const [ticks, lots] = bids.length > 0 ? bids : asks;
    market.change('BTC-USD', bids.length > 0 ? 'bids' : 'asks', ticks!, lots!);
    remember();
    if (update % 700 === 699) market.drop();
    await market.advance(10);
  }
  market.fault = () => undefined;
  await market.advance(40_000);
  market.change('BTC-USD', 'bids', 1_000, 1);
  remember();
  await market.advance(2_000);
  expect(book.verified && levelsOf(book)).toBe(states.get(market.book('BTC-USD').sequence));
  expect(checks).toBeGreaterThan(500);
  expect(resyncs).toBeGreaterThan(20);
  client.stop();
});

test('a book that breaks again and again is whole again within a second, 250 ms of way and an answer that goes wrong included', async () => {
  const seed = seededBy();
  const random = seeded(seed);
  const { count } = scale(20_000, 200_000);
  const market = new FakeMarket({ seed });
  const book = new MarketClient('http://peal.test', market.options()).start().symbol('BTC-USD').book({ depth: 0 });
  const reference = new ReferenceBook(random);
  await market.advance(1);
  const waits: number[] = [];
  let since: number | undefined;
  let answersLost = 0;
  book.on('resync', () => (since ??= market.clock.now()));
  book.on('verified', () => {
    if (since !== undefined) waits.push(market.clock.now() - since);
    since = undefined;
    answersLost = 0;
  });
  market.fault = ({ type }) => {
    if (type === 'order_book_delta') return (['drop', 'double', 'late'] as const)[Math.floor(random() * 100)];
    // Of a break's answers, the first: a third of them goes wrong.
    return answersLost++ === 0 ? (['drop', 'double', 'late'] as const)[Math.floor(random() * 9)] : undefined;
  };
  for (let update = 0; update < count; update++) {
    const { bids, asks } = reference.change();
    const [ticks, lots] = bids.length > 0 ? bids : asks;
    market.change('BTC-USD', bids.length > 0 ? 'bids' : 'asks', ticks!, lots!);
    await market.advance(20);
  }
  waits.sort((a, b) => a - b);
  console.log(`${count} updates, ${waits.length} breaks: whole after ${waits[waits.length >> 1]} ms (median), ${waits.at(-1)} ms (most)`);
  expect(waits.length).toBeGreaterThan(count / 200);
  // The way of this market takes no time; an answer that is lost costs one.
  expect(waits.at(-1)).toBeLessThanOrEqual(1_000 - 250);
}, nightlyMillisMax);

function levelsOf({ bids, asks }: OrderBook): string {
  return JSON.stringify([bids, asks].map((levels) => levels.flatMap(({ ticks, lots }) => [ticks, lots])));
}

test('a million decimals come back exactly from the doubles that JSON makes of them', () => {
  const random = seeded(seededBy());
  const { count } = scale(1_000_000, 10_000_000);
  let different = 0;
  for (let i = 0; i < count; i++) {
    const places = Math.floor(random() * 16);
    const digits = 1 + Math.floor(random() * 15);
    const units = Math.floor(random() * 10 ** digits);
    const padded = String(units).padStart(places + 1, '0');
    const text = places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`;
    const step = steps15[places]!;
    if (step.text(step.count(JSON.parse(text))) !== text) different++;
  }
  expect(different).toBe(0);
}, nightlyMillisMax);

const steps15 = Array.from({ length: 16 }, (_, places) => new Step((10 ** -places).toFixed(places)));
