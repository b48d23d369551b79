import { Emitter } from '../emitter.js';
import type { Flat, Gap, Side } from './messages.js';
import { persistently, type SymbolPort } from './port.js';
import type { Steps } from './step.js';

export interface Trade {
  readonly tradeId: number;
  /** The side that took. */
  readonly side: Side;
  /** Whole numbers of ticks and lots. */
  readonly ticks: number;
  readonly lots: number;
  /** The same as exact decimals. */
  readonly price: string;
  readonly size: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

export interface TradesOptions {
  /** How many of the newest are kept. Default 100. */
  readonly keep?: number;
  /** How many of those before are loaded at first. Default 50; 0: none. */
  readonly history?: number;
}

export interface TradesEvents {
  /** A new one. */
  trade: Trade;
  /** `recent` changed otherwise: older ones were loaded. */
  reset: Trades;
  /** Some were left out or lost; the newest are loaded again, and what is found among them comes by `reset`. */
  gap: Gap;
}

/** The newest trades of one symbol, each once. */
export class Trades extends Emitter<TradesEvents> {
  readonly #port: SymbolPort;
  readonly #closed: () => void;
  readonly #keep: number;
  #history: number;
  #recent: readonly Trade[] = [];
  /** Since the subscription that is now. */
  #live: readonly Trade[] = [];
  #turn = 0;

  /** @internal */
  constructor(port: SymbolPort, { keep = 100, history = 50 }: TradesOptions, closed: () => void) {
    super();
    this.#port = port;
    this.#closed = closed;
    this.#keep = keep;
    this.#history = Math.min(history, keep);
  }

  get symbol(): string {
    return this.#port.name;
  }

  /** The newest first. */
  get recent(): readonly Trade[] {
    return this.#recent;
  }

  /** Follows them no longer. */
  close(): void {
    this.lost();
    this.#closed();
  }

  /** @internal Live from here on. Once that is sure, what was before is loaded; later what was in a connection's absence. */
  subscribed(sure: Promise<unknown>): void {
    this.#live = [];
    if (this.#history > 0) this.#load(this.#history, sure);
    this.#history = this.#keep;
  }

  /** @internal */
  lost(): void {
    this.#turn++;
  }

  /** @internal */
  missing(gap: Gap): void {
    this.emit('gap', gap);
    this.#load(this.#keep);
  }

  /** @internal */
  take(trade: Trade): void {
    const [newest] = this.#live;
    this.#live = newest && trade.tradeId <= newest.tradeId ? this.#union([trade], this.#live) : this.#before(trade, this.#live);
    if (this.#recent.some((known) => isSame(known, trade))) return;
    if (newest && trade.tradeId <= newest.tradeId) return this.#show(this.#union([trade], this.#recent));
    this.#recent = this.#before(trade, this.#recent);
    this.emit('trade', trade);
  }

  #load(limit: number, sure?: Promise<unknown>): void {
    const turn = ++this.#turn;
    const { market, name: symbol, steps } = this.#port;
    const before = this.#recent;
    const wanted = () => turn === this.#turn;
    persistently(market, wanted, async () => {
      await sure;
      const trades = await market.get<readonly Flat[]>('/api/market/trades', { symbol, limit });
      const loaded = trades.map((trade) => tradeOf(trade, steps));
      // A server that began anew counts anew: its trades have nothing to do with those of before.
      const same = before.some((old) => loaded.some((trade) => isSame(old, trade)));
      if (wanted()) this.#show(this.#union(same ? before : [], loaded, this.#live));
    });
  }

  #show(recent: readonly Trade[]): void {
    const changed = recent.length !== this.#recent.length || recent.some(({ tradeId }, i) => tradeId !== this.#recent[i]!.tradeId);
    this.#recent = recent;
    if (changed) this.emit('reset', this);
  }

  #before(trade: Trade, list: readonly Trade[]): readonly Trade[] {
    return [trade, ...list.slice(0, this.#keep - 1)];
  }

  #union(...lists: readonly (readonly Trade[])[]): readonly Trade[] {
    const byId = new Map(lists.flat().map((trade) => [trade.tradeId, trade]));
    return [...byId.values()].sort((a, b) => b.tradeId - a.tradeId).slice(0, this.#keep);
  }
}

/** Of a message, or of an answer. */
export function tradeOf({ tradeId, side, price, size, timestamp }: Flat, steps: Steps): Trade {
  const counts = [steps.tick.count(price as number), steps.lot.count(size as number)] as const;
  return trade(steps, tradeId as number, side as Side, ...counts, timestamp as number);
}

export function trade({ tick, lot }: Steps, tradeId: number, side: Side, ticks: number, lots: number, timestamp: number): Trade {
  return { tradeId, side, ticks, lots, price: tick.text(ticks), size: lot.text(lots), timestamp };
}

function isSame(one: Trade, other: Trade): boolean {
  return one.tradeId === other.tradeId && one.timestamp === other.timestamp;
}
