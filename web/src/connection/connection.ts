import { type Frame, numberOf, readFrame, textOf } from '../wire/frames';
import { Backoff, type Random } from './backoff';
import { type Verdict, verdictOf } from './closeCodes';
import { Heartbeat } from './heartbeat';
import { NoReply, Refusal, Requests } from './requests';

export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'waiting'; readonly retryAt: number; readonly offline: boolean }
  | { readonly kind: 'signedOut'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly reason: string };

export type Renewal = 'renewed' | 'refused' | 'unreachable';

/** What the connection asks of, and tells, its owner. No method may throw. */
export interface ConnectionOwner {
  /** The `data` of `authenticate`, but for the session. */
  credentials(): Readonly<Record<string, unknown>>;
  renew(): Promise<Renewal>;
  changed(state: ConnectionState): void;
  /** Authenticated: `userId` and `userName` as the server knows them. */
  live(identity: Frame['data']): void;
  received(frame: Frame): void;
}

export interface ConnectionWorld {
  open(): WebSocket;
  random: Random;
  online(): boolean;
}

const connectTimeoutMillis = 15_000;
const stableAfterMillis = 10_000;
const clientGone = 4000;

/**
 * One connection that comes back by itself. At most one socket is current; whatever an older one still
 * says is ignored. A client library can take its place: owners see only frames, replies and states.
 */
export class Connection {
  readonly #owner: ConnectionOwner;
  readonly #world: ConnectionWorld;
  readonly #backoff: Backoff;
  readonly #heartbeat: Heartbeat;
  readonly #requests = new Requests();
  #state: ConnectionState = { kind: 'idle' };
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #slotMillis: number | undefined;
  #mustRenew = false;
  /**
   * Secret; presented by the next connection, so that a short absence is none to the others. Never stored: a page
   * that is reloaded says goodbye to the server, and a duplicated tab must not take this one's place.
   */
  #sessionId: string | undefined;

