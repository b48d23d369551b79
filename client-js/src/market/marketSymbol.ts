import { Candles, type CandlesOptions } from './candles.js';
import { LastPrice } from './lastPrice.js';
import type { BookMessage, Channel, Flat, Gap, Interval, Levels, SymbolInfo } from './messages.js';
import { type Depth, OrderBook, type Resync } from './orderBook.js';
import { type MarketPort, persistently } from './port.js';
import { type ChannelHealth, Sequences } from './sequences.js';
import { type Steps, stepsOf } from './step.js';
import { Ticker } from './ticker.js';
import { type Trade, tradeOf, Trades, type TradesOptions } from './trades.js';

export type SymbolHealth = Readonly<Record<Channel, ChannelHealth>>;

/** One symbol. What it gives follows the market from the first call on until it is closed, and is the same again until then. */
export class MarketSymbol {
  readonly name: string;
  /** @internal */
  readonly market: MarketPort;
  readonly #resync: (resync: Resync) => void;
  readonly #sequences: Readonly<Record<Channel, Sequences>>;
  readonly #candles = new Map<Interval, Candles>();
  #info: SymbolInfo | undefined;
  #steps: Steps | undefined;
  #book: OrderBook | undefined;
  #trades: Trades | undefined;
  #price: LastPrice | undefined;
  #ticker: Ticker | undefined;
  /** What the server was told last on this connection; undefined where there is none. */
  #told: string | undefined;
  /** Channels that are followed anew once the server says so: what went before has nothing to do with it. */
  #fresh: readonly Channel[] = [];
  #flushing = false;

