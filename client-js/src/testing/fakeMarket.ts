import type { Ambient } from '../ambient.js';
import { BookSide } from '../market/bookSide.js';
import { checksumOf } from '../market/checksum.js';
import type { MarketOptions } from '../market/marketClient.js';
import type { BookMessage, Channel, Flat, Interval, Levels, Side, SymbolInfo } from '../market/messages.js';
import { type Steps, stepsOf } from '../market/step.js';
import { FakeRecords } from './fakeRecords.js';
import { FakeSocket, type SocketServer } from './fakeSocket.js';
import { seeded } from './random.js';
import { VirtualClock } from './virtualClock.js';

export interface FakeMarketOptions {
  readonly symbols?: readonly SymbolInfo[];
  readonly seed?: number;
}

/** What becomes of something that the market says: it is lost, comes twice, or comes behind the next one. */
export type Fault = 'drop' | 'double' | 'late' | undefined;

interface FakeTrade {
  readonly tradeId: number;
  readonly side: Side;
  readonly ticks: number;
  readonly lots: number;
  readonly timestamp: number;
}

interface Book {
  readonly bids: Levels;
  readonly asks: Levels;
}

const intervals: Readonly<Record<Interval, number>> = { '1s': 1_000, '1m': 60_000, '5m': 300_000, '1h': 3_600_000 };
const defaults: readonly SymbolInfo[] = [
  { symbol: 'BTC-USD', id: 1, tick: '0.01', lot: '0.0001' },
  { symbol: 'ETH-USD', id: 2, tick: '0.01', lot: '0.001' },
];

/** One symbol's truth. */
class FakeSymbol {
  readonly steps: Steps;
  readonly bids = new BookSide('bids');
  readonly asks = new BookSide('asks');
  readonly trades: FakeTrade[] = [];
  bookSequence = 0;
  priceSequence = 0;

  constructor(readonly info: SymbolInfo) {
    this.steps = stepsOf(info);
  }

  get checksum(): number {
    return checksumOf(this.bids, this.asks, this.steps);
  }

  top(depth: number): Book {
    return { bids: topOf(this.bids, depth), asks: topOf(this.asks, depth) };
  }
}

/** What one connection was told last of a symbol. */
interface Subscription {
  readonly channels: readonly Channel[];
  readonly depth: number;
  sequence: number;
  book: Book;
}

/** A message and, where the connection wants bytes and there are such, what writes it into a frame. */
type Said = readonly [message: Flat, record?: (records: FakeRecords) => void];

/** The market's side of one connection. */
class FakeStream {
  readonly subscriptions = new Map<string, Subscription>();
  readonly candles = new Map<string, Set<Interval>>();
  userId: string | null = null;
  account = false;
  readonly #market: FakeMarket;
  readonly #socket: FakeSocket;
  readonly #binary: boolean;
  #held: (string | ArrayBuffer)[] = [];

