import type { BookMessage, Channel, Side } from './messages.js';

/** What is in a frame of records; prices are ticks, sizes are lots, times nanoseconds since 1970. */
export interface RecordSink {
  price(symbolId: number, sequence: number, priceTicks: number, lots: number, timeNanos: bigint): void;
  trade(symbolId: number, sequence: number, tradeId: number, side: Side, priceTicks: number, lots: number, timeNanos: bigint): void;
  book(symbolId: number, book: BookMessage, timeNanos: bigint): void;
  skipped(symbolId: number, channel: Channel, from: number, to: number, timeNanos: bigint): void;
}

const headerBytes = 16;
const recordBytes = 48;
const channels: readonly Channel[] = ['price', 'trades', 'book'];

export function millisOf(timeNanos: bigint): number {
  return Number(timeNanos / 1_000_000n);
}

/**
 * Reads a frame of `binary=2` (PROTOCOL.md, section 17), whole or not at all. Undefined where it is none; else when the server
 * wrote it. Skips kinds of records that it does not know, and what a later version puts behind 48 bytes.
 */
export function readRecords(data: ArrayBuffer, sink: RecordSink): bigint | undefined {
  const view = new DataView(data);
  if (data.byteLength < headerBytes || view.getUint16(0) !== 0x504d || view.getUint8(2) !== 2) return undefined;
  const stride = view.getUint8(3);
  const records = view.getUint16(4, true);
  if (stride < recordBytes || data.byteLength !== headerBytes + records * stride) return undefined;
  const given: (() => void)[] = [];
  for (let i = 0; i < records; i++) {
    const read = readRecord(view, headerBytes + i * stride, stride, records - i - 1);
    if (!read) return undefined;
    i += read.levels;
    given.push(() => read.give(sink));
  }
  for (const give of given) give();
  return view.getBigInt64(8, true);
}

interface Read {
  /** How many further records belong to it. */
  readonly levels: number;
  give(sink: RecordSink): void;
}

function readRecord(view: DataView, at: number, stride: number, behind: number): Read | undefined {
  const side = view.getUint8(at + 1);
  const id = view.getUint32(at + 4, true);
  const sequence = long(view, at + 8);
  const time = view.getBigInt64(at + 16, true);
  const price = long(view, at + 24);
  const size = long(view, at + 32);
  switch (view.getUint8(at)) {
    case 1:
      return { levels: 0, give: (sink) => sink.price(id, sequence, price, size, time) };
    case 2: {
      if (side < 1 || side > 2 || price < 1 || size < 1) return undefined;
      return { levels: 0, give: (sink) => sink.trade(id, sequence, long(view, at + 40), side === 1 ? 'buy' : 'sell', price, size, time) };
    }
    case 4: {
      const sides = size < 0 || size > behind ? undefined : readLevels(view, at + stride, stride, size);
      if (!sides) return undefined;
      const book = {
        ...sides,
        whole: (view.getUint16(at + 2, true) & 1) === 1,
        previous: price,
        sequence,
        checksum: view.getUint32(at + 40, true),
        depth: view.getUint32(at + 44, true),
        timestamp: millisOf(time),
      };
      return { levels: size, give: (sink) => sink.book(id, book, time) };
    }
    case 5: {
      const channel = channels[side - 1];
      return channel && { levels: 0, give: (sink) => sink.skipped(id, channel, sequence, price, time) };
    }
    default:
      return { levels: 0, give: () => {} };
  }
}

function readLevels(view: DataView, first: number, stride: number, count: number): Pick<BookMessage, 'bids' | 'asks'> | undefined {
  const bids: number[] = [];
  const asks: number[] = [];
  for (let at = first; at < first + count * stride; at += stride) {
    const side = view.getUint8(at + 1);
    if (view.getUint8(at) !== 3 || side < 1 || side > 2) return undefined;
    (side === 1 ? bids : asks).push(long(view, at + 24), long(view, at + 32));
  }
  return { bids, asks };
}

/** A signed integer of 8 bytes; exact up to 2^53. */
function long(view: DataView, at: number): number {
  return view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/** What a frame of `binary=1` says. */
export interface PriceFrame {
  readonly symbolId: number;
  /** The float32 nearest to the price: exact to about seven digits. */
  readonly price: number;
  /** Lots of the last trade; 2^32 - 1 also for more. */
  readonly lots: number;
}

/** Reads a frame of `binary=1`; undefined where it is none. */
export function readPriceFrame(data: ArrayBuffer): PriceFrame | undefined {
  if (data.byteLength !== 12) return undefined;
  const view = new DataView(data);
  return { symbolId: view.getUint32(0), price: view.getFloat32(4), lots: view.getUint32(8) };
}
