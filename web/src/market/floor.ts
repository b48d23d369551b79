import { type ReadonlySignal, signal } from '@preact/signals';
import type { Interval, MarketClient, MarketOptions, MarketState, SymbolInfo } from '@peal/client/market';
import type { ConnectionState } from '../session/connectionState';
import type { Session } from '../session/session';
import { Account } from './account';
import { Announcements } from './announcements';
import type { Frames } from './frames';
import { Health } from './health';
import { SymbolView } from './symbolView';
import { Watched } from './watched';

export interface FloorParts {
  readonly session: Session;
  readonly frames: Frames;
  readonly connect: (options: MarketOptions) => MarketClient;
}

/** A server may have any number of symbols; so many are followed for the list. */
const watchedMax = 40;

/**
 * The market as one visitor sees it, on one connection. What comes in only marks what is to be drawn; signals are written in animation frames, or where the
 * visitor did something.
 */
export class Floor {
  readonly frames: Frames;
  readonly announcements = new Announcements();
  readonly health: Health;
  /** Undefined for who has not signed in. */
  readonly account: Account | undefined;
  readonly #session: Session;
  readonly #client: MarketClient;
  readonly #connection = signal<ConnectionState>({ kind: 'idle' });
  readonly #symbols = signal<readonly SymbolInfo[] | undefined>(undefined);
  readonly #watched = signal<readonly Watched[]>([]);
  readonly #view = signal<SymbolView | undefined>(undefined);
  readonly #interval = signal<Interval>('1s');
  #wanted: string | undefined;

  constructor({ session, frames, connect }: FloorParts) {
    this.#session = session;
    this.frames = frames;
    const who = session.credentials.peek();
    this.#client = connect(who === undefined ? {} : identity(session));
    this.health = new Health(this.#client, frames);
    this.account = who === undefined ? undefined : new Account(this.#client.trading, this);
    this.#client.on('state', (state) => this.#changed(state));
    this.#client.on('symbols', (symbols) => this.#learned(symbols));
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.#connection;
  }

  /** Undefined until the server told them. */
  get symbols(): ReadonlySignal<readonly SymbolInfo[] | undefined> {
    return this.#symbols;
  }

  get watched(): ReadonlySignal<readonly Watched[]> {
    return this.#watched;
  }

  /** The symbol that is looked at; undefined while there is none of the wanted name. */
  get view(): ReadonlySignal<SymbolView | undefined> {
    return this.#view;
  }

  get interval(): ReadonlySignal<Interval> {
    return this.#interval;
  }

  infoOf(symbol: string): SymbolInfo | undefined {
    return this.#symbols.value?.find((each) => each.symbol === symbol);
  }

  start(): void {
    this.#client.start();
  }

  stop(): void {
    this.#client.stop();
    this.health.close();
    this.account?.close();
    this.#view.value?.close();
    for (const each of this.#watched.value) each.close();
  }

  /** @param symbol undefined: the first one */
  show(symbol: string | undefined): void {
    this.#wanted = symbol;
    const symbols = this.#symbols.value;
    if (symbols === undefined) return;
    const info = symbol === undefined ? symbols[0] : this.infoOf(symbol);
    const before = this.#view.value;
    if (before !== undefined && before.info.symbol === info?.symbol) return;
    this.#view.value = info && new SymbolView(info, this.#client.symbol(info.symbol), this.frames, this.#interval.value);
    this.health.follow(this.#view.value);
    before?.close();
  }

  choose(interval: Interval): void {
    this.#interval.value = interval;
    this.#view.value?.choose(interval);
  }

  #learned(symbols: readonly SymbolInfo[]): void {
    if (sameSymbols(symbols, this.#symbols.value)) return;
    for (const each of this.#watched.value) each.close();
    this.#symbols.value = symbols;
    this.#watched.value = symbols.slice(0, watchedMax).map((info) => new Watched(info, this.#client.symbol(info.symbol), this.frames));
    this.show(this.#wanted);
  }

  #changed(state: MarketState): void {
    this.#connection.value = shown(state);
    if (state.kind === 'live' && state.userId !== null) this.#session.identified(state.userId, undefined);
    if (state.kind === 'stopped' && state.why === 'token') this.#session.signOut('Your session has ended. Sign in again to trade.');
  }
}

function identity(session: Session): MarketOptions {
  const { userId = '', token } = session.credentials.peek() ?? {};
  return token === undefined ? { userId } : { token: (stale) => session.token(stale) };
}

function shown(state: MarketState): ConnectionState {
  if (state.kind === 'stopped') return { kind: 'stopped', reason: 'The server ended the connection.' };
  return state.kind === 'live' ? { kind: 'live', transport: 'websocket' } : { kind: state.kind };
}

function sameSymbols(a: readonly SymbolInfo[], b: readonly SymbolInfo[] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