  constructor(market: FakeMarket, socket: FakeSocket) {
    this.#market = market;
    this.#socket = socket;
    this.#binary = socket.url.endsWith('binary=2');
    const symbols = Object.fromEntries(market.symbols.map(({ id, symbol }) => [id, symbol]));
    if (this.#binary) socket.push(JSON.stringify({ type: 'symbols', symbols, details: market.symbols }));
  }

  say(...[message, record]: Said): void {
    if (record && this.#binary) {
      const records = new FakeRecords();
      record(records);
      this.#push(records.frame(this.#market.clock.now()), message);
    } else {
      this.#push(JSON.stringify(message), message);
    }
  }

  take(message: Flat): void {
    const { action, type, id, symbol } = message as { action?: string; type?: string; id?: string; symbol?: string };
    const known = symbol === undefined ? undefined : this.#market.find(symbol);
    const reply = (message: Flat) => id !== undefined && this.#socket.push(JSON.stringify({ ...message, id }));
    if (type === 'ping') return void reply({ type: 'pong' });
    if (type === 'authenticate') return this.#authenticate(message['data'] as Flat, reply);
    if (action === 'place' || action === 'cancel' || action === 'account') return void reply(this.#market.trades(message));
    if (!known) return void reply({ type: 'error', code: 'unknown_symbol', message: 'Unknown symbol', symbol, retry: false });
    if (action === 'subscribe') this.#subscribe(known, message, () => reply({ type: 'subscribed', symbol }));
    else if (action === 'unsubscribe') reply({ type: 'unsubscribed', symbol, gone: this.subscriptions.delete(symbol!) });
    else if (action === 'snapshot') this.book(known, true);
    else if (action === 'candles') {
      const followed = this.candles.get(symbol!) ?? new Set<Interval>();
      this.candles.set(symbol!, message['on'] === false ? new Set() : followed.add(message['interval'] as Interval));
      reply({ type: 'candles', symbol });
    }
  }

  /** What is new in the book, or all of it. */
  book(symbol: FakeSymbol, whole: boolean): void {
    const { symbol: name, id } = symbol.info;
    const told = this.subscriptions.get(name);
    if (!told?.channels.includes('book') || (!whole && told.sequence === symbol.bookSequence)) return;
    const book = symbol.top(told.depth);
    const { bids, asks } = whole ? book : { bids: changes(told.book.bids, book.bids), asks: changes(told.book.asks, book.asks) };
    const { bookSequence: sequence, checksum } = symbol;
    const timestamp = this.#market.clock.now();
    const message: BookMessage = { whole, previous: told.sequence, sequence, checksum, depth: told.depth, bids, asks, timestamp };
    Object.assign(told, { book, sequence });
    const levels = { bids: pairs(bids, symbol.steps), asks: pairs(asks, symbol.steps) };
    const flat = whole
      ? { type: 'order_book', depth: told.depth, book: levels }
      : { type: 'order_book_delta', previous: message.previous, ...levels };
    this.say({ ...flat, symbol: name, sequence, checksum, timestamp }, (records) => records.book(id, message));
  }

  trade({ info, steps }: FakeSymbol, trade: FakeTrade, sequence: number): void {
    if (!this.subscriptions.get(info.symbol)?.channels.includes('trades')) return;
    const { tradeId, side, ticks, lots, timestamp } = trade;
    const flat = { type: 'trade', symbol: info.symbol, sequence, ...flatTrade(trade, steps) };
    this.say(flat, (records) => records.trade(info.id, sequence, tradeId, side, ticks, lots, timestamp));
  }

  price({ info, steps, priceSequence: sequence }: FakeSymbol, { ticks, lots, timestamp }: FakeTrade): void {
    if (!this.subscriptions.get(info.symbol)?.channels.includes('price')) return;
    const flat = { type: 'price_update', symbol: info.symbol, price: Number(steps.tick.text(ticks)), sequence, timestamp };
    this.say(flat, (records) => records.price(info.id, sequence, ticks, lots, timestamp));
  }

  #subscribe(symbol: FakeSymbol, { channels, depth }: Flat, subscribed: () => void): void {
    const subscription = { channels: channels as Channel[], depth: depth as number, sequence: 0, book: { bids: [], asks: [] } };
    this.subscriptions.set(symbol.info.symbol, subscription);
    subscribed();
    this.book(symbol, true);
    const newest = symbol.trades.at(-1);
    if (newest) this.trade(symbol, newest, symbol.trades.length);
    if (newest) this.price(symbol, newest);
  }

  #authenticate({ token, userId = token }: Flat, reply: (message: Flat) => void): void {
    const user = token === undefined ? (userId as string) : this.#market.userOf(token as string);
    if (user === undefined) return this.#socket.end(1008, 'Invalid authentication');
    this.userId = user;
    reply({ type: 'authenticated', data: { success: true, userId: user } });
  }

