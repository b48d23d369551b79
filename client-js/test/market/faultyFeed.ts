import { BookSide } from '../../src/market/bookSide.js';
import { checksumOf } from '../../src/market/checksum.js';
import type { BookMessage } from '../../src/market/messages.js';
import { stepsOf } from '../../src/market/step.js';

export const steps = stepsOf({ symbol: 'BTC-USD', id: 1, tick: '0.01', lot: '0.0001' });
const levelsMax = 40;

interface Kept {
  sequence: number;
  readonly bids: number[];
  readonly asks: number[];
}

/** A book that changes by chance, and remembers how it was a moment ago. */
export class ReferenceBook {
  readonly bids = new BookSide('bids');
  readonly asks = new BookSide('asks');
  sequence = 0;
  readonly #random: () => number;
  readonly #kept: Kept[] = Array.from({ length: 8 }, () => ({ sequence: -1, bids: [], asks: [] }));

  constructor(random: () => number) {
    this.#random = random;
  }

  whole(): BookMessage {
    return this.#message({ whole: true, previous: 0, bids: flat(this.bids), asks: flat(this.asks) });
  }

  /** One level changes: mostly near the best, often at the best itself; never so that bids meet asks. */
  change(): BookMessage {
    const isBid = this.#random() < 0.5;
    const [own, other] = isBid ? [this.bids, this.asks] : [this.asks, this.bids];
    const sign = isBid ? -1 : 1;
    const best = own.ticks[0] ?? 6_400_000 + sign * 10;
    const limit = (other.ticks[0] ?? best - sign * 20) + sign;
    const near = best + sign * Math.floor(this.#random() ** 2 * 60 - 3);
    const ticks = (near - limit) * sign < 0 ? limit : near;
    const lots = this.#random() < 0.4 || own.ticks.length > levelsMax ? 0 : 1 + Math.floor(this.#random() * 20_000);
    own.put(ticks, lots);
    const previous = this.sequence++;
    this.#keep();
    return this.#message({ whole: false, previous, bids: isBid ? [ticks, lots] : [], asks: isBid ? [] : [ticks, lots] });
  }

  /** Whether these are the levels of the book as it was at this sequence, a moment ago at most. */
  was(sequence: number, bids: BookSide, asks: BookSide): boolean {
    const kept = this.#kept[sequence % this.#kept.length]!;
    return kept.sequence === sequence && same(kept.bids, bids) && same(kept.asks, asks);
  }

  #keep(): void {
    const kept = this.#kept[this.sequence % this.#kept.length]!;
    kept.sequence = this.sequence;
    copy(this.bids, kept.bids);
    copy(this.asks, kept.asks);
  }

  #message(what: Pick<BookMessage, 'whole' | 'previous' | 'bids' | 'asks'>): BookMessage {
    return { ...what, sequence: this.sequence, checksum: checksumOf(this.bids, this.asks, steps), depth: 0, timestamp: this.sequence };
  }
}

/** Says what it is given, but for one in a hundred of each: lost, twice, or behind the next one. */
export class FaultyWire {
  readonly counts = { lost: 0, twice: 0, late: 0 };
  readonly #random: () => number;
  readonly #said: (message: BookMessage) => void;
  #held: BookMessage[] = [];

  constructor(random: () => number, said: (message: BookMessage) => void) {
    this.#random = random;
    this.#said = said;
  }

  say(message: BookMessage): void {
    const chance = this.#random();
    if (chance < 0.01) {
      this.counts.late++;
      this.#held.push(message);
      return;
    }
    if (chance < 0.02) this.counts.lost++;
    else this.#said(message);
    if (chance > 0.99) {
      this.counts.twice++;
      this.#said(message);
    }
    for (const late of this.#held.splice(0)) this.#said(late);
  }
}

function flat({ ticks, lots }: BookSide): number[] {
  return ticks.flatMap((count, i) => [count, lots[i]!]);
}

function copy({ ticks, lots }: BookSide, into: number[]): void {
  into.length = 0;
  for (let i = 0; i < ticks.length; i++) into.push(ticks[i]!, lots[i]!);
}

function same(levels: readonly number[], { ticks, lots }: BookSide): boolean {
  if (levels.length !== 2 * ticks.length) return false;
  for (let i = 0; i < ticks.length; i++) if (levels[2 * i] !== ticks[i] || levels[2 * i + 1] !== lots[i]) return false;
  return true;
}