  constructor(owner: ConnectionOwner, world: ConnectionWorld) {
    this.#owner = owner;
    this.#world = world;
    this.#backoff = new Backoff(world.random);
    this.#heartbeat = new Heartbeat(
      () => this.send('ping', {}),
      () => this.#lost({ kind: 'retry', floorMillis: 0 }),
    );
  }

  get state(): ConnectionState {
    return this.#state;
  }

  start(): void {
    if (this.#state.kind !== 'connecting' && this.#state.kind !== 'live') void this.#connect();
  }

  /** Ends the connection for good, as far as this object is concerned. */
  stop(): void {
    this.#dropSocket(1000);
    this.#sessionId = undefined;
    this.#change({ kind: 'idle' });
  }

  /** Someone is looking, or the network is back: wait no longer, or make sure that a live connection lives. */
  wake(): void {
    if (this.#state.kind === 'waiting') void this.#connect();
    else if (this.#state.kind === 'live') this.#heartbeat.probe();
  }

  /** Sends a frame that wants no reply; false when not live. */
  send(type: string, data: Frame['data']): boolean {
    if (this.#state.kind !== 'live') return false;
    this.#write({ type, data });
    return true;
  }

  /** Rejects with a {@link Refusal} or {@link NoReply}. `extra` are fields beside `data`, such as `messageId`. */
  request(type: string, data: Frame['data'], extra: Readonly<Record<string, unknown>> = {}): Promise<Frame> {
    if (this.#state.kind !== 'live') return Promise.reject(new NoReply());
    return this.#ask(type, data, extra);
  }

  /** Presents the owner's newest credentials on the live connection (PROTOCOL 2.7). */
  async reauthenticate(): Promise<void> {
    try {
      await this.request('authenticate', this.#owner.credentials());
    } catch {
      // Refused: the server closes with the code that says what to do. No reply: the next connection brings them.
    }
  }

  async #connect(): Promise<void> {
    this.#dropSocket(clientGone);
    this.#change({ kind: 'connecting' });
    if (this.#mustRenew && !(await this.#renewed())) return;
    const socket = this.#world.open();
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#lost({ kind: 'retry', floorMillis: 0 }), connectTimeoutMillis);
    socket.onopen = () => this.#current(socket) && void this.#authenticate(socket);
    socket.onmessage = (event) => this.#current(socket) && this.#read(event.data);
    socket.onclose = (event) => this.#current(socket) && this.#lost(verdictOf(event.code, event.reason));
  }

  async #renewed(): Promise<boolean> {
    const renewal = await this.#owner.renew();
    if (this.#state.kind !== 'connecting') return false;
    if (renewal === 'renewed') {
      this.#mustRenew = false;
      return true;
    }
    this.#lost(
      renewal === 'refused'
        ? { kind: 'signedOut', reason: 'Your session has ended. Please sign in again.' }
        : { kind: 'retry', floorMillis: 0 },
    );
    return false;
  }

  async #authenticate(socket: WebSocket): Promise<void> {
    try {
      const sessionId = this.#sessionId === undefined ? {} : { sessionId: this.#sessionId };
      const reply = await this.#ask('authenticate', { ...this.#owner.credentials(), session: true, ...sessionId }, {});
      if (this.#current(socket)) this.#authenticated(reply);
    } catch (error) {
      if (this.#current(socket)) this.#lost(refusedVerdict(error));
    }
  }

  #authenticated(reply: Frame): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#backoff.reset(), stableAfterMillis);
    this.#heartbeat.start();
    this.#sessionId = textOf(reply.data, 'sessionId');
    this.#change({ kind: 'live' });
    this.#owner.live(reply.data);
  }

  #read(text: unknown): void {
    const frame = typeof text === 'string' ? readFrame(text) : undefined;
    if (this.#state.kind === 'live') this.#heartbeat.heard();
    if (frame === undefined || frame.type === 'pong') return;
    if (frame.type === 'reconnect') this.#slotMillis = numberOf(frame.data, 'afterMs');
    if (frame.id !== undefined && this.#requests.settle(frame)) return;
    this.#owner.received(frame);
  }

  #ask(type: string, data: Frame['data'], extra: Readonly<Record<string, unknown>>): Promise<Frame> {
    const { id, reply } = this.#requests.open();
    this.#write({ type, id, ...extra, data });
    return reply;
  }

  #write(frame: Record<string, unknown>): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  #lost(verdict: Verdict): void {
    this.#dropSocket(clientGone);
    switch (verdict.kind) {
      case 'retry':
        return this.#retryIn(this.#backoff.next(verdict.floorMillis));
      case 'slot':
        return this.#retryIn(this.#slotMillis ?? this.#backoff.next());
      case 'renew':
        this.#mustRenew = true;
        return this.#retryIn(this.#backoff.next());
      case 'signedOut':
        return this.#change(verdict);
      case 'final':
        return this.#change({ kind: 'stopped', reason: verdict.reason });
    }
  }

  #retryIn(millis: number): void {
    this.#slotMillis = undefined;
    this.#timer = setTimeout(() => void this.#connect(), millis);
    this.#change({ kind: 'waiting', retryAt: Date.now() + millis, offline: !this.#world.online() });
  }

  #dropSocket(code: number): void {
    clearTimeout(this.#timer);
    this.#heartbeat.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    this.#requests.abandonAll();
    if (socket !== undefined && socket.readyState < 2) socket.close(code);
  }

  #current(socket: WebSocket): boolean {
    return this.#socket === socket;
  }

  #change(state: ConnectionState): void {
    this.#state = state;
    this.#owner.changed(state);
  }
}

function refusedVerdict(error: unknown): Verdict {
  if (error instanceof Refusal && !error.retry) return { kind: 'signedOut', reason: `Sign-in refused: ${error.message}` };
  const floorMillis = error instanceof Refusal ? (error.retryAfterMillis ?? 0) : 0;
  return { kind: 'retry', floorMillis };
}

/** The identity in an `authenticated` reply. */
export function identityOf(data: Frame['data']): { userId: string | undefined; userName: string | undefined } {
  return { userId: textOf(data, 'userId'), userName: textOf(data, 'userName') };
}
