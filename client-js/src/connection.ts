import type { Ambient } from './ambient.js';
import { backoff } from './backoff.js';
import { choiceOf } from './choice.js';
import { verdictOf } from './closes.js';
import { contained } from './emitter.js';
import { heartbeat, type Heartbeat } from './heartbeat.js';
import type { Incoming, ServerMessages } from './messages.js';
import { millis, NoReply, Refusal, type Reply, replyTimeoutMillis, type Request, Requests } from './requests.js';
import type { Link, LinkEnd, Transport } from './transport.js';

/** A connection that was signed in for so long is stable: failures are counted anew. */
export const stableAfterMillis = 10_000;
const clientGone = 4000;
const noAnswer: LinkEnd = { code: 1006, reason: 'no answer', neverOpened: true };

export type State =
  | { readonly kind: 'idle' }
  /** Until signed in. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly transport: Transport['name'] }
  /** Tries again in `retryInMs`, counted from when this state began. `token`: the provider has to give another one first. */
  | { readonly kind: 'waiting'; readonly retryInMs: number; readonly why: 'lost' | 'token'; readonly offline: boolean }
  /** Does not come back by itself. `token`: whoever starts it again needs another one. */
  | { readonly kind: 'stopped'; readonly why: 'told' | 'token'; readonly code: number; readonly reason: string };

/**
 * Gives a token; null for nobody (`open` mode, or signed out). `stale` is one that the server does not take any more, or
 * not for long: giving the same again helps nobody. What throws or takes longer than 15 s is asked again later.
 */
export type TokenProvider = (stale?: string) => Promise<string | null> | string | null;

export interface ConnectionOptions {
  readonly url: URL;
  readonly path: string;
  readonly token: TokenProvider | string | null;
  readonly user: Readonly<Record<string, unknown>>;
  readonly session: boolean;
  readonly transports: readonly Transport[];
  readonly ambient: Ambient;
}

/** What the connection tells its owner. No method may throw. */
export interface ConnectionOwner {
  changed(state: State): void;
  live(who: ServerMessages['authenticated']): void;
  push(message: Incoming): void;
}

/**
 * One connection that comes back by itself, whatever carries it. At most one link is current: what an older one, or an
 * answer to an older question, still says is ignored; `#turn` tells them apart.
 */
export class Connection {
  state: State = { kind: 'idle' };
  /** Failures since the last stable connection. */
  attempt = 0;
  lastEnd: LinkEnd | undefined;
  readonly #options: ConnectionOptions;
  readonly #owner: ConnectionOwner;
  readonly #requests: Requests;
  readonly #choice;
  #turn = 0;
  #link: Link | undefined;
  #transport: Transport['name'] = 'websocket';
  #heartbeat: Heartbeat | undefined;
  #timer: unknown;
  #asleep: (() => void) | undefined;
  #slotMillis: number | undefined;
  /** The server named the time to come back: no wake shortens it. */
  #told = false;
  #token: string | null | undefined;
  /** The token that the server did not take, or will not for long; null: it wants one. */
  #stale: string | null | undefined;
  /** Secret; kept in memory alone, as a reload says goodbye and a duplicated tab must not take this one's place. */
  #sessionId: string | undefined;

  constructor(options: ConnectionOptions, owner: ConnectionOwner) {
    this.#options = options;
    this.#owner = owner;
    this.#requests = new Requests(options.ambient);
    this.#choice = choiceOf(options.transports, options.ambient);
  }

  get bufferedAmount(): number {
    return this.#link?.bufferedAmount ?? 0;
  }

  start(): void {
    const { kind } = this.state;
    if (kind === 'connecting' || kind === 'live') return;
    this.#asleep ??= this.#options.ambient.onWake(() => this.wake());
    void this.#connect();
  }

  /** Ends it from this side, for good. */
  stop(): void {
    this.#drop(1000);
    this.#asleep?.();
    this.#asleep = this.#sessionId = undefined;
    this.#change({ kind: 'idle' });
  }

