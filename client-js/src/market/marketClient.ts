import { type Ambient, ambient as real } from '../ambient.js';
import type { TokenProvider } from '../connection.js';
import { Emitter } from '../emitter.js';
import { refusalOf } from '../problem.js';
import { replyTimeoutMillis } from '../requests.js';
import { webSocketUrl } from '../websocket.js';
import { MarketSymbol } from './marketSymbol.js';
import type { Flat, SymbolInfo } from './messages.js';
import type { Resync } from './orderBook.js';
import { type MarketPort, persistently } from './port.js';
import { millisOf, readPriceFrame, readRecords, type RecordSink } from './records.js';
import { type Steps, stepsOf } from './step.js';
import { type MarketState, Stream } from './stream.js';
import { trade } from './trades.js';
import { Trading } from './trading.js';

export interface MarketOptions {
  /** A token, or what gives one and is asked again before it ends. Absent: reads as nobody, and cannot trade. */
  readonly token?: TokenProvider | string | null;
  /** Who one is, where the server believes it (`open` mode). */
  readonly userId?: string;
  /** Frames of bytes: 2, records of 48 bytes (default); 1, prices of 12 bytes, without sequences; 0, JSON alone. */
  readonly binary?: 0 | 1 | 2;
  /** The most of each kind and symbol that is wanted, 1 to 1,000. Absent: what the server gives. */
  readonly maxUpdatesPerSecond?: number;
  readonly ambient?: Ambient;
}

/** Something that was asked for and is not given: an unknown symbol, too many of them. */
export interface MarketError {
  readonly code: string;
  readonly message: string;
  readonly symbol?: string;
}

export interface MarketEvents {
  state: MarketState;
  symbols: readonly SymbolInfo[];
  /** Of every book. */
  resync: Resync;
  error: MarketError;
}

export interface MarketHealth {
  /** How many there were; 1: it never broke. */
  readonly connections: number;
  /** Of the newest ping, there and back; one each 5 s. */
  readonly roundTripMillis: number | undefined;
  /** From the server's clock to this one, of the newest event: its age, where both clocks are right. */
  readonly delayMillis: number | undefined;
  readonly messages: number;
  readonly bytes: number;
}

const pingMillis = 5_000;

/** The market as one server has it: prices, trades, books and candles that stay right, and trading on paper. */
export class MarketClient extends Emitter<MarketEvents> {
  readonly #url: URL;
  readonly #binary: 0 | 1 | 2;
  readonly #ambient: Ambient;
  readonly #stream: Stream;
  readonly #port: MarketPort;
  readonly #sink: RecordSink;
  readonly #symbols = new Map<string, MarketSymbol>();
  readonly #byId = new Map<number, MarketSymbol>();
  #list: readonly SymbolInfo[] | undefined;
  /** `#list` is of this very connection. */
  #listed = false;
  #trading: Trading | undefined;
  #rate: number | undefined;
  #pings: unknown;
  #messages = 0;
  #bytes = 0;
  #roundTripMillis: number | undefined;
  #delayMillis: number | undefined;

  /** @param url `http:` or `https:`; the server's own, as `location.origin` */
  constructor(url: string | URL, options: MarketOptions = {}) {
    super();
    const { token = null, userId, binary = 2, maxUpdatesPerSecond, ambient = real } = options;
    this.#url = new URL(url);
    this.#binary = binary;
    this.#ambient = ambient;
    this.#rate = maxUpdatesPerSecond;
    this.#port = this.#portOf(ambient);
    this.#sink = this.#sinkOf();
    const address = webSocketUrl(this.#url, binary === 0 ? '/stream' : `/stream?binary=${binary}`);
    this.#stream = new Stream(
      { url: address, token, userId, ambient },
      {
        changed: (state) => this.emit('state', state),
        opened: () => this.#opened(),
        lost: () => this.#lost(),
        message: (message, length) => this.#received(message, length),
        bytes: (data) => this.#receivedBytes(data),
      },
    );
  }

  get state(): MarketState {
    return this.#stream.state;
  }

  get health(): MarketHealth {
    return {
      connections: this.#stream.connections,
      roundTripMillis: this.#roundTripMillis,
      delayMillis: this.#delayMillis,
      messages: this.#messages,
      bytes: this.#bytes,
    };
  }

