import type { Ambient } from './ambient.js';
import type { Incoming, Outgoing, Position } from './messages.js';
import type { Link, LinkEvents, Target } from './transport.js';

/** A server answers well before, and begins a stream. */
export const answerMillisMax = 15_000;
/** Something comes well before: a comment every 15 s on a stream, the end of the wait on a poll. */
export const quietMillisMax = 40_000;

const lost = 1006;
/** By the status of a problem: the close code that says the same (PROTOCOL.md, section 10). After any other one a client backs off. */
const codes: Readonly<Record<number, number>> = { 400: 1003, 401: 1008, 403: 4403 };
const overloaded = 1013;

/** An acknowledgement, and the newest offset of its room that it comes behind. */
interface Ack {
  readonly roomId: unknown;
  readonly behind: number;
  readonly reply: Incoming;
}

/** Why a link ends; thrown from wherever that is found. */
export class Ending {
  constructor(
    readonly code = lost,
    readonly reason = '',
    readonly afterMs?: number,
  ) {}
}

/**
 * What the links over HTTP share: who is calling, one POST after the other in the order sent, and one way to end. There
 * is nothing to open before somebody authenticates, so `open` comes at once, and `neverOpened` says that the link was
 * lost without a word of Peal's.
 *
 * Replies and pushes come by different ways here. A client takes an acknowledged offset for the newest that it has, so
 * an acknowledgement waits until all pushes up to its own one were handed up; a `chat` is not pushed to its sender.
 */
export abstract class HttpLink implements Link {
  bufferedAmount = 0;
  protected readonly ambient: Ambient;
  readonly #target: Target;
  readonly #events: LinkEvents;
  readonly #abort = new AbortController();
  /** By room, the newest offset that was handed up. */
  readonly #newest = new Map<unknown, number>();
  readonly #acks = new Set<Ack>();
  #last = Promise.resolve();
  #token: unknown;
  #opened = false;

  constructor(target: Target, events: LinkEvents) {
    this.ambient = target.ambient;
    this.#target = target;
    this.#events = events;
    queueMicrotask(() => this.over.aborted || events.open());
  }

  send(message: Outgoing): void {
    const { length } = JSON.stringify(message);
    this.bufferedAmount += length;
    this.#last = this.#last.then(() =>
      this.lasting(async () => {
        if (message.type === 'authenticate') this.#token = message.data?.['token'];
        await this.handle(message);
        this.bufferedAmount -= length;
      }),
    );
  }

  close(): void {
    this.#abort.abort();
  }

  /** Hands up the reply to a message; the next one is handled after that. */
  protected abstract handle(message: Outgoing): Promise<void>;

  /** Aborted when the link is over, from either side. */
  protected get over(): AbortSignal {
    return this.#abort.signal;
  }

  protected get authorization(): Record<string, string> {
    return this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
  }

  /** An absent `data` is an empty one. */
  protected up({ data = {}, ...rest }: Partial<Incoming> & Pick<Incoming, 'type'>): void {
    if (this.over.aborted) return;
    const { type, offset } = rest;
    if (type === 'authenticated') this.#opened = true;
    this.#events.message({ ...rest, data });
    if (offset !== undefined) this.#reached(data['roomId'], offset);
  }

  protected reply(message: Outgoing, reply: Incoming): void {
    const roomId = message.data?.['roomId'];
    if (reply.type === 'joined') this.#newest.set(roomId, startOf(message, reply).offset);
    if (message.type === 'leave_room' && this.#newest.delete(roomId)) this.#reached(roomId, 0);
    const offset = reply.type === 'ack' ? (reply.data['offset'] as number | undefined) : undefined;
    if (offset === undefined) return this.up(reply);
    this.#acks.add({ roomId, behind: message.type === 'chat' ? offset - 1 : offset, reply });
    this.#reached(roomId, 0);
  }

  #reached(roomId: unknown, offset: number): void {
    const newest = Math.max(this.#newest.get(roomId) ?? Infinity, offset);
    if (newest < Infinity) this.#newest.set(roomId, newest);
    for (const ack of this.#acks) {
      if (ack.roomId !== roomId || ack.behind > newest) continue;
      this.#acks.delete(ack);
      this.up(ack.reply);
      return this.#reached(roomId, ack.reply.data['offset'] as number);
    }
  }

  protected end({ code, reason, afterMs }: Ending): void {
    if (this.over.aborted) return;
    this.close();
    this.#events.closed({ code, reason, neverOpened: code === lost && !this.#opened, ...(afterMs !== undefined && { afterMs }) });
  }

  /** The link ends where `work` fails. */
  protected async lasting(work: () => Promise<void> | void): Promise<void> {
    try {
      if (!this.over.aborted) await work();
    } catch (reason) {
      this.end(reason instanceof Ending ? reason : new Ending());
    }
  }

  /** The link ends where `work` takes longer: nothing is waited for without an end. */
  protected async within<T>(millis: number, work: Promise<T>): Promise<T> {
    const timer = this.ambient.setTimeout(() => this.end(new Ending(lost, 'silence')), millis);
    try {
      return await work;
    } finally {
      this.ambient.clearTimeout(timer);
    }
  }

  protected address(path: string): URL {
    return new URL(path, this.#target.url);
  }

  /** A response of the type wanted, else an {@link Ending}: only problem details speak for Peal, a page of HTML is somebody else's. */
  protected async fetch(path: string, wanted: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.ambient.fetch!(this.address(path), { cache: 'no-store', signal: this.over, ...init });
    const { status, headers } = response;
    const type = headers.get('Content-Type') ?? '';
    if (type.startsWith(wanted)) return response;
    const seconds = Number(headers.get('Retry-After') ?? NaN);
    throw new Ending(
      type.startsWith('application/problem') ? (codes[status] ?? overloaded) : lost,
      status === 401 ? 'Invalid authentication' : `HTTP ${status}`,
      seconds >= 0 ? seconds * 1_000 : undefined,
    );
  }

  /** The answer to a POST: what was asked for, or the `error` message that refuses it. */
  protected ask(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Incoming> {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...this.authorization, ...headers },
      body: JSON.stringify(body),
    };
    const answer = this.fetch(path, 'application/json', init).then((response) => response.json() as Promise<Incoming>);
    return this.within(answerMillisMax, answer.catch((reason: unknown) => tooLarge(reason, body)));
  }
}

/**
 * Whoever says that a body is too large, a proxy in front of Peal too, will say it of this message each time: then it is
 * refused, and not sent over one link after the other.
 */
function tooLarge(reason: unknown, { id }: { readonly id?: unknown }): Incoming {
  if ((reason as Ending).reason !== 'HTTP 413') throw reason;
  return { type: 'error', id, data: { code: 'body_too_large', message: 'Too large', retry: false } } as Incoming;
}

/** Where the entries begin that come after a `joined`: behind what the client has, or now. */
export function startOf({ data }: Outgoing, { data: joined }: Incoming): Position {
  return (joined['recovered'] === true ? data?.['since'] : joined) as Position;
}