  #push(data: string | ArrayBuffer, message: Flat): void {
    const fault = this.#market.fault(message);
    if (fault === 'late') return void this.#held.push(data);
    if (fault !== 'drop') this.#socket.push(data);
    if (fault === 'double') this.#socket.push(data);
    for (const late of this.#held.splice(0)) this.#socket.push(late);
  }
}

/**
 * A market for tests, in the same process and in virtual time: symbols whose books and trades a test makes, told to clients as
 * PROTOCOL.md has it, over connections that break on command. `new MarketClient('http://peal.test', market.options())`.
 */
export class FakeMarket {
  readonly clock = new VirtualClock();
  readonly symbols: readonly SymbolInfo[];
  /** Of everything that clients said, in order. */
  readonly received: Flat[] = [];
  /** New connections fail, and requests over HTTP. */
  away = false;
  /** Of the next thing that is said about a symbol. */
  fault: (message: Flat) => Fault = () => undefined;
  /** Whose token it is; undefined: nobody's, which is 1008. */
  userOf: (token: string) => string | undefined = (token) => token;
  /** What is answered to `place`, `cancel` and `account`: this market has no exchange. */
  trades: (message: Flat) => Flat = () => ({ type: 'error', code: 'not_traded', message: 'Not traded here', retry: false });
  readonly #random: () => number;
  readonly #symbols: ReadonlyMap<string, FakeSymbol>;
  readonly #streams = new Map<FakeSocket, FakeStream>();

  constructor({ symbols = defaults, seed = 1 }: FakeMarketOptions = {}) {
    this.symbols = symbols;
    this.#random = seeded(seed);
    this.#symbols = new Map(symbols.map((info) => [info.symbol, new FakeSymbol(info)]));
  }

  /** What a client needs to be here. */
  options(more?: MarketOptions): MarketOptions {
    return { ambient: this.ambient(), ...more };
  }

  /** The world of one client. */
  ambient(): Ambient {
    const { clock } = this;
    const wires = this.#wires();
    return {
      now: () => clock.now(),
      setTimeout: (run, millis) => clock.setTimeout(run, millis),
      clearTimeout: (timer) => clock.clearTimeout(timer),
      random: this.#random,
      online: true,
      onWake: () => () => {},
      fetch: async (url) => this.#answer(url as URL),
      WebSocket: class extends FakeSocket {
        constructor(url: string) {
          super(wires, url);
        }
      } as unknown as new (url: string) => WebSocket,
    };
  }

  advance(millis: number): Promise<void> {
    return this.clock.advance(millis);
  }

  settle(): Promise<void> {
    return this.clock.advance(0);
  }

  /** Connections that the market believes to be open. */
  get connections(): number {
    return this.#streams.size;
  }

