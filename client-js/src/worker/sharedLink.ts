import type { Outgoing } from '../messages.js';
import type { Link, LinkEnd, LinkEvents, Target, Transport } from '../transport.js';
import { seenEvery, type ToTab, type ToWorker } from './wire.js';

/** A worker that does not answer within this time will not. */
export const readyMillisMax = 5_000;

/** What a page has to share a connection with, so that a test can bring its own. */
export interface Sharing {
  /** Starts the worker, or finds it; the port is this link's own. */
  connect(): { readonly port: MessagePort; onerror: (() => void) | null };
  readonly locks: LockManager;
}

/** A link of this tab to the connection in the worker. Where no worker can be had, a connection of the tab's own. */
export class SharedLink implements Link {
  readonly #own: () => Link;
  readonly #events: LinkEvents;
  readonly #target: Target;
  readonly #port: MessagePort;
  readonly #timer: unknown;
  #release = () => {};
  #instead: Link | undefined;
  #count = 0;
  #over = false;

  constructor(transport: Transport, target: Target, events: LinkEvents, sharing: Sharing) {
    this.#own = () => transport.open(target, events);
    this.#events = events;
    this.#target = target;
    const worker = sharing.connect();
    this.#port = worker.port;
    worker.onerror = () => this.#goAlone();
    this.#timer = target.ambient.setTimeout(() => this.#goAlone(), readyMillisMax);
    this.#port.onmessage = ({ data }) => this.#hear(data as ToTab, transport, sharing.locks);
  }

  /** The worker's own; what it holds for the network is not known here. */
  get bufferedAmount(): number {
    return this.#instead?.bufferedAmount ?? 0;
  }

  send(message: Outgoing): void {
    if (this.#instead !== undefined) this.#instead.send(message);
    else this.#post({ type: 'send', message });
  }

  close(code?: number, reason?: string): void {
    this.#instead?.close(code, reason);
    this.#post({ type: 'close' });
    this.#leave();
  }

  #hear(word: ToTab, transport: Transport, locks: LockManager): void {
    if (this.#over) return;
    if (++this.#count % seenEvery === 0) this.#post({ type: 'seen', count: this.#count });
    switch (word.type) {
      case 'ready':
        this.#target.ambient.clearTimeout(this.#timer);
        return this.#enter(transport, locks);
      case 'open':
        return this.#events.open();
      case 'message':
        return this.#events.message(word.message);
      case 'closed':
        return this.#closed(word.end);
    }
  }

  /** The lock is held before the worker hears of it: whoever gets it then knows that this tab is gone. */
  #enter({ name }: Transport, locks: LockManager): void {
    const lock = `peal ${crypto.randomUUID()}`;
    const held = new Promise<void>((resolve) => (this.#release = resolve));
    void locks.request(lock, () => {
      this.#post({ type: 'open', transport: name, url: this.#target.url.href, path: this.#target.path, lock });
      return held;
    });
  }

  #goAlone(): void {
    if (this.#over) return;
    this.#leave();
    this.#instead = this.#own();
  }

  #closed(end: LinkEnd): void {
    this.#leave();
    this.#events.closed(end);
  }

  #post(word: ToWorker): void {
    if (!this.#over) this.#port.postMessage(word);
  }

  #leave(): void {
    this.#over = true;
    this.#target.ambient.clearTimeout(this.#timer);
    this.#release();
    this.#port.close();
  }
}