  /** @internal */
  constructor(name: string, market: MarketPort, resync: (resync: Resync) => void) {
    this.name = name;
    this.market = market;
    this.#resync = resync;
    const sequences = (channel: Channel) => new Sequences((from, to, told) => this.#missing({ symbol: name, channel, from, to, told }));
    this.#sequences = { price: sequences('price'), trades: sequences('trades'), book: sequences('book') };
  }

  /** Undefined until the client knows its symbols, and of a name that is none. */
  get info(): SymbolInfo | undefined {
    return this.#info;
  }

  /** By channel, what its sequences went through. Counts the channels that are followed. */
  get health(): SymbolHealth {
    return this.#sequences;
  }

  /** Another depth than before is everybody's who has the book. */
  book({ depth = 10 }: { readonly depth?: Depth } = {}): OrderBook {
    this.#book ??= new OrderBook(this, this.#sequences.book, this.#resync, () => {
      this.#book = undefined;
      this.changed();
    });
    this.#book.deepen(depth);
    this.changed();
    return this.#book;
  }

  trades(options: TradesOptions = {}): Trades {
    this.#trades ??= new Trades(this, options, () => {
      this.#trades = undefined;
      this.changed();
    });
    this.changed();
    return this.#trades;
  }

  price(): LastPrice {
    this.#price ??= new LastPrice(this.name, () => {
      this.#price = undefined;
      this.changed();
    });
    this.changed();
    return this.#price;
  }

  ticker(): Ticker {
    if (this.#ticker) return this.#ticker;
    const follow = (on: boolean) => this.#told !== undefined && this.market.send({ action: 'ticker', symbol: this.name, on });
    this.#ticker = new Ticker(this.name, () => {
      this.#ticker = undefined;
      follow(false);
    });
    follow(true);
    return this.#ticker;
  }

  candles(interval: Interval, options: CandlesOptions = {}): Candles {
    const known = this.#candles.get(interval);
    if (known) return known;
    const candles = new Candles(this, interval, options, () => this.#candles.delete(interval));
    this.#candles.set(interval, candles);
    if (this.#told !== undefined) candles.connected();
    return candles;
  }

  /** @internal */
  get steps(): Steps {
    return this.#steps!;
  }

  /** @internal What the server says of it: there is a connection now, or another rate is wanted on it. */
  connected(info: SymbolInfo): void {
    this.#info = info;
    this.#steps = stepsOf(info);
    this.#told = '';
    if (this.#ticker) this.market.send({ action: 'ticker', symbol: this.name, on: true });
    for (const candles of this.#candles.values()) candles.connected();
    this.#tell();
  }

  /** @internal */
  lost(): void {
    this.#told = undefined;
    for (const sequences of Object.values(this.#sequences)) sequences.restart();
    this.#book?.lost();
    this.#trades?.lost();
    for (const candles of this.#candles.values()) candles.lost();
  }

  /** @internal A message about it. */
  take(message: Flat): void {
    const { type, sequence, timestamp, price } = message as Readonly<Record<string, never>>;
    const { steps } = this;
    if (type === 'price_update') this.takePrice(sequence!, steps.tick.count(price!), timestamp!);
    else if (type === 'trade') this.takeTrade(sequence!, tradeOf(message, steps));
    else if (type === 'order_book' || type === 'order_book_delta') this.takeBook(bookOf(message, steps));
    else if (type === 'skipped') this.takeSkipped(message['channel'] as Channel, message['from'] as number, message['to'] as number);
    else if (type === 'candle') this.#candles.get(message['interval'] as Interval)?.take(message);
    else if (type === 'ticker') this.#ticker?.take(message, steps);
    else if (type === 'subscribed') this.#begun();
  }

  /** @internal The tick nearest to it is meant. */
  takePriceFrame(price: number, timestamp: number): void {
    this.takePrice(0, this.steps.tick.count(price), timestamp);
  }

  /** @internal `sequence` 0: it has none. */
  takePrice(sequence: number, ticks: number, timestamp: number): void {
    if (sequence !== 0 && !this.#sequences.price.take(sequence)) return;
    this.#price?.take(this.steps.tick.text(ticks), ticks, sequence, timestamp);
  }

  /** @internal */
  takeTrade(sequence: number, trade: Trade): void {
    // One that comes late is missing in the list, and one that comes again is there.
    this.#sequences.trades.take(sequence);
    this.#trades?.take(trade);
  }

  /** @internal */
  takeBook(book: BookMessage): void {
    this.#book?.take(book);
  }

  /** @internal */
  takeSkipped(channel: Channel, from: number, to: number): void {
    // What a change of a book stands for it says itself.
    if (channel === 'book') this.#sequences.book.skipped += to - from + 1;
    else this.#sequences[channel]?.skip(from, to);
  }

  #begun(): void {
    for (const channel of this.#fresh) this.#sequences[channel].restart();
    this.#fresh = [];
  }

  #missing(gap: Gap): void {
    if (gap.channel === 'trades') this.#trades?.missing(gap);
    else this.#price?.missing(gap);
  }

  /** @internal What is wanted is told once for all that changes in one turn. */
  changed(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#tell();
    });
  }

  #tell(): void {
    const { name: symbol, market } = this;
    const followed: readonly [Channel, object | undefined][] = [
      ['price', this.#price],
      ['trades', this.#trades],
      ['book', this.#book],
    ];
    const channels = followed.flatMap(([channel, part]) => (part ? [channel] : []));
    const depth = this.#book?.depth ?? 10;
    const rate = market.maxUpdatesPerSecond;
    const wanted = { channels, depth, deltas: true, ...(rate !== undefined && { maxUpdatesPerSecond: rate }) };
    const action = channels.length > 0 ? { action: 'subscribe', symbol, ...wanted } : { action: 'unsubscribe', symbol };
    const told = channels.length > 0 ? JSON.stringify(action) : '';
    if (this.#told === undefined || told === this.#told) return;
    const before = this.#told;
    const traded = before.includes('"trades"');
    this.#told = told;
    this.#fresh = channels.filter((channel) => this.#fresh.includes(channel) || !before.includes(`"${channel}"`));
    persistently(market, () => this.#told === told, async () => {
      const reply = market.ask(action);
      this.#book?.subscribed();
      if (!traded) this.#trades?.subscribed(reply);
      await reply;
    }, symbol);
  }
}

function bookOf(message: Flat, steps: Steps): BookMessage {
  const whole = message['type'] === 'order_book';
  const { bids, asks } = (whole ? message['book'] : message) as Readonly<Record<'bids' | 'asks', readonly (readonly [number, number])[]>>;
  const { sequence, previous = 0, checksum, depth, timestamp } = message as unknown as Omit<BookMessage, 'whole' | 'bids' | 'asks'>;
  return { whole, previous, sequence, checksum, depth, bids: countsOf(bids, steps), asks: countsOf(asks, steps), timestamp };
}

function countsOf(levels: readonly (readonly [number, number])[], { tick, lot }: Steps): Levels {
  return levels.flatMap(([price, size]) => [tick.count(price), lot.count(size)]);
}