  /** The network is back, or someone looks: waits no longer, or makes sure that a live connection lives. */
  wake(): void {
    this.#heartbeat?.probe();
    if (this.state.kind === 'waiting' && !this.#told) void this.#connect();
  }

  /** Rejects with a {@link Refusal} or {@link NoReply}. */
  request<Type extends string>(type: Type, data: Request<Type>, messageId?: string): Promise<Reply<Type>> {
    if (this.state.kind !== 'live') return Promise.reject(new NoReply('not connected'));
    return this.#ask(type, data, messageId);
  }

  /** Wants no reply; false where there is no connection. */
  send(type: string, data: Readonly<Record<string, unknown>>): boolean {
    if (this.state.kind !== 'live') return false;
    this.#link?.send({ type, data });
    return true;
  }

  /** The token for a request over HTTP; another one than `refused`, where that is still the one at hand. Undefined: none now. */
  async token(refused?: string): Promise<string | null | undefined> {
    if (refused !== undefined && refused === this.#token) [this.#stale, this.#token] = [refused, undefined];
    return (this.#token ??= await this.#obtain());
  }

  async #connect(): Promise<void> {
    this.#drop(clientGone);
    const turn = this.#turn;
    this.#change({ kind: 'connecting' });
    const token = this.#token === undefined ? await this.#obtain() : this.#token;
    if (turn !== this.#turn) return;
    this.#told = false;
    if (token === undefined) return this.#waitIn(this.#nextDelay(), 'token');
    if (token === null && this.#stale !== undefined) {
      return this.#stopped(this.lastEnd ?? { code: 4401, reason: 'no token' }, 'token');
    }
    this.#token = token;
    this.#open(turn);
  }

  #open(turn: number): void {
    const { url, path, ambient } = this.#options;
    const transport = this.#choice.current();
    const current = () => turn === this.#turn;
    const inTurn = breath((run) => current() && run());
    this.#transport = transport.name;
    this.#timer = ambient.setTimeout(() => this.#lost(noAnswer), replyTimeoutMillis);
    this.#link = transport.open(
      { url, path, ambient },
      {
        open: () => current() && void this.#authenticate(current),
        message: (message) => inTurn(() => this.#receive(message), message.id !== undefined),
        closed: (end) => inTurn(() => this.#lost(end)),
      },
    );
  }

  async #authenticate(current: () => boolean): Promise<void> {
    const { user, session } = this.#options;
    try {
      const who = await this.#ask('authenticate', {
        ...user,
        ...(this.#token && { token: this.#token }),
        ...(session && { session, ...(this.#sessionId && { sessionId: this.#sessionId }) }),
      });
      if (current()) this.#live(who);
    } catch (error) {
      if (!current()) return;
      if (error instanceof Refusal) this.#refused(error);
      else this.#lost(noAnswer);
    }
  }

  #refused({ retry, retryAfterMs: afterMs }: Refusal): void {
    const reason = retry ? 'Authentication timeout' : 'Invalid authentication';
    this.#lost({ code: 1008, reason, neverOpened: false, ...(afterMs !== undefined && { afterMs }) });
  }

  #live(who: ServerMessages['authenticated']): void {
    const { ambient } = this.#options;
    ambient.clearTimeout(this.#timer);
    this.#timer = ambient.setTimeout(() => (this.attempt = 0), stableAfterMillis);
    this.#choice.worked();
    this.#sessionId = who.sessionId;
    this.#heartbeat = heartbeat(
      ambient,
      () => this.send('ping', {}),
      () => this.#lost({ code: 1006, reason: 'no pong', neverOpened: false }),
    );
    this.#change({ kind: 'live', transport: this.#transport });
    this.#owner.live(who);
  }

  #receive(message: Incoming): void {
    this.#heartbeat?.heard();
    const { type, id, data } = message;
    if (id !== undefined) return this.#requests.settle(message);
    if (type === 'reconnect') this.#slotMillis = millis(data['afterMs']);
    else if (type === 'token_expiring') void this.#renew(this.#turn, 0);
    else this.#owner.push(message);
  }

  /** Presents another token on the live connection, in time; until it ends the provider is asked again and again. */
  async #renew(turn: number, attempt: number): Promise<void> {
    const { ambient } = this.#options;
    this.#stale = this.#token;
    const token = await this.#obtain();
    if (turn !== this.#turn || this.state.kind !== 'live') return;
    if (!token) {
      const again = () => turn === this.#turn && void this.#renew(turn, attempt + 1);
      ambient.setTimeout(again, 1_000 + backoff(attempt, ambient.random()));
      return;
    }
    this.#token = token;
    // Refused: the server closes with the code that says what to do. No reply: the next connection brings the token.
    await this.request('authenticate', { token }).catch(() => {});
  }

  /** Undefined where none can be had now, or none but the stale one. */
  async #obtain(): Promise<string | null | undefined> {
    const { token, ambient } = this.#options;
    const stale = this.#stale;
    if (typeof token !== 'function') return token === stale ? null : token;
    let timer: unknown;
    try {
      const late = new Promise<undefined>((resolve) => {
        timer = ambient.setTimeout(() => resolve(undefined), replyTimeoutMillis);
      });
      const given = await Promise.race([late, token(stale ?? undefined)]);
      return given !== null && given === stale ? undefined : given;
    } catch {
      return undefined;
    } finally {
      ambient.clearTimeout(timer);
    }
  }

