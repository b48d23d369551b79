import { type Frame, numberOf, textOf } from '../wire/frames';

/** The server said no. `retryAfterMillis` is set where it named a time. */
export class Refusal extends Error {
  readonly code: string;
  readonly retry: boolean;
  readonly retryAfterMillis: number | undefined;

  constructor(frame: Frame) {
    super(textOf(frame.data, 'message') ?? 'Refused');
    this.name = 'Refusal';
    this.code = textOf(frame.data, 'code') ?? '';
    this.retryAfterMillis = numberOf(frame.data, 'retryAfterMs');
    this.retry = frame.data['retry'] === true || this.retryAfterMillis !== undefined;
  }
}

/** No reply came: the connection ended or was too slow. Whether the request took effect is unknown. */
export class NoReply extends Error {
  constructor() {
    super('No reply');
    this.name = 'NoReply';
  }
}

export const replyTimeoutMillis = 15_000;

interface Waiting {
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: Refusal | NoReply) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Requests of one connection that wait for the reply with their `id` (PROTOCOL 2.1). */
export class Requests {
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;

  /** Reserves an id; the promise ends with the reply, a {@link Refusal} or {@link NoReply}. */
  open(): { readonly id: string; readonly reply: Promise<Frame> } {
    const id = `r${++this.#count}`;
    const reply = new Promise<Frame>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new NoReply());
      }, replyTimeoutMillis);
      this.#waiting.set(id, { resolve, reject, timer });
    });
    return { id, reply };
  }

  /** True if the frame was the reply to a request. */
  settle(frame: Frame): boolean {
    const id = String(frame.id);
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return false;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (frame.type === 'error') waiting.reject(new Refusal(frame));
    else waiting.resolve(frame);
    return true;
  }

  abandonAll(): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer } of all) {
      clearTimeout(timer);
      reject(new NoReply());
    }
  }
}
