import type { Ambient } from '../ambient.js';
import { backoff } from '../backoff.js';
import { verdictOf } from '../closes.js';
import type { TokenProvider } from '../connection.js';
import { ReconnectingWebSocket } from '../reconnecting.js';
import { NoReply, Refusal, replyTimeoutMillis } from '../requests.js';
import type { Flat } from './messages.js';

export type MarketState =
  | { readonly kind: 'idle' }
  /** Also between two connections. */
  | { readonly kind: 'connecting' }
  /** `userId` is null of who only reads. */
  | { readonly kind: 'live'; readonly userId: string | null }
  /** Does not come back by itself. `token`: whoever starts it again needs another one. */
  | { readonly kind: 'stopped'; readonly why: 'told' | 'token'; readonly code: number; readonly reason: string };

export interface StreamOptions {
  readonly url: string;
  readonly token: TokenProvider | string | null;
  readonly userId: string | undefined;
  readonly ambient: Ambient;
}

/** What the stream tells its owner. */
export interface StreamOwner {
  changed(state: MarketState): void;
  /** Messages can be sent, as whoever the client is. */
  opened(): void;
  lost(): void;
  /**
   * Of every message, an answer too, and before whoever asked hears of it: several may come in one turn.
   * @param length characters that it came in
   */
  message(message: Flat, length: number): void;
  bytes(data: ArrayBuffer): void;
}

interface Waiting {
  readonly resolve: (reply: Flat) => void;
  readonly reject: (error: Error) => void;
  readonly timer: unknown;
}

/** One connection to `/stream` that comes back by itself and signs in where there is somebody; flat messages, and bytes. */
export class Stream {
  state: MarketState = { kind: 'idle' };
  connections = 0;
  readonly #options: StreamOptions;
  readonly #owner: StreamOwner;
  readonly #waiting = new Map<unknown, Waiting>();
  #socket: ReconnectingWebSocket | undefined;
  /** Of the connection: what began on an older one is nobody's any more. */
  #turn = 0;
  #ids = 0;
  #stale: string | null | undefined;
  #token: string | null | undefined;
  #refused = 0;
  #timer: unknown;

  constructor(options: StreamOptions, owner: StreamOwner) {
    this.#options = options;
    this.#owner = owner;
  }

  start(): void {
    const { kind } = this.state;
    if (kind === 'connecting' || kind === 'live') return;
    this.#change({ kind: 'connecting' });
    if (this.#socket) return this.#socket.reconnect();
    const { url, ambient } = this.#options;
    const socket = new ReconnectingWebSocket(url, { maxReconnectAttempts: Infinity, ambient });
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => void this.#opened(++this.#turn);
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = ({ code, reason }) => this.#closed(socket, code, reason);
    this.#socket = socket;
  }

  stop(): void {
    this.#options.ambient.clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) socket.onclose = socket.onmessage = socket.onopen = null;
    socket?.close();
    this.#drop();
    this.#change({ kind: 'idle' });
  }

  send(message: Flat): void {
    if (this.state.kind === 'live') this.#say(message);
  }

  ask(message: Flat): Promise<Flat> {
    return this.state.kind === 'live' ? this.#ask(message) : Promise.reject(new NoReply('not connected'));
  }

  #say(message: Flat): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  #ask(message: Flat): Promise<Flat> {
    const id = `m${++this.#ids}`;
    return new Promise((resolve, reject) => {
      const timer = this.#options.ambient.setTimeout(() => this.#end(id)?.reject(new NoReply('no reply in time')), replyTimeoutMillis);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#say({ ...message, id });
    });
  }

  #end(id: unknown): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#options.ambient.clearTimeout(waiting?.timer);
    return waiting;
  }

  async #opened(turn: number): Promise<void> {
    this.connections++;
    const token = await this.#obtain();
    if (turn !== this.#turn) return;
    this.#token = token;
    const { userId } = this.#options;
    const who = token ? { token } : userId !== undefined ? { userId } : undefined;
    try {
      // Others read without a word about who they are.
      const reply = who && (await this.#ask({ type: 'authenticate', data: who }));
      if (turn !== this.#turn) return;
      this.#live(reply);
      if (token === undefined) this.#later(() => this.#signInLate(turn));
    } catch {
      if (turn === this.#turn) this.#again();
    }
  }

  /** There was no token when the connection began: one that is there later begins it anew. */
  async #signInLate(turn: number): Promise<void> {
    const token = await this.#obtain();
    if (turn !== this.#turn) return;
    if (token === undefined) this.#later(() => this.#signInLate(turn));
    else if (token) this.#again();
  }

  /** Begins anew, later each time. */
  #again(): void {
    this.#drop();
    this.#change({ kind: 'connecting' });
    this.#later(() => {
      // A connection that is still open may have said more meanwhile.
      this.#drop();
      this.#socket?.reconnect();
    });
  }

  #later(then: () => void): void {
    const { ambient } = this.#options;
    ambient.clearTimeout(this.#timer);
    this.#timer = ambient.setTimeout(then, backoff(this.#refused++, ambient.random()));
  }

  #live(reply: Flat | undefined): void {
    const { userId = null } = (reply?.['data'] ?? {}) as { readonly userId?: string | null };
    if (reply) this.#refused = 0;
    this.#change({ kind: 'live', userId });
    this.#owner.opened();
  }

  #received(data: unknown): void {
    if (typeof data !== 'string') return this.#owner.bytes(data as ArrayBuffer);
    const message = read(data);
    if (!message) return;
    const { id, type } = message;
    const waiting = id === undefined ? undefined : this.#end(id);
    if (type === 'token_expiring') void this.#renew(this.#turn);
    if (waiting && type === 'error') return waiting.reject(new Refusal((message['data'] ?? message) as object));
    this.#owner.message(message, data.length);
    waiting?.resolve(message);
  }

  async #renew(turn: number): Promise<void> {
    this.#stale = this.#token;
    const token = await this.#obtain();
    if (turn !== this.#turn || !token) return;
    this.#token = token;
    await this.#ask({ type: 'authenticate', data: { token } }).catch(() => {});
  }

  /** Undefined where none can be had now, or none but the stale one. */
  async #obtain(): Promise<string | null | undefined> {
    const { token, ambient } = this.#options;
    if (typeof token !== 'function') return token;
    const stale = this.#stale ?? undefined;
    let timer: unknown;
    const late = new Promise<undefined>((resolve) => (timer = ambient.setTimeout(() => resolve(undefined), replyTimeoutMillis)));
    const given = Promise.resolve(stale).then(token, undefined);
    const obtained = await Promise.race([late, given]).catch(() => undefined);
    ambient.clearTimeout(timer);
    return obtained === stale ? undefined : obtained;
  }

  #closed(socket: ReconnectingWebSocket, code: number, reason: string): void {
    const renews = verdictOf(code, reason) === 'new_token';
    if (renews) this.#stale = this.#token;
    if (renews && typeof this.#options.token === 'function') return this.#again();
    this.#drop();
    if (socket.readyState === socket.CONNECTING) this.#change({ kind: 'connecting' });
    else this.#change({ kind: 'stopped', why: renews ? 'token' : 'told', code, reason });
  }

  #drop(): void {
    this.#turn++;
    for (const id of [...this.#waiting.keys()]) this.#end(id)?.reject(new NoReply('the connection ended'));
    this.#owner.lost();
  }

  #change(state: MarketState): void {
    if (state.kind === this.state.kind && state.kind !== 'live') return;
    this.state = state;
    this.#owner.changed(state);
  }
}

function read(text: string): Flat | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value.type === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