  #lost(end: LinkEnd): void {
    const wasLive = this.state.kind === 'live';
    this.#drop(clientGone);
    this.lastEnd = end;
    const verdict = verdictOf(end.code, end.reason);
    if (verdict === 'stay_away') return this.#stopped(end, 'told');
    if (verdict === 'new_token') {
      this.#stale = this.#token;
      this.#token = undefined;
      // Nobody signed in and nobody to ask: there is no other token.
      if (typeof this.#options.token !== 'function') return this.#stopped(end, 'token');
    }
    if (end.neverOpened && !wasLive && this.#options.ambient.online && this.#choice.failed()) return void this.#connect();
    const { afterMs = 0 } = end;
    const slot = this.#slotMillis;
    this.#slotMillis = undefined;
    this.#told = slot !== undefined || afterMs > 0;
    this.#waitIn(slot ?? afterMs + this.#nextDelay(), verdict === 'new_token' ? 'token' : 'lost');
  }

  #nextDelay(): number {
    return backoff(this.attempt++, this.#options.ambient.random());
  }

  #waitIn(retryInMs: number, why: 'lost' | 'token'): void {
    const { ambient } = this.#options;
    this.#timer = ambient.setTimeout(() => void this.#connect(), retryInMs);
    this.#change({ kind: 'waiting', retryInMs, why, offline: !ambient.online });
  }

  #stopped({ code, reason }: Pick<LinkEnd, 'code' | 'reason'>, why: 'told' | 'token'): void {
    this.#change({ kind: 'stopped', why, code, reason });
  }

  #ask<Type extends string>(type: Type, data: Request<Type>, messageId?: string): Promise<Reply<Type>> {
    return this.#requests.ask((message) => this.#link?.send(message), type, data, messageId);
  }

  #drop(code: number): void {
    this.#turn++;
    this.#options.ambient.clearTimeout(this.#timer);
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
    const link = this.#link;
    this.#link = undefined;
    link?.close(code);
    this.#requests.abandonAll();
  }

  #change(state: State): void {
    this.state = state;
    this.#owner.changed(state);
  }
}

/**
 * A link may say several things in one breath, as Node's WebSocket does with what one packet brings. What an answer brings
 * about is told by a promise: whatever is said behind an answer waits for that, and all else is heard at once.
 */
function breath(hear: (run: () => void) => unknown): (run: () => void, answer?: boolean) => void {
  let last: Promise<void> | undefined;
  const later = (run: () => void) => {
    const mine = (last ?? Promise.resolve()).then(() => contained(() => hear(run)));
    last = mine;
    void mine.then(() => last === mine && (last = undefined));
  };
  return (run, answer) => {
    if (last) later(run);
    else hear(run);
    if (answer) later(() => {});
  };
}
