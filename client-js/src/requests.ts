import type { Ambient } from './ambient.js';
import type { ClientMessages, Incoming, Outgoing, ServerMessages } from './messages.js';

export const replyTimeoutMillis = 15_000;

/** A time that a server named, if it is one. */
export function millis(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

/** The server said no, or would have. `retry`: the same may succeed later, not before `retryAfterMs` where that is said. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly retry: boolean;
  readonly retryAfterMs: number | undefined;

  constructor({ code, message, retry, retryAfterMs }: Partial<ServerMessages['error']>) {
    super(message);
    this.code = code ?? '';
    this.retry = retry === true;
    this.retryAfterMs = millis(retryAfterMs);
  }
}

/** No reply came: there is no connection, it ended, or it was too slow. Whether the request took effect is unknown. */
export class NoReply extends Error {
  override readonly name = 'NoReply';
}

const named = {
  authenticate: 'authenticated',
  join_room: 'joined',
  ping: 'pong',
  presence: 'presence',
  history: 'history',
  search: 'search_results',
  notifications: 'notifications',
  join_document: 'document',
  document_at: 'document_at',
  authorship: 'authorship',
  history_of: 'history_of',
  comments: 'comments',
  versions: 'versions',
} as const;

/** The `data` of what answers a request of this type. */
export type Reply<Type extends string> = Type extends keyof typeof named
  ? (typeof named)[Type] extends keyof ServerMessages
    ? ServerMessages[(typeof named)[Type]]
    : Readonly<Record<string, unknown>>
  : ServerMessages['ack'];

/** The `data` of a request of this type. */
export type Request<Type extends string> = Type extends keyof ClientMessages
  ? ClientMessages[Type]
  : Readonly<Record<string, unknown>>;

type Send = (message: Outgoing) => void;

interface Waiting {
  readonly wanted: string;
  readonly resolve: (reply: never) => void;
  readonly reject: (error: Error) => void;
  readonly timer: unknown;
}

/** Requests of one connection that wait for the reply with their `id` (PROTOCOL.md, section 5). */
export class Requests {
  readonly #waiting = new Map<unknown, Waiting>();
  readonly #ambient: Ambient;
  #count = 0;

  constructor(ambient: Ambient) {
    this.#ambient = ambient;
  }

  /** Ends with the `data` of the reply, a {@link Refusal} or {@link NoReply}. */
  ask<Type extends string>(send: Send, type: Type, data: Request<Type>, messageId?: string): Promise<Reply<Type>> {
    const id = `r${++this.#count}`;
    return new Promise((resolve, reject) => {
      const timer = this.#ambient.setTimeout(() => this.#end(id)?.reject(new NoReply('no reply in time')), replyTimeoutMillis);
      this.#waiting.set(id, { wanted: named[type as keyof typeof named] ?? 'ack', resolve, reject, timer });
      send({ type, id, ...(messageId && { messageId }), data });
    });
  }

  /** A reply that nobody waits for, or of another type than was asked for, is none. */
  settle({ type, id, data }: Incoming): void {
    if (type === 'error') this.#end(id)?.reject(new Refusal(data));
    else if (type === this.#waiting.get(id)?.wanted) this.#end(id)?.resolve(data as never);
  }

  abandonAll(): void {
    for (const id of [...this.#waiting.keys()]) this.#end(id)?.reject(new NoReply('the connection ended'));
  }

  #end(id: unknown): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#ambient.clearTimeout(waiting?.timer);
    return waiting;
  }
}
