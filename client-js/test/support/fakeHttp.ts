import type { Ambient } from '../../src/ambient.js';
import type { Incoming, Outgoing } from '../../src/messages.js';
import type { Link, LinkEnd, LinkEvents, Transport } from '../../src/transport.js';
import { Mailbox } from './mailbox.js';

export const json = 'application/json';
export const problem = 'application/problem+json';

/** Lets everything run that can without the test's doing. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A request that waits for the test to answer it. */
export class Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal;
  readonly #resolve: (response: Response) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #aborted = () => this.#reject(this.signal.reason);

  constructor(url: URL, init: RequestInit, resolve: (response: Response) => void, reject: (reason: unknown) => void) {
    this.path = url.pathname;
    this.query = url.searchParams;
    this.method = init.method ?? 'GET';
    this.headers = new Headers(init.headers);
    this.body = init.body === undefined ? undefined : JSON.parse(init.body as string);
    this.signal = init.signal!;
    this.#resolve = (response) => {
      this.signal.removeEventListener('abort', this.#aborted);
      resolve(response);
    };
    this.#reject = reject;
    this.signal.addEventListener('abort', this.#aborted);
  }

  answer(body: unknown, headers: Record<string, string> = {}, status = 200): void {
    this.#resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': json, ...headers } }));
  }

  refuse(status: number, contentType?: string, retryAfter?: string): void {
    const headers = { ...(contentType && { 'Content-Type': contentType }), ...(retryAfter && { 'Retry-After': retryAfter }) };
    this.#resolve(new Response(status === 204 ? null : '{"title":"No"}', { status, headers }));
  }

  fail(): void {
    this.#reject(new TypeError('network'));
  }

  /** Answers with an event stream. */
  stream(): FakeStream {
    const stream = new FakeStream();
    this.signal.addEventListener('abort', () => stream.fail());
    this.#resolve(new Response(stream.body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } }));
    return stream;
  }
}

export class FakeStream {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  #controller!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;

  constructor() {
    this.body = new ReadableStream({ start: (controller) => void (this.#controller = controller) });
  }

  write(text: string): void {
    this.#controller.enqueue(new TextEncoder().encode(text));
  }

  push(message: object): void {
    this.write(`data: ${JSON.stringify(message)}\n\n`);
  }

  end(): void {
    this.#controller.close();
  }

  fail(): void {
    this.#controller.error(new TypeError('network'));
  }
}

/** A link under test, over a network that the test answers and a clock that it moves. */
export class FakeHttp implements LinkEvents {
  readonly asked = new Mailbox<Asked>();
  readonly messages = new Mailbox<Incoming>();
  readonly ended = new Mailbox<LinkEnd>();
  readonly opened = new Mailbox<true>();
  readonly #timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  #now = 0;
  #timerCount = 0;

  readonly ambient: Ambient = {
    now: () => this.#now,
    random: () => 0.5,
    online: true,
    onWake: () => () => {},
    setTimeout: (run, millis) => {
      this.#timers.set(++this.#timerCount, { at: this.#now + millis, run });
      return this.#timerCount;
    },
    clearTimeout: (timer) => void this.#timers.delete(timer as number),
    fetch: (url, init = {}) => new Promise((resolve, reject) => this.asked.put(new Asked(url as URL, init, resolve, reject))),
    EventSource: FakeEventSource as unknown as typeof EventSource,
  };

  start(transport: Transport): Link {
    return transport.open({ url: new URL('http://peal.test'), path: '/chat', ambient: this.ambient }, this);
  }

  open(): void {
    this.opened.put(true);
  }

  message(message: Incoming): void {
    this.messages.put(message);
  }

  closed(end: LinkEnd): void {
    this.ended.put(end);
  }

  get timers(): number {
    return this.#timers.size;
  }

  pass(millis: number): void {
    this.#now += millis;
    for (const [id, { at, run }] of [...this.#timers]) {
      if (at <= this.#now && this.#timers.delete(id)) run();
    }
  }
}

export class FakeEventSource {
  static readonly made = new Mailbox<FakeEventSource>();
  onmessage: ((event: { data: string }) => void) | undefined;
  onerror: (() => void) | undefined;
  closed = false;

  constructor(readonly url: URL) {
    FakeEventSource.made.put(this);
  }

  close(): void {
    this.closed = true;
  }

  push(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

export const authenticate: Outgoing = { type: 'authenticate', id: 'a', data: { token: 'T', session: true } };
