import { Emitter } from '../emitter.js';
import { BookReplica } from './bookReplica.js';
import type { BookSide } from './bookSide.js';
import type { BookMessage } from './messages.js';
import type { SymbolPort } from './port.js';
import type { Sequences } from './sequences.js';
import type { Steps } from './step.js';

/**
 * A book that broke is whole again within a second (PROMISES 67), where the way to the server and back takes no longer than 250 ms, even
 * if it breaks again and again, and one answer is lost or comes too late: 250 + 375 ms and one way, or 250 + 250 ms and two.
 */
/** How long the answer may take before it is asked for again; twice as long each time, up to the most. */
const lateMillis = 375;
const lateMillisMax = 8_000;
/** The same of the book that comes by itself with a subscription. */
const firstMillis = 1_000;
/** Between two questions of a book that breaks again and again; one that held for long enough is asked for at once. */
const againMillis = 125;
const againMillisMax = 250;
const stableAfterMillis = 1_000;

/** How many levels of each side: the best 10, the best 50, or (0) all. */
export type Depth = 10 | 50 | 0;

export interface Level {
  /** Whole numbers of ticks and lots, to compute and draw with. */
  readonly ticks: number;
  readonly lots: number;
  /** The same as exact decimals. */
  readonly price: string;
  readonly size: string;
}

/** A book is asked for anew, now or on the next connection. */
export interface Resync {
  readonly symbol: string;
  /**
   * `gap`: changes are missing, or came in another order. `checksum`: the best levels are not the server's. `crossed`: bids
   * meet asks. `late`: no whole book came. `lost`: the connection ended.
   */
  readonly reason: 'gap' | 'checksum' | 'crossed' | 'late' | 'lost';
  /** Of the newest book that was verified; 0: none was. */
  readonly sequence: number;
  /** Of a gap: the changes that are missing. */
  readonly from?: number;
  readonly to?: number;
}

export interface OrderBookEvents {
  /** After everything that changed it, or whether it is verified. */
  change: OrderBook;
  /** It is the server's book, for the first time or again. */
  verified: OrderBook;
  resync: Resync;
}

/**
 * The book of one symbol. While `verified` it is exactly the server's book at `sequence`. Where the thread is lost it says so
 * (`resync`), asks for the whole book by itself, and shows meanwhile what it has, which may be wrong.
 */
export class OrderBook extends Emitter<OrderBookEvents> {
  /** How often it was asked for anew. */
  resyncs = 0;
  readonly #port: SymbolPort;
  readonly #sequences: Sequences;
  readonly #lost: (resync: Resync) => void;
  readonly #closed: () => void;
  readonly #replica = new BookReplica();
  #depth: Depth = 10;
  #bids: readonly Level[] | undefined;
  #asks: readonly Level[] | undefined;
  #verifiedAt = 0;
  #attempt = 0;
  #lates = 0;
  #timer: unknown;

  /** @internal */
  constructor(port: SymbolPort, sequences: Sequences, lost: (resync: Resync) => void, closed: () => void) {
    super();
    this.#port = port;
    this.#sequences = sequences;
    this.#lost = lost;
    this.#closed = closed;
  }

  get symbol(): string {
    return this.#port.name;
  }

  get depth(): Depth {
    return this.#depth;
  }

  /** Of the newest book that was verified; 0: none was. */
  get sequence(): number {
    return this.#replica.sequence;
  }

  get verified(): boolean {
    return this.#replica.verified;
  }

  /** Of the newest change, in milliseconds since 1970; 0: none yet. */
  get timestamp(): number {
    return this.#replica.timestamp;
  }

