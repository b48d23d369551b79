import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { changeRecords, frameOf, priceRecords, tradeRecords, wholeRecords } from './busyRecords.ts';
import { BusySymbol } from './busySymbol.ts';
import { seeded } from './random.ts';
import { ServerSocket } from './webSocketServer.ts';

type Channel = 'price' | 'trades' | 'book';

interface Action {
  readonly channels?: readonly Channel[];
  readonly action?: string;
  readonly type?: string;
  readonly id?: unknown;
  readonly symbol?: string;
  readonly interval?: string;
  readonly on?: boolean;
}

const bookDepth = 50;
const turnMillis = 4;
const turnMillisMax = 100;
const historyCandles = 300;
const minuteMillis = 60_000;
const intervals: Readonly<Record<string, number>> = { '1s': 1_000, '1m': minuteMillis, '5m': 5 * minuteMillis, '1h': 60 * minuteMillis };
const candlesMillis = 50;
/** Behind this nobody reads any more: the test is over, or failed. */
const waitingMax = 64 << 20;

/** What is sent in one turn, in one frame or each update in a frame of its own. */
export type Framed = 'together' | 'each';

/**
 * A market that conflates nothing: so many updates a second, a third of them prices, a third trades and a third changes of books. No server would treat a page
 * so; what a page can take is seen this way. The pages come from a real server.
 */
export class BusyMarket {
  readonly url: string;
  readonly symbols: readonly BusySymbol[];
  updates = 0;
  /** Nothing changes meanwhile. */
  paused = false;
  readonly #pages: string;
  readonly #http: HttpServer;
  readonly #readers = new Set<Reader>();
  readonly #framed: Framed;
  readonly #random: () => number;
  #candlesAt = 0;
  readonly #timer: NodeJS.Timeout;

