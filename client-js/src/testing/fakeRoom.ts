import type { StoredPush } from '../messages.js';

interface Published {
  readonly payload: string;
  readonly offset: number;
}

/** The log of one room: every entry once, by offset from 1. */
export class FakeRoom {
  readonly id: string;
  epoch: string;
  /** Entries from {@link oldest} on. */
  readonly entries: StoredPush[] = [];
  #trimmed = 0;
  readonly #published = new Map<string, Published>();

  constructor(id: string, epoch: string) {
    this.id = id;
    this.epoch = epoch;
  }

  get newest(): number {
    return this.#trimmed + this.entries.length;
  }

  get oldest(): number {
    return this.#trimmed + 1;
  }

  /** A repetition has the offset of the first; with another payload it is undefined. */
  publish(type: string, data: StoredPush['data'], sender: unknown, messageId?: string): StoredPush | number | undefined {
    const key = JSON.stringify([sender, messageId]);
    const payload = JSON.stringify([type, data['message']]);
    const earlier = messageId === undefined ? undefined : this.#published.get(key);
    if (earlier) return earlier.payload === payload ? earlier.offset : undefined;
    const entry = { type, offset: this.newest + 1, data };
    this.entries.push(entry);
    if (messageId !== undefined) this.#published.set(key, { payload, offset: entry.offset });
    return entry;
  }

  after(offset: number): StoredPush[] {
    return this.entries.filter((entry) => entry.offset > offset);
  }

  /** Why `since` cannot be gone on from; undefined where it can. */
  broken(since: { readonly epoch: string; readonly offset: number }): 'epoch_changed' | 'history_trimmed' | undefined {
    if (since.epoch !== this.epoch || since.offset > this.newest) return 'epoch_changed';
    return since.offset < this.#trimmed ? 'history_trimmed' : undefined;
  }

  /** Lets the oldest entries go. */
  trim(count: number): void {
    this.#trimmed += this.entries.splice(0, count).length;
  }

  /** All is lost. */
  lose(epoch: string): void {
    this.epoch = epoch;
    this.entries.length = this.#trimmed = 0;
    this.#published.clear();
  }
}