  /** The best first; the same list until the next change. */
  get bids(): readonly Level[] {
    return (this.#bids ??= this.#levels(this.#replica.bids));
  }

  get asks(): readonly Level[] {
    return (this.#asks ??= this.#levels(this.#replica.asks));
  }

  get bestBid(): Level | undefined {
    return this.bids[0];
  }

  get bestAsk(): Level | undefined {
    return this.asks[0];
  }

  /** The best ask minus the best bid, exactly; undefined where a side is empty. */
  get spread(): string | undefined {
    const { bestBid, bestAsk } = this;
    return bestBid && bestAsk && this.#port.steps.tick.text(bestAsk.ticks - bestBid.ticks);
  }

  /** Follows it no longer. */
  close(): void {
    this.#stopWaiting();
    this.#replica.restart();
    this.#closed();
  }

  /** @internal Followed with another depth from the next whole book on. */
  deepen(depth: Depth): void {
    if (depth === this.#depth) return;
    this.#depth = depth;
    this.#replica.restart();
  }

  /** @internal Subscribed to: a whole book is on its way, unless this one goes on. */
  subscribed(): void {
    this.#attempt = this.#lates = 0;
    if (!this.verified) this.#expect(firstMillis);
  }

  /** @internal The connection ended. */
  lost(): void {
    this.#stopWaiting();
    const { verified } = this;
    this.#replica.restart();
    if (verified) this.#tell({ reason: 'lost' });
  }

  /** @internal */
  take(message: BookMessage): void {
    if (message.depth !== undefined && message.depth !== this.#depth) return;
    const { verified } = this;
    const taken = this.#replica.take(message, this.#port.steps, this.#depth);
    if (taken === 'waiting') return;
    if (taken === 'old') {
      this.#sequences.duplicates++;
      // It was waited for, and is too old for what came meanwhile.
      if (message.whole && !verified) this.#askAgain(false);
      return;
    }
    this.#bids = this.#asks = undefined;
    if (taken === 'changed') return this.#changed(verified);
    if (taken.reason === 'gap') this.#sequences.gaps++;
    this.#tell(taken);
    this.#askAgain(verified && this.#port.market.ambient.now() - this.#verifiedAt >= stableAfterMillis);
  }

  #changed(verified: boolean): void {
    this.#sequences.sequence = this.sequence;
    if (!verified) {
      this.#stopWaiting();
      this.#lates = 0;
      this.#verifiedAt = this.#port.market.ambient.now();
      this.emit('verified', this);
    }
    this.emit('change', this);
  }

  #tell(broken: Omit<Resync, 'symbol' | 'sequence'>): void {
    this.resyncs++;
    const resync = { symbol: this.symbol, sequence: this.sequence, ...broken };
    this.emit('resync', resync);
    this.#lost(resync);
    this.emit('change', this);
  }

  /** At once, unless it broke just now too: a book that no snapshot mends must not become a flood of questions. */
  #askAgain(held: boolean): void {
    if (held) this.#attempt = 0;
    const millis = this.#attempt === 0 ? 0 : Math.min(againMillisMax, againMillis * 2 ** (this.#attempt - 1));
    this.#attempt++;
    this.#wait(millis, () => this.#ask());
  }

  #ask(): void {
    this.#port.market.send({ action: 'snapshot', symbol: this.symbol });
    this.#expect(lateMillis);
  }

  #expect(millis: number): void {
    this.#wait(Math.min(lateMillisMax, millis * 2 ** this.#lates), () => {
      this.#lates++;
      this.#tell({ reason: 'late' });
      this.#ask();
    });
  }

  #wait(millis: number, then: () => void): void {
    this.#stopWaiting();
    if (millis === 0) then();
    else this.#timer = this.#port.market.ambient.setTimeout(then, millis);
  }

  #stopWaiting(): void {
    this.#port.market.ambient.clearTimeout(this.#timer);
  }

  #levels({ ticks, lots }: BookSide): readonly Level[] {
    const { steps } = this.#port;
    return ticks.map((count, i) => new ShownLevel(count, lots[i]!, steps));
  }
}

/** Texts are made where they are read: a book changes far more often than it is shown. */
class ShownLevel implements Level {
  readonly #steps: Steps;

  constructor(
    readonly ticks: number,
    readonly lots: number,
    steps: Steps,
  ) {
    this.#steps = steps;
  }

  get price(): string {
    return this.#steps.tick.text(this.ticks);
  }

  get size(): string {
    return this.#steps.lot.text(this.lots);
  }
}
