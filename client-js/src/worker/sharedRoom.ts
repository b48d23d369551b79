import type { Incoming, Position } from '../messages.js';
import type { Tab } from './tab.js';

/** A room that tabs are in, over one connection: how far it has come, and one join at a time. */
export class SharedRoom {
  readonly tabs = new Set<Tab>();
  /** A join begins the server's replay anew, so the next one waits here until what this one brings has come. */
  readonly #waiting: (() => void)[] = [];
  #joining = false;
  #epoch = '';
  #newest = 0;
  #until = 0;

  get position(): Position {
    return { epoch: this.#epoch, offset: this.#newest };
  }

  /** Runs `join` when no other one is under way. */
  inTurn(join: () => void): void {
    if (this.#joining) {
      this.#waiting.push(join);
      return;
    }
    this.#joining = true;
    this.#until = Infinity;
    join();
  }

  /** The position to join with for one that knows `since`: behind it nothing may be missing, to it or to who is here already. */
  sinceFor(since: Position | undefined): Position | undefined {
    if (this.tabs.size === 0 || (since !== undefined && since.epoch !== this.#epoch)) return since;
    return { epoch: this.#epoch, offset: Math.min(since?.offset ?? Infinity, this.#newest) };
  }

  /** The entries behind `from` come, else those after now. */
  joined({ data }: Incoming, from: Position | undefined): void {
    this.#epoch = data['epoch'] as string;
    this.#until = data['offset'] as number;
    this.#newest = data['recovered'] === true && from !== undefined ? from.offset : this.#until;
    this.#next();
  }

  refused(): void {
    this.#until = 0;
    this.#next();
  }

  reached(offset: number): void {
    this.#newest = Math.max(this.#newest, offset);
    this.#next();
  }

  /** Nobody is in it, or on the way. */
  get empty(): boolean {
    return this.tabs.size === 0 && !this.#joining;
  }

  #next(): void {
    if (!this.#joining || this.#newest < this.#until) return;
    this.#joining = false;
    const join = this.#waiting.shift();
    if (join !== undefined) this.inTurn(join);
  }
}
