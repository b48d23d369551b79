import type { BookMessage, Channel, Side } from '../market/messages.js';

type Fields = Readonly<Partial<Record<'side' | 'flags' | 'sequence' | 'time' | 'price' | 'size' | 'low' | 'high', number>>>;

/** Writes one frame of records (PROTOCOL.md, section 17), as a server does. */
export class FakeRecords {
  readonly #records: ((view: DataView, at: number) => void)[] = [];

  price(symbolId: number, sequence: number, ticks: number, lots: number, timeMillis: number): this {
    return this.#add(1, symbolId, { sequence, price: ticks, size: lots, time: timeMillis });
  }

  trade(symbolId: number, sequence: number, tradeId: number, side: Side, ticks: number, lots: number, timeMillis: number): this {
    return this.#add(2, symbolId, { side: side === 'buy' ? 1 : 2, sequence, price: ticks, size: lots, time: timeMillis, low: tradeId });
  }

  book(symbolId: number, { whole, previous, sequence, checksum, depth = 0, bids, asks, timestamp }: BookMessage): this {
    const size = (bids.length + asks.length) / 2;
    const price = whole ? 0 : previous;
    this.#add(4, symbolId, { flags: whole ? 1 : 0, sequence, price, size, time: timestamp, low: checksum, high: depth });
    for (const [side, levels] of [[1, bids] as const, [2, asks] as const]) {
      for (let i = 0; i < levels.length; i += 2) {
        this.#add(3, symbolId, { side, sequence, price: levels[i]!, size: levels[i + 1]!, time: timestamp });
      }
    }
    return this;
  }

  skipped(symbolId: number, channel: Channel, from: number, to: number): this {
    const side = 1 + ['price', 'trades', 'book'].indexOf(channel);
    return this.#add(5, symbolId, { side, sequence: from, price: to, size: to - from + 1 });
  }

  frame(timeMillis: number): ArrayBuffer {
    const view = new DataView(new ArrayBuffer(16 + this.#records.length * 48));
    view.setUint32(0, 0x504d_0230);
    view.setUint16(4, this.#records.length, true);
    view.setBigInt64(8, nanos(timeMillis), true);
    this.#records.forEach((write, i) => write(view, 16 + i * 48));
    return view.buffer as ArrayBuffer;
  }

  #add(kind: number, symbolId: number, fields: Fields): this {
    const { side = 0, flags = 0, sequence = 0, time = 0, price = 0, size = 0, low = 0, high = 0 } = fields;
    this.#records.push((view, at) => {
      view.setUint8(at, kind);
      view.setUint8(at + 1, side);
      view.setUint16(at + 2, flags, true);
      view.setUint32(at + 4, symbolId, true);
      view.setBigUint64(at + 8, BigInt(sequence), true);
      view.setBigInt64(at + 16, nanos(time), true);
      view.setBigInt64(at + 24, BigInt(price), true);
      view.setBigInt64(at + 32, BigInt(size), true);
      view.setBigUint64(at + 40, BigInt(low) + (BigInt(high) << 32n), true);
    });
    return this;
  }
}

function nanos(millis: number): bigint {
  return BigInt(millis) * 1_000_000n;
}
