import type { Incoming } from '../messages.js';
import type { LinkEnd } from '../transport.js';
import { type Port, type ToTab, unseenMax } from './wire.js';

/** One link of one tab, in the worker. It ends when the tab says so, is gone, or does not read what it is told. */
export class Tab {
  readonly #port: Port<ToTab>;
  readonly #ended: (tab: Tab) => void;
  #posted = 0;
  #seen = 0;
  #over = false;

  /** @param ended called once, however it ends */
  constructor(port: Port<ToTab>, ended: (tab: Tab) => void) {
    this.#port = port;
    this.#ended = ended;
    this.#post({ type: 'ready' });
  }

  get over(): boolean {
    return this.#over;
  }

  opened(): void {
    this.#post({ type: 'open' });
  }

  tell(message: Incoming): void {
    this.#post({ type: 'message', message });
    if (this.#posted - this.#seen > unseenMax) this.close({ code: 4001, reason: 'slow reader', neverOpened: false });
  }

  seen(count: number): void {
    this.#seen = count;
  }

  close(end: LinkEnd): void {
    this.#post({ type: 'closed', end });
    this.gone();
  }

  /** Nobody is there to be told. */
  gone(): void {
    if (this.#over) return;
    this.#over = true;
    this.#port.close();
    this.#ended(this);
  }

  #post(word: ToTab): void {
    if (this.#over) return;
    this.#posted++;
    this.#port.post(word);
  }
}
