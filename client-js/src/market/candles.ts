import { Emitter } from '../emitter.js';
import type { Flat, Interval } from './messages.js';
import { persistently, type SymbolPort } from './port.js';

/** What happened in one interval; prices and volume are exact decimals. */
export interface Candle {
  /** When it begins, in milliseconds since 1970: a whole multiple of the interval. */
  readonly start: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  /** In the symbol's own unit; exact up to 15 digits. */
  readonly volume: string;
  readonly trades: number;
  /** Its time is over. A trade that comes late may change it nevertheless. */
  readonly closed: boolean;
}

export interface CandlesOptions {
  /** How many of the newest are loaded at first. Default 500. */
  readonly history?: number;
}

export interface CandlesEvents {
  /** One began, or changed. */
  candle: Candle;
  /** `list` changed otherwise: history came. */
  reset: Candles;
}

const candlesMax = 10_000;

/**
 * The candles of one symbol and interval. The live ones are followed first and history is loaded then, so that none is missing
 * between them; of two that begin together the one with more trades is the newer.
 */
export class Candles extends Emitter<CandlesEvents> {
  readonly interval: Interval;
  /** History is there, and goes on to what is live. */
  complete = false;
  readonly #port: SymbolPort;
  readonly #closed: () => void;
  readonly #history: number;
  #list: Candle[] = [];
  /** Since they are followed on this connection, until history comes. */
  #live: Candle[] = [];
  /** Of earlier connections, until history comes. */
  #before: readonly Candle[] = [];
  #turn = 0;

  /** @internal */
  constructor(port: SymbolPort, interval: Interval, { history = 500 }: CandlesOptions, closed: () => void) {
    super();
    this.#port = port;
    this.#closed = closed;
    this.interval = interval;
    this.#history = history;
  }

  get symbol(): string {
    return this.#port.name;
  }

  /** The oldest first; where nothing traded there is none. At most 10,000. A `candle` changes this very list, a `reset` brings another. */
  get list(): readonly Candle[] {
    return this.#list;
  }

  /** Loads some that are older than all that are there; ends with how many came, 0 where there are none. */
  async older(count = 500): Promise<number> {
    const [oldest] = this.#list;
    if (!oldest) return 0;
    const loaded = await this.#get(count, oldest.start);
    const older = loaded.filter(({ start }) => start < this.#list[0]!.start);
    this.#list = [...older, ...this.#list].slice(0, candlesMax);
    if (older.length > 0) this.emit('reset', this);
    return older.length;
  }

  /** Follows them no longer. */
  close(): void {
    this.lost();
    this.#follow(false).catch(() => {});
    this.#closed();
  }

  /** @internal */
  connected(): void {
    const turn = ++this.#turn;
    const wanted = () => turn === this.#turn;
    this.#live = [];
    this.#before = [...this.#list];
    persistently(this.#port.market, wanted, async () => {
      await this.#follow(true);
      const loaded = await this.#get(this.#history);
      if (wanted()) this.#begin(loaded);
    });
  }

  /** @internal */
  lost(): void {
    this.#turn++;
    this.complete = false;
  }

  /** @internal */
  take(message: Flat): void {
    const candle = this.#candleOf(message);
    if (!this.complete) put(this.#live, candle);
    if (!put(this.#list, candle)) return;
    if (this.#list.length > candlesMax) this.#list.shift();
    this.emit('candle', candle);
  }

  #begin(loaded: readonly Candle[]): void {
    const first = loaded[0]?.start ?? 0;
    // What is older than all that came is kept where the two are known to meet.
    const meets = this.#before.some(({ start }) => start >= first);
    const before = meets ? this.#before.filter(({ start }) => start < first) : [];
    this.#list = [...before, ...loaded].slice(-candlesMax);
    for (const candle of this.#live) put(this.#list, candle);
    this.#live = this.#before = [];
    this.complete = true;
    this.emit('reset', this);
  }

  #follow(on: boolean): Promise<Flat> {
    return this.#port.market.ask({ action: 'candles', symbol: this.symbol, interval: this.interval, on });
  }

  async #get(limit: number, before?: number): Promise<readonly Candle[]> {
    const { symbol, interval } = this;
    const query = { symbol, interval, limit, ...(before !== undefined && { before }) };
    const candles = await this.#port.market.get<readonly Flat[]>('/api/market/candles', query);
    return candles.map((candle) => this.#candleOf(candle));
  }

  #candleOf(message: Flat): Candle {
    const { tick, lot } = this.#port.steps;
    const { start, open, high, low, close, volume, trades, closed } = message as Readonly<Record<string, never>>;
    const price = (value: number) => tick.text(tick.count(value));
    const prices = { open: price(open!), high: price(high!), low: price(low!), close: price(close!) };
    return { start: start!, ...prices, volume: lot.text(lot.count(volume!)), trades: trades!, closed: closed! };
  }
}

/** Puts a candle in its place; false where what stands there is as new. */
function put(list: Candle[], candle: Candle): boolean {
  let at = list.length;
  while (at > 0 && list[at - 1]!.start > candle.start) at--;
  const there = list[at - 1];
  if (there?.start !== candle.start) {
    // Another one began: the time of the one before is over.
    if (there && !there.closed) list[at - 1] = { ...there, closed: true };
    list.splice(at, 0, candle);
    return true;
  }
  if (candle.trades < there.trades || (candle.trades === there.trades && there.closed)) return false;
  list[at - 1] = candle;
  return true;
}
