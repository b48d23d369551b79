import { BookSide } from './bookSide.js';
import { checksumOf } from './checksum.js';
import type { BookMessage, Levels } from './messages.js';
import type { Steps } from './step.js';

export type Broken =
  | { readonly reason: 'gap'; readonly from: number; readonly to: number }
  | { readonly reason: 'checksum' | 'crossed' };

/** `old`: it came again, or too late. `waiting`: a change, where only a whole book helps. */
export type Taken = 'changed' | 'old' | 'waiting' | Broken;

/**
 * The server's book, as it can be known from what came. While `verified` it is that book at `sequence`: a change is taken
 * only behind the very book that it changes, and the ten best levels have the checksum that came with it.
 */
export class BookReplica {
  readonly bids = new BookSide('bids');
  readonly asks = new BookSide('asks');
  sequence = 0;
  /** Of the newest change, in milliseconds since 1970. */
  timestamp = 0;
  verified = false;
  /** The newest that the server is known to have on this connection. */
  #seen = 0;

  /** Another connection begins, maybe to another server, or another depth: only a whole book helps, whatever its sequence. */
  restart(): void {
    this.verified = false;
    this.#seen = 0;
  }

  take(message: BookMessage, steps: Steps, depth: number): Taken {
    const { whole, sequence, previous } = message;
    if (sequence < this.#seen || (this.verified && sequence === this.sequence)) return 'old';
    this.#seen = sequence;
    if (!whole && !this.verified) return 'waiting';
    if (!whole && previous !== this.sequence) {
      this.verified = false;
      return { reason: 'gap', from: this.sequence + 1, to: Math.max(previous, this.sequence + 1) };
    }
    this.#apply(message, depth);
    const reason = this.#wrong(message.checksum, steps);
    this.verified = !reason;
    if (reason) return { reason };
    this.sequence = sequence;
    return 'changed';
  }

  #apply({ whole, bids, asks, timestamp }: BookMessage, depth: number): void {
    for (const [side, levels] of [[this.bids, bids] as const, [this.asks, asks] as const]) {
      if (whole) side.clear();
      put(side, levels);
      side.cut(depth);
    }
    this.timestamp = timestamp;
  }

  #wrong(checksum: number, steps: Steps): 'checksum' | 'crossed' | undefined {
    if (checksumOf(this.bids, this.asks, steps) !== checksum) return 'checksum';
    return this.bids.ticks[0]! >= this.asks.ticks[0]! ? 'crossed' : undefined;
  }
}

function put(side: BookSide, levels: Levels): void {
  for (let i = 0; i < levels.length; i += 2) side.put(levels[i]!, levels[i + 1]!);
}
