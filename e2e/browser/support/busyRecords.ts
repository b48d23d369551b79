import type { BusySymbol, Change, Level, Trade } from './busySymbol.ts';

const headerBytes = 16;
const recordBytes = 48;
const kinds = { price: 1, trade: 2, level: 3, book: 4 } as const;

interface Fields {
  readonly kind: number;
  readonly side?: number;
  readonly flags?: number;
  readonly sequence: number;
  readonly price: number;
  readonly size: number;
  readonly extra?: bigint;
}

/** Records of `binary=2`, as the market's documentation says. */
export function priceRecords(symbol: BusySymbol): Buffer {
  return records(symbol, [{ kind: kinds.price, sequence: ++symbol.sequences.price, price: symbol.price, size: 1 }]);
}

/** `tradeId` is the sequence. */
export function tradeRecords(symbol: BusySymbol, { buys, ticks, lots }: Trade): Buffer {
  const sequence = symbol.sequences.trades;
  return records(symbol, [{ kind: kinds.trade, side: buys ? 1 : 2, sequence, price: ticks, size: lots, extra: BigInt(sequence) }]);
}

export function changeRecords(symbol: BusySymbol, change: Change, depth: number): Buffer {
  return bookRecords(symbol, change, depth, false);
}

export function wholeRecords(symbol: BusySymbol, depth: number): Buffer {
  return bookRecords(symbol, symbol, depth, true);
}

function bookRecords(symbol: BusySymbol, { bids, asks }: Change, depth: number, whole: boolean): Buffer {
  const sequence = symbol.sequences.book;
  const level = (side: number) => ([ticks, lots]: Level) => ({ kind: kinds.level, side, sequence, price: ticks, size: lots });
  const levels = [...bids.map(level(1)), ...asks.map(level(2))];
  const extra = (BigInt(depth) << 32n) | BigInt(symbol.checksum());
  return records(symbol, [{ kind: kinds.book, flags: whole ? 1 : 0, sequence, price: whole ? 0 : sequence - 1, size: levels.length, extra }, ...levels]);
}

/** What stands in front of records that go together. */
export function frameOf(records: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(records);
  const head = Buffer.alloc(headerBytes);
  head.write('PM', 0, 'latin1');
  head[2] = 2;
  head[3] = recordBytes;
  head.writeUInt16LE(bytes.length / recordBytes, 4);
  head.writeBigInt64LE(nanos(), 8);
  return Buffer.concat([head, bytes]);
}

function records(symbol: BusySymbol, all: readonly Fields[]): Buffer {
  const bytes = Buffer.alloc(all.length * recordBytes);
  const now = nanos();
  all.forEach(({ kind, side = 0, flags = 0, sequence, price, size, extra = 0n }, i) => {
    const at = i * recordBytes;
    bytes[at] = kind;
    bytes[at + 1] = side;
    bytes.writeUInt16LE(flags, at + 2);
    bytes.writeUInt32LE(symbol.id, at + 4);
    bytes.writeBigUInt64LE(BigInt(sequence), at + 8);
    bytes.writeBigInt64LE(now, at + 16);
    bytes.writeBigInt64LE(BigInt(price), at + 24);
    bytes.writeBigInt64LE(BigInt(size), at + 32);
    bytes.writeBigInt64LE(extra, at + 40);
  });
  return bytes;
}

function nanos(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}
