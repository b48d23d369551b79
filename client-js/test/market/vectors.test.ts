import { describe, expect, test } from 'vitest';
import { BookReplica } from '../../src/market/bookReplica.js';
import { BookSide } from '../../src/market/bookSide.js';
import { checksumOf, crc32 } from '../../src/market/checksum.js';
import { readPriceFrame, readRecords } from '../../src/market/index.js';
import type { BookMessage, Levels } from '../../src/market/messages.js';
import { Step, stepsOf } from '../../src/market/step.js';
import { marketVectors } from '../support/marketVectors.js';

type Pairs = readonly (readonly [number, number])[];

const { symbols, casesOf } = marketVectors();
const steps = (symbol: string) => stepsOf(symbols.find((info) => info.symbol === symbol)!);

function bytesOf(hex: string): ArrayBuffer {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)).buffer;
}

function sideOf(side: 'bids' | 'asks', levels: Pairs): BookSide {
  const made = new BookSide(side);
  for (const [ticks, lots] of levels) made.put(ticks, lots);
  return made;
}

function pairsOf({ ticks, lots }: BookSide): Pairs {
  return ticks.map((count, i) => [count, lots[i]!]);
}

function chunk(levels: Levels): Pairs {
  return levels.flatMap((ticks, i) => (i % 2 === 0 ? [[ticks, levels[i + 1]!] as const] : []));
}

describe('the market of all clients', () => {
  test.each(casesOf<{ step: string; count: number; text: string }>('decimal'))('writes $count steps of $step', ({ step, count, text }) => {
    expect(new Step(step).text(count)).toBe(text);
  });

  test.each(casesOf<{ step: string; text: string; count?: number }>('quantity').filter(({ count }) => count !== undefined))(
    'reads $text in steps of $step',
    ({ step, text, count }) => expect(new Step(step).count(JSON.parse(text))).toBe(count),
  );

  test.each(casesOf<{ name: string; symbol: string; book: { bids: string[][]; asks: string[][] }; text: string; checksum: number }>('checksum'))(
    'knows the checksum of $name',
    ({ symbol, book, text, checksum }) => {
      const { tick, lot } = steps(symbol);
      const side = (levels: string[][]) => levels.map(([price, size]) => [tick.count(Number(price)), lot.count(Number(size))] as const);
      expect(crc32(text)).toBe(checksum);
      expect(checksumOf(sideOf('bids', side(book.bids)), sideOf('asks', side(book.asks)), { tick, lot })).toBe(checksum);
    },
  );

  test.each(casesOf<{ symbol: string; float32: number; volume: number; hex: string }>('price_frame'))(
    'reads a frame of 12 bytes: $float32',
    ({ symbol, float32, volume, hex }) => {
      const symbolId = symbols.find((info) => info.symbol === symbol)!.id;
      expect(readPriceFrame(bytesOf(hex))).toEqual({ symbolId, price: float32, lots: volume });
    },
  );

  test('is no frame of 12 bytes: one more or less', () => {
    expect([11, 13, 0].map((length) => readPriceFrame(new ArrayBuffer(length)))).toEqual([undefined, undefined, undefined]);
  });

  test.each(casesOf<{ name: string; timeNanos: string; records: object[]; hex: string }>('records'))('reads a frame of records: $name', (vector) => {
    const { time, given } = read(vector.hex);
    expect(time).toBe(BigInt(vector.timeNanos));
    expect(given).toEqual(vector.records);
  });

  test.each(casesOf<{ name: string; hex: string }>('no_records'))('takes no frame, and nothing of it: $name', ({ hex }) => {
    expect(read(hex)).toEqual({ time: undefined, given: [] });
  });

  test.each(casesOf<{ name: string; before: Sides; deltas: Sides[]; merged: Sides; after: Sides }>('delta'))(
    'applies changes: $name',
    ({ before, deltas, merged, after }) => {
      const oneByOne = { bids: sideOf('bids', before.bids), asks: sideOf('asks', before.asks) };
      const atOnce = { bids: sideOf('bids', before.bids), asks: sideOf('asks', before.asks) };
      for (const side of ['bids', 'asks'] as const) {
        for (const delta of deltas) for (const [ticks, lots] of delta[side]) oneByOne[side].put(ticks, lots);
        for (const [ticks, lots] of merged[side]) atOnce[side].put(ticks, lots);
        expect(pairsOf(oneByOne[side])).toEqual(after[side]);
        expect(pairsOf(atOnce[side])).toEqual(after[side]);
      }
    },
  );

  test('takes the messages of a book as they are written', () => {
    const replica = new BookReplica();
    const { tick, lot } = steps('BTC-USD');
    const [whole] = casesOf<{ frame: string }>('message').filter(({ frame }) => frame.includes('"order_book",'));
    const { sequence, checksum, depth, book, timestamp } = JSON.parse(whole!.frame);
    const levels = (side: [number, number][]) => side.flatMap(([price, size]) => [tick.count(price), lot.count(size)]);
    const message: BookMessage = { whole: true, previous: 0, sequence, checksum, depth, timestamp, bids: levels(book.bids), asks: levels(book.asks) };
    expect(replica.take(message, { tick, lot }, 10)).toBe('changed');
    expect(replica.verified).toBe(true);
  });
});

interface Sides {
  readonly bids: Pairs;
  readonly asks: Pairs;
}

/** What a frame gives out, as vectors write it. */
function read(hex: string): { readonly time: bigint | undefined; readonly given: object[] } {
  const given: object[] = [];
  const time = readRecords(bytesOf(hex), {
    price: (symbolId, sequence, priceTicks, lots, nanos) =>
      given.push({ record: 'price', symbolId, sequence, timeNanos: String(nanos), priceTicks, lots }),
    trade: (symbolId, sequence, tradeId, side, priceTicks, lots, nanos) =>
      given.push({ record: 'trade', symbolId, sequence, timeNanos: String(nanos), priceTicks, lots, side, tradeId }),
    book: (symbolId, { whole, previous, sequence, checksum, depth, bids, asks }, nanos) => {
      const levels = { bids: chunk(bids), asks: chunk(asks) };
      const what = whole ? { record: 'book' } : { record: 'book_delta', previous };
      given.push({ ...what, symbolId, sequence, timeNanos: String(nanos), checksum, depth, ...levels });
    },
    skipped: (symbolId, channel, from, to, nanos) => given.push({ record: 'skipped', symbolId, channel, from, to, timeNanos: String(nanos) }),
  });
  return { time, given };
}
