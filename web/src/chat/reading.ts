import { signal } from '@preact/signals';
import type { Position } from '@peal/client';
import type { Timeline } from './timeline';
import { laterOf, unreadCount } from './unread';

/** How far a room was read, how much was not, and where what is new begins. */
export class Reading {
  readonly unread = signal(0);
  readonly #timeline: Timeline;
  readonly #changed: () => void;
  #read: Position | undefined;
  #newAfter: number | undefined;
  #attending = false;

  constructor(read: Position | undefined, timeline: Timeline, changed: () => void) {
    this.#read = read;
    this.#timeline = timeline;
    this.#changed = changed;
  }

  get read(): Position | undefined {
    return this.#read;
  }

  /** Entries after this offset were new when the reader came back. */
  get newAfter(): number | undefined {
    return this.#newAfter;
  }

  /** Whether the newest entry is in sight, so that entries are read as they come. */
  get attending(): boolean {
    return this.#attending;
  }

  attend(attending: boolean): void {
    this.#attending = attending;
    this.count();
  }

  opened(): void {
    this.#newAfter = undefined;
    if (this.unread.value > 0) this.#markNew();
  }

  /** In a room never read before, nothing counts as unread. */
  joined(): void {
    if (this.#read === undefined) this.#advance();
    else if (!this.#attending && unreadCount(this.#read, this.#timeline.newest) > this.unread.value) this.#markNew();
    this.count();
  }

  /** An entry came. An own one is read if all before it is. */
  arrived(own: boolean, offset: number): void {
    const read = this.#read;
    if (own && read?.epoch === this.#timeline.position?.epoch && offset === (read?.offset ?? 0) + 1) this.#advance(offset);
    else if (!own && !this.#attending && this.unread.value === 0) this.#markNew();
    this.count();
  }

  wrote(): void {
    this.#newAfter = undefined;
  }

  /** The same person read this room in another tab. */
  elsewhere(read: Position): void {
    const { position } = this.#timeline;
    if (position !== undefined && read.epoch !== position.epoch) return;
    this.#read = laterOf(this.#read, read);
    this.count();
  }

  count(): void {
    if (this.#attending) this.#advance();
    this.unread.value = unreadCount(this.#read, this.#timeline.newest);
  }

  /** What follows the last entry read is new; in a new epoch everything is. */
  #markNew(): void {
    if (this.#read === undefined) return;
    this.#newAfter = this.#read.epoch === this.#timeline.position?.epoch ? this.#read.offset : 0;
  }

  #advance(offset = Infinity): void {
    const { newest } = this.#timeline;
    if (newest === undefined) return;
    const read = laterOf(this.#read, { epoch: newest.epoch, offset: Math.min(offset, newest.offset) });
    if (read === this.#read) return;
    this.#read = read;
    this.#changed();
  }
}