  /** One's own account, orders and fills, followed from the first use on. */
  get trading(): Trading {
    if (!this.#trading) {
      this.#trading = new Trading(this.#port, (symbol) => this.#stepsOf(symbol));
      if (this.#live) this.#trading.connected();
    }
    return this.#trading;
  }

  /** Connects, and again after a {@link MarketState} `stopped`; harmless otherwise. */
  start(): this {
    this.#stream.start();
    return this;
  }

  /** Ends the connection. What is followed stays so for the next {@link start}. */
  stop(): void {
    this.#stream.stop();
  }

  /** The server's symbols, once they are known. */
  symbols(): Promise<readonly SymbolInfo[]> {
    if (this.#list) return Promise.resolve(this.#list);
    return new Promise((resolve) => {
      const off = this.on('symbols', (symbols) => {
        off();
        resolve(symbols);
      });
    });
  }

  /** The symbol of this name. Where the server has none, `error` says so once it is known. */
  symbol(name: string): MarketSymbol {
    const known = this.#symbols.get(name);
    if (known) return known;
    const symbol = new MarketSymbol(name, this.#port, (resync) => this.emit('resync', resync));
    this.#symbols.set(name, symbol);
    if (this.#live) this.#introduce(symbol);
    return symbol;
  }

  /** Another rate than was asked for at first; undefined: what the server gives. */
  setMaxUpdatesPerSecond(rate: number | undefined): void {
    this.#rate = rate;
    for (const symbol of this.#symbols.values()) symbol.changed();
  }

  /** Something can be asked for. */
  get #live(): boolean {
    return this.#listed && this.state.kind === 'live';
  }

  #opened(): void {
    this.#ping();
    if (this.#listed) return this.#begin();
    if (this.#binary === 2) return;
    const { connections } = this.#stream;
    const wanted = () => connections === this.#stream.connections;
    persistently(this.#port, wanted, async () => {
      const list = await this.#get<readonly SymbolInfo[]>('/api/symbols', {});
      if (wanted()) this.#learn(list);
    });
  }

  #lost(): void {
    this.#ambient.clearTimeout(this.#pings);
    this.#listed = false;
    this.#byId.clear();
    for (const symbol of this.#symbols.values()) symbol.lost();
    this.#trading?.lost();
  }

  #learn(list: readonly SymbolInfo[]): void {
    this.#list = list;
    this.#listed = true;
    this.emit('symbols', list);
    if (this.#live) this.#begin();
  }

  #begin(): void {
    for (const symbol of this.#symbols.values()) this.#introduce(symbol);
    this.#trading?.connected();
  }

  #introduce(symbol: MarketSymbol): void {
    const info = this.#list!.find((info) => info.symbol === symbol.name);
    if (!info) return this.emit('error', { code: 'unknown_symbol', message: 'Unknown symbol', symbol: symbol.name });
    this.#byId.set(info.id, symbol);
    symbol.connected(info);
  }

  #stepsOf(name: string): Steps | undefined {
    const info = this.#list?.find(({ symbol }) => symbol === name);
    return info && stepsOf(info);
  }

  #received(message: Flat, length: number): void {
    this.#count(length);
    const { type, symbol, details } = message as { type: string; symbol?: string; details?: readonly SymbolInfo[] };
    if (type === 'symbols') return void (details && this.#learn(details));
    if (type === 'order' || type === 'fill' || type === 'account') return this.#trading?.take(message);
    if (type === 'error') return this.emit('error', message as unknown as MarketError);
    const known = this.#symbols.get(symbol!);
    if (known?.info) known.take(message);
    this.#heard(message['timestamp'] as number | undefined);
  }

  #receivedBytes(data: ArrayBuffer): void {
    this.#count(data.byteLength);
    if (this.#binary === 2) return void readRecords(data, this.#sink);
    const frame = readPriceFrame(data);
    if (frame) this.#byId.get(frame.symbolId)?.takePriceFrame(frame.price, this.#ambient.now());
  }

  #count(bytes: number): void {
    this.#messages++;
    this.#bytes += bytes;
  }

  #heard(timestamp: number | undefined): void {
    if (timestamp !== undefined) this.#delayMillis = this.#ambient.now() - timestamp;
  }

  #ping(): void {
    const sent = this.#ambient.now();
    const pong = () => (this.#roundTripMillis = this.#ambient.now() - sent);
    this.#stream.ask({ type: 'ping' }).then(pong, () => {});
    this.#pings = this.#ambient.setTimeout(() => this.#ping(), pingMillis);
  }

  async #get<Answer>(path: string, query: Readonly<Record<string, string | number>>): Promise<Answer> {
    const url = new URL(path, this.#url);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const abort = new AbortController();
    const timer = this.#ambient.setTimeout(() => abort.abort(), replyTimeoutMillis);
    try {
      const response = await this.#ambient.fetch!(url, { signal: abort.signal, cache: 'no-store' });
      if (!response.ok) throw refusalOf(response, await response.text());
      return (await response.json()) as Answer;
    } finally {
      this.#ambient.clearTimeout(timer);
    }
  }

  #portOf(ambient: Ambient): MarketPort {
    const rate = () => this.#rate;
    return {
      ambient,
      get maxUpdatesPerSecond() {
        return rate();
      },
      send: (action) => this.#stream.send(action),
      ask: (action) => this.#stream.ask(action),
      get: (path, query) => this.#get(path, query),
      refused: (error) => this.emit('error', error),
    };
  }

  #sinkOf(): RecordSink {
    const of = (id: number, timeNanos: bigint) => {
      this.#heard(millisOf(timeNanos));
      return this.#byId.get(id);
    };
    return {
      price: (id, sequence, ticks, _, time) => of(id, time)?.takePrice(sequence, ticks, millisOf(time)),
      trade: (id, sequence, tradeId, side, ticks, lots, time) => {
        const symbol = of(id, time);
        symbol?.takeTrade(sequence, trade(symbol.steps, tradeId, side, ticks, lots, millisOf(time)));
      },
      book: (id, book, time) => of(id, time)?.takeBook(book),
      skipped: (id, channel, from, to) => this.#byId.get(id)?.takeSkipped(channel, from, to),
    };
  }
}
