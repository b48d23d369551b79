import { type Ambient, ambient as real } from './ambient.js';
import { backoff } from './backoff.js';
import { verdictOf } from './closes.js';
import { stableAfterMillis } from './connection.js';
import { contained } from './emitter.js';
import { heartbeat, type Heartbeat } from './heartbeat.js';
import { millis, replyTimeoutMillis } from './requests.js';

export interface ReconnectingOptions {
  /** Failures in a row before it gives up; a connection that held for 10 s ends the row. Default 5. */
  readonly maxReconnectAttempts?: number;
  /** Milliseconds: the ceiling of the first delay, and of all. Each delay is a random part of its ceiling. */
  readonly reconnectInterval?: number;
  readonly maxReconnectInterval?: number;
  readonly reconnectDecay?: number;
  readonly ambient?: Ambient;
}

export type Data = Parameters<WebSocket['send']>[0];
type Handler<Fields> = ((event: Event & Fields) => void) | null;

export interface CloseFields {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/**
 * A WebSocket that comes back. Every connection of its own ends with a `close`; if then `readyState` is CONNECTING, another
 * one follows, and with it another `open`. It is CLOSED for good after `close()`, after a code that says to stay away or to
 * bring another token (`reconnect()` begins anew), and after too many failures. Its own pings are not seen.
 */
export class ReconnectingWebSocket extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly url: string;
  onopen: Handler<object> = null;
  onmessage: Handler<{ readonly data: unknown }> = null;
  onclose: Handler<CloseFields> = null;
  onerror: Handler<object> = null;
  binaryType: BinaryType = 'blob';
  readyState = 0;
  readonly #ambient: Ambient;
  readonly #attemptsMax: number;
  readonly #limits;
  #socket: WebSocket | undefined;
  #heartbeat: Heartbeat | undefined;
  #timer: unknown;
  #asleep: (() => void) | undefined;
  #attempt = 0;
  #slotMillis: number | undefined;
  #asked = false;

  constructor(url: string | URL, options: ReconnectingOptions = {}) {
    super();
    const { reconnectInterval = 1_000, maxReconnectInterval = 30_000, reconnectDecay = 1.5 } = options;
    this.url = String(url);
    this.#ambient = options.ambient ?? real;
    this.#attemptsMax = options.maxReconnectAttempts ?? 5;
    this.#limits = { base: reconnectInterval, ceiling: maxReconnectInterval, decay: reconnectDecay };
    this.reconnect();
  }

  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  get protocol(): string {
    return this.#socket?.protocol ?? '';
  }

  get extensions(): string {
    return this.#socket?.extensions ?? '';
  }

  /** Throws `InvalidStateError` while there is no connection, as a WebSocket does that is not open yet. */
  send(data: Data): void {
    if (this.readyState === this.CONNECTING) throw new DOMException('not connected', 'InvalidStateError');
    if (this.readyState === this.OPEN) this.#socket?.send(data as string);
  }

  close(code = 1000, reason = ''): void {
    if (this.readyState >= this.CLOSING) return;
    const socket = this.#drop();
    this.readyState = this.CLOSING;
    socket?.close(code, reason);
    queueMicrotask(() => this.readyState === this.CLOSING && this.#over({ code, reason, wasClean: true }));
  }

  /** Begins anew, from whatever state. */
  reconnect(): void {
    this.#attempt = 0;
    this.#asleep ??= this.#ambient.onWake(() => this.#wake());
    this.#drop()?.close(4000);
    this.readyState = this.CONNECTING;
    // As with a WebSocket, handlers can be set before anything happens.
    queueMicrotask(() => this.readyState === this.CONNECTING && !this.#socket && this.#connect());
  }

  /** What is told when a connection is there. */
  protected opened(): void {
    this.#tell('open', {});
  }

  /** Tells handlers and listeners. */
  #tell(type: 'open' | 'message' | 'close' | 'error', fields: object): void {
    const event = Object.assign(new Event(type), fields);
    contained(() => this[`on${type}`]?.(event as never));
    this.dispatchEvent(event);
  }

  #connect(): void {
    let socket: WebSocket;
    try {
      socket = new this.#ambient.WebSocket!(this.url);
    } catch {
      return this.#over({ code: 1006, reason: '', wasClean: false });
    }
    const lost = (code: number, reason = '', wasClean = false) => {
      if (this.#socket === socket) this.#lost({ code, reason, wasClean });
    };
    this.#socket = socket;
    socket.binaryType = this.binaryType;
    this.#timer = this.#ambient.setTimeout(() => lost(1006), replyTimeoutMillis);
    socket.onopen = () => this.#socket === socket && this.#opened(() => lost(1006));
    socket.onmessage = ({ data }) => this.#socket === socket && this.#received(data);
    socket.onclose = ({ code, reason, wasClean }) => lost(code, reason, wasClean);
    // Node 22 says no more than this of a connection that never opened.
    socket.onerror = () => this.readyState === this.CONNECTING && lost(1006);
  }

  #opened(dead: () => void): void {
    this.#ambient.clearTimeout(this.#timer);
    this.#timer = this.#ambient.setTimeout(() => (this.#attempt = 0), stableAfterMillis);
    const ping = () => {
      this.#asked = true;
      this.#socket?.send('{"type":"ping"}');
    };
    this.#heartbeat = heartbeat(this.#ambient, ping, dead);
    this.readyState = this.OPEN;
    this.opened();
  }

  #received(data: unknown): void {
    this.#heartbeat?.heard();
    const own = this.#asked && data === '{"type":"pong"}';
    if (own) this.#asked = false;
    if (typeof data === 'string' && data.startsWith('{"type":"reconnect"')) this.#slotMillis = slotOf(data);
    if (!own) this.#tell('message', { data });
  }

  #lost(fields: CloseFields): void {
    this.#drop()?.close(4000);
    const verdict = verdictOf(fields.code, fields.reason);
    if (!fields.wasClean) this.#tell('error', {});
    if (verdict === 'stay_away' || verdict === 'new_token' || this.#attempt >= this.#attemptsMax) return this.#over(fields);
    const delay = this.#slotMillis ?? backoff(this.#attempt++, this.#ambient.random(), this.#limits);
    this.#slotMillis = undefined;
    this.readyState = this.CONNECTING;
    this.#timer = this.#ambient.setTimeout(() => this.#connect(), delay);
    this.#tell('close', fields);
  }

  #over(fields: CloseFields): void {
    this.#asleep?.();
    this.#asleep = undefined;
    this.readyState = this.CLOSED;
    this.#tell('close', fields);
  }

  #wake(): void {
    this.#heartbeat?.probe();
    if (this.readyState !== this.CONNECTING || this.#socket) return;
    this.#ambient.clearTimeout(this.#timer);
    this.#connect();
  }

  #drop(): WebSocket | undefined {
    this.#ambient.clearTimeout(this.#timer);
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
    this.#asked = false;
    const socket = this.#socket;
    this.#socket = undefined;
    return socket;
  }
}

function slotOf(text: string): number | undefined {
  try {
    return millis(JSON.parse(text).data.afterMs);
  } catch {
    return undefined;
  }
}
