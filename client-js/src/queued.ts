import { type Data, ReconnectingWebSocket, type ReconnectingOptions } from './reconnecting.js';

export interface QueuedOptions extends ReconnectingOptions {
  /** Default 100. */
  readonly maxQueueSize?: number;
}

/**
 * A {@link ReconnectingWebSocket} that keeps what is sent while there is no connection. When there is one, the `open`
 * handlers run first (they may send, to sign in), then the queue goes out, then anything new. Where more waits than
 * `maxQueueSize`, the oldest is dropped and told by an event `dropped` with `data`. Sending is not receiving: what was on
 * its way when a connection ended may be lost. The Client with its acknowledgements loses nothing.
 */
export class QueuedWebSocket extends ReconnectingWebSocket {
  ondropped: ((event: Event & { readonly data: Data }) => void) | null = null;
  readonly #queue: Data[] = [];
  readonly #max: number;

  constructor(url: string | URL, options: QueuedOptions = {}) {
    super(url, options);
    this.#max = options.maxQueueSize ?? 100;
  }

  /** How many messages wait for a connection. */
  get queued(): number {
    return this.#queue.length;
  }

  override send(data: Data): void {
    if (this.readyState !== this.CONNECTING) return super.send(data);
    this.#queue.push(data);
    if (this.#queue.length > this.#max) this.#drop(this.#queue.shift()!);
  }

  protected override opened(): void {
    super.opened();
    while (this.#queue.length > 0 && this.readyState === this.OPEN) super.send(this.#queue.shift()!);
  }

  #drop(data: Data): void {
    const event = Object.assign(new Event('dropped'), { data });
    this.ondropped?.(event);
    this.dispatchEvent(event);
  }
}