  private constructor(pages: string, http: HttpServer, perSecond: number, framed: Framed) {
    this.#pages = pages;
    this.#framed = framed;
    this.#http = http;
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    this.#random = seeded('a busy market');
    this.symbols = [new BusySymbol('BTC-USD', 1, 6_400_050, this.#random), new BusySymbol('ETH-USD', 2, 340_025, this.#random), new BusySymbol('SOL-USD', 3, 15_125, this.#random)];
    http.on('request', (asked, response) => this.#answer(asked, response));
    http.on('upgrade', (asked, socket) => this.#join(asked, socket));
    let due = 0;
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      // What a standstill of this process left undone is not made up for at once.
      due += (Math.min(now - last, turnMillisMax) * perSecond) / 1_000;
      last = now;
      const whole = Math.floor(due);
      due -= whole;
      this.#turn(whole);
    }, turnMillis);
  }

  /** @param pages the address of a server whose pages are shown */
  static async start(pages: string, perSecond: number, framed: Framed = 'together'): Promise<BusyMarket> {
    const http = createServer();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return new BusyMarket(pages, http, perSecond, framed);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const { socket } of this.#readers) socket.end();
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }

  #turn(updates: number): void {
    if (this.#readers.size === 0 || this.paused) return;
    for (const { socket } of this.#readers) if (socket.waiting > waitingMax) socket.end();
    this.#tellCandles();
    const made = Array.from({ length: updates }, () => this.#update());
    this.updates += updates;
    for (const { socket, follows } of this.#readers) {
      const records = made.filter(({ symbol, channel }) => follows(symbol, channel)).map(({ bytes }) => bytes);
      if (this.#framed === 'together') records.length > 0 && socket.bytes(frameOf(records));
      else socket.together(() => records.forEach((each) => socket.bytes(frameOf([each]))));
    }
  }

  /** As often as a server would. */
  #tellCandles(): void {
    const now = performance.now();
    if (now - this.#candlesAt < candlesMillis) return;
    this.#candlesAt = now;
    for (const { socket, candles } of this.#readers) {
      for (const [name, interval] of candles) {
        const symbol = this.symbols.find((each) => each.name === name);
        if (symbol) socket.text(JSON.stringify({ type: 'candle', symbol: name, interval, ...running(symbol, intervals[interval] ?? minuteMillis) }));
      }
    }
  }

  /** Three of five are of the first symbol, at which pages look. */
  #update(): Update {
    const symbol = this.symbols[Math.max(0, Math.floor(this.#random() * 5) - 2)] as BusySymbol;
    const kind = Math.floor(this.#random() * 3);
    if (kind === 0) return { symbol, channel: 'price', bytes: priceRecords(symbol) };
    if (kind === 1) return { symbol, channel: 'trades', bytes: tradeRecords(symbol, symbol.trade()) };
    return { symbol, channel: 'book', bytes: changeRecords(symbol, symbol.change(), bookDepth) };
  }

  #join(asked: IncomingMessage, stream: Duplex): void {
    const followed = new Map<string, readonly Channel[]>();
    const reader: Reader = {
      socket: new ServerSocket(
        asked,
        stream,
        (text) => this.#obey(reader, followed, JSON.parse(text) as Action),
        () => this.#readers.delete(reader),
      ),
      candles: new Map(),
      follows: (symbol, channel) => followed.get(symbol.name)?.includes(channel) === true,
    };
    const details = this.symbols.map(({ name, id, tick, lot }) => ({ symbol: name, id, tick, lot }));
    reader.socket.text(JSON.stringify({ type: 'symbols', symbols: Object.fromEntries(details.map(({ id, symbol }) => [id, symbol])), details }));
    this.#readers.add(reader);
  }

  #obey({ socket, candles }: Reader, followed: Map<string, readonly Channel[]>, { action, type, id, symbol: name, channels = [], interval, on }: Action): void {
    const symbol = this.symbols.find((each) => each.name === name);
    if (type === 'ping') return socket.text(JSON.stringify({ type: 'pong', id }));
    if (action === 'ticker' && symbol) return socket.text(ticker(symbol));
    if (action === 'subscribe' && symbol) {
      socket.text(JSON.stringify({ type: 'subscribed', id, symbol: name, channels, depth: bookDepth, deltas: true, maxUpdatesPerSecond: 1_000 }));
      followed.set(symbol.name, channels);
      socket.bytes(frameOf([priceRecords(symbol)]));
    }
    if (symbol && (action === 'snapshot' || channels.includes('book'))) return socket.bytes(frameOf([wholeRecords(symbol, bookDepth)]));
    if (action === 'subscribe') return;
    if (action === 'candles' && symbol && on && interval !== undefined) candles.set(symbol.name, interval);
    if (action === 'unsubscribe' && name !== undefined) followed.delete(name);
    if (id !== undefined) socket.text(JSON.stringify({ type: 'ack', id }));
  }

  #answer(asked: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(asked.url ?? '/', this.url);
    const symbol = this.symbols.find(({ name }) => name === searchParams.get('symbol'));
    if (pathname === '/api/market/trades') return answer(response, []);
    if (pathname === '/api/market/candles' && symbol) return answer(response, searchParams.has('before') ? [] : history(symbol, intervals[searchParams.get('interval') ?? ''] ?? minuteMillis));
    const { method, headers } = asked;
    const onward = request(`${this.#pages}${asked.url}`, { ...(method && { method }), headers: { ...headers, host: new URL(this.#pages).host } }, (from) => {
      response.writeHead(from.statusCode ?? 502, from.headers);
      from.pipe(response);
    });
    onward.on('error', () => response.destroy());
    asked.pipe(onward);
  }
}

interface Reader {
  readonly socket: ServerSocket;
  /** Intervals by symbol. */
  readonly candles: Map<string, string>;
  readonly follows: (symbol: BusySymbol, channel: Channel) => boolean;
}

interface Update {
  readonly symbol: BusySymbol;
  readonly channel: Channel;
  readonly bytes: Buffer;
}

function answer(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function ticker({ name, price }: BusySymbol): string {
  const last = price / 100;
  return JSON.stringify({ type: 'ticker', symbol: name, last, open: last - 1, high: last + 2, low: last - 3, volume: 1_234.5, trades: 9, change: 1, timestamp: Date.now() });
}

/** A wave that ends in what is now. */
function history(symbol: BusySymbol, intervalMillis: number): readonly object[] {
  const newest = running(symbol, intervalMillis);
  const wave = Array.from({ length: historyCandles }, (_, i) => {
    const at = (offset: number) => (symbol.price + Math.round(Math.sin((i + 1 + offset - historyCandles) / 15) * 4_000)) / 100;
    return { start: newest.start - (historyCandles - i) * intervalMillis, open: at(0), close: at(1), high: at(0.5) + 9, low: at(0.5) - 9, volume: 10 + (i % 7), trades: 3, closed: true };
  });
  return [...wave, newest];
}

function running({ price, sequences }: BusySymbol, intervalMillis: number) {
  const start = Math.floor(Date.now() / intervalMillis) * intervalMillis;
  const close = price / 100;
  return { start, open: close - 0.5, high: close + 0.8, low: close - 0.7, close, volume: 12, trades: sequences.trades + 1, closed: false };
}