  /** A level has another size now, in ticks and lots; 0: it is gone. */
  change(name: string, side: 'bids' | 'asks', ticks: number, lots: number): void {
    const symbol = this.find(name)!;
    symbol[side].put(ticks, lots);
    symbol.bookSequence++;
    for (const stream of this.#streams.values()) stream.book(symbol, false);
  }

  /** Something is traded; returns its id. */
  trade(name: string, side: Side, ticks: number, lots: number): number {
    const symbol = this.find(name)!;
    const tradeId = symbol.trades.length + 1;
    const trade = { tradeId, side, ticks, lots, timestamp: this.clock.now() };
    symbol.trades.push(trade);
    symbol.priceSequence++;
    for (const stream of this.#streams.values()) {
      stream.trade(symbol, trade, tradeId);
      stream.price(symbol, trade);
      for (const interval of stream.candles.get(name) ?? []) {
        stream.say({ type: 'candle', symbol: name, interval, ...this.#candles(symbol, interval).at(-1)! });
      }
    }
    return tradeId;
  }

  /** The book as it is, best first: pairs of ticks and lots. */
  book(name: string, depth = 0): Book & { readonly sequence: number } {
    const symbol = this.find(name)!;
    return { ...symbol.top(depth), sequence: symbol.bookSequence };
  }

  /** Says something to everybody: what no market says, too. */
  tell(message: Flat): void {
    for (const stream of this.#streams.values()) stream.say(message);
  }

  /** All connections end: by a close of the server, or (without a code) by the network. */
  drop(code?: number, reason = ''): void {
    for (const socket of [...this.#streams.keys()]) socket.end(code, reason);
  }

  /** @internal */
  find(name: string): FakeSymbol | undefined {
    return this.#symbols.get(name);
  }

  #answer({ pathname, searchParams }: URL): Response {
    if (this.away) throw new TypeError('network');
    if (pathname === '/api/symbols') return json(this.symbols);
    const symbol = this.find(searchParams.get('symbol')!);
    const limit = Number(searchParams.get('limit'));
    if (!symbol) return new Response('{"code":"unknown_symbol"}', { status: 404 });
    if (pathname === '/api/market/trades') return json(symbol.trades.slice(-limit).map((trade) => flatTrade(trade, symbol.steps)));
    const before = Number(searchParams.get('before') ?? Infinity);
    const candles = this.#candles(symbol, searchParams.get('interval') as Interval).filter(({ start }) => (start as number) < before);
    return json(candles.slice(-limit));
  }

  #candles({ trades, steps }: FakeSymbol, interval: Interval): Flat[] {
    const byStart = new Map<number, FakeTrade[]>();
    for (const trade of trades) {
      const start = trade.timestamp - (trade.timestamp % intervals[interval]);
      byStart.set(start, [...(byStart.get(start) ?? []), trade]);
    }
    const price = (ticks: number) => Number(steps.tick.text(ticks));
    return [...byStart].map(([start, within]) => ({
      start,
      open: price(within[0]!.ticks),
      high: price(Math.max(...within.map(({ ticks }) => ticks))),
      low: price(Math.min(...within.map(({ ticks }) => ticks))),
      close: price(within.at(-1)!.ticks),
      volume: Number(steps.lot.text(within.reduce((sum, { lots }) => sum + lots, 0))),
      trades: within.length,
      closed: start + intervals[interval] <= this.clock.now(),
    }));
  }

  #wires(): SocketServer {
    return {
      accept: (socket) => {
        if (!this.away) this.#streams.set(socket, new FakeStream(this, socket));
        return !this.away;
      },
      received: (socket, text) => {
        const message = JSON.parse(text) as Flat;
        this.received.push(message);
        this.#streams.get(socket)?.take(message);
      },
      gone: (socket) => void this.#streams.delete(socket),
      carry: (_, arrive) => void this.clock.setTimeout(arrive, 0),
    };
  }
}

function topOf({ ticks, lots }: BookSide, depth: number): Levels {
  return ticks.slice(0, depth || undefined).flatMap((count, i) => [count, lots[i]!]);
}

/** What makes one list of levels of another; a level that left is told as gone. */
function changes(before: Levels, after: Levels): Levels {
  const old = new Map(levelsOf(before));
  const now = new Map(levelsOf(after));
  const gone = [...old.keys()].filter((ticks) => !now.has(ticks)).flatMap((ticks) => [ticks, 0]);
  return [...gone, ...[...now].filter(([ticks, lots]) => old.get(ticks) !== lots).flat()];
}

function levelsOf(levels: Levels): [number, number][] {
  return levels.flatMap((ticks, i) => (i % 2 === 0 ? [[ticks, levels[i + 1]!] as [number, number]] : []));
}

function pairs(levels: Levels, { tick, lot }: Steps): [number, number][] {
  return levelsOf(levels).map(([ticks, lots]) => [Number(tick.text(ticks)), Number(lot.text(lots))]);
}

function flatTrade({ tradeId, side, ticks, lots, timestamp }: FakeTrade, { tick, lot }: Steps): Flat {
  return { tradeId, side, price: Number(tick.text(ticks)), size: Number(lot.text(lots)), timestamp };
}

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json' } });
}
