import { signal } from '@preact/signals';
import { Refusal } from '../connection/requests';
import { type Entry, type Frame, type Position, readEntry } from '../wire/frames';
import { Company } from './company';
import { Delivery } from './delivery';
import { History, historyPage } from './history';
import { Lookback } from './lookback';
import { Reading } from './reading';
import { Search } from './search';
import type { RoomSurroundings, Surroundings } from './surroundings';
import { entriesMax } from './timeline';
import { TypingSignal } from './typing';

const rejoinMillis = 2_000;

export type RoomStatus =
  | { readonly kind: 'joining' }
  | { readonly kind: 'joined' }
  | { readonly kind: 'refused'; readonly reason: string };

/** One room that the visitor has joined, across connections. */
export class Room {
  readonly id: string;
  readonly history: History;
  readonly delivery: Delivery;
  readonly company: Company;
  readonly reading: Reading;
  readonly typing: TypingSignal;
  readonly search: Search;
  readonly lookback: Lookback;
  readonly status = signal<RoomStatus>({ kind: 'joining' });
  /** Grows with each change of what is to be shown and is no signal of its own. */
  readonly revision = signal(0);
  readonly #around: Surroundings;
  #open = false;
  #joinTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, read: Position | undefined, around: Surroundings) {
    this.id = id;
    this.#around = around;
    const own: RoomSurroundings = { ...around, roomId: id, touch: () => this.#touch() };
    this.history = new History(own);
    this.search = new Search(own);
    this.lookback = new Lookback(own, this.history.timeline);
    this.delivery = new Delivery(own, (entry) => this.#stored(entry));
    this.company = new Company(own);
    this.reading = new Reading(read, this.history.timeline, around.readChanged);
    this.typing = new TypingSignal((typing) => around.send('typing', { roomId: id, userId: around.me(), typing }));
  }

  /** The connection is live: joins, resuming from what is known. */
  async connected(): Promise<void> {
    const since = this.history.timeline.position;
    try {
      this.#joined(await this.#around.request('join_room', { roomId: this.id, ...(since ? { since } : {}) }));
    } catch (error) {
      this.#notJoined(error);
    }
  }

  disconnected(): void {
    clearTimeout(this.#joinTimer);
    this.delivery.pause();
    this.status.value = { kind: 'joining' };
    this.company.typists.clear();
  }

  leave(): void {
    this.typing.stopped();
    this.disconnected();
    this.#around.send('leave_room', { roomId: this.id });
  }

  /** The reader looks at this room: what is missing is loaded. */
  opened(): void {
    this.#open = true;
    this.reading.opened();
    if (this.status.value.kind === 'joined') this.#refresh();
  }

  closed(): void {
    this.#open = false;
    this.reading.attend(false);
    this.typing.stopped();
    this.lookback.toEnd();
    if (this.history.timeline.trim()) this.#touch();
  }

  /** False when too many own messages wait already. */
  publish(text: string): boolean {
    this.typing.stopped();
    this.reading.wrote();
    this.lookback.toEnd();
    return this.delivery.publish(text);
  }

  received(frame: Frame): void {
    switch (frame.type) {
      case 'chat':
      case 'message':
        return this.#entry(readEntry(frame));
      case 'typing':
        return this.company.typing(frame);
      case 'user_joined':
      case 'user_left':
        return this.company.moved(frame);
      case 'presence_count':
        return this.company.counted(frame);
      default:
        if (frame.offset !== undefined) this.history.timeline.pass(frame.offset);
    }
  }

  #joined(reply: Frame): void {
    if (this.history.joined(reply) === 'broken') this.#forgetPlaces();
    this.reading.joined();
    this.status.value = { kind: 'joined' };
    if (this.#open) this.#refresh();
    this.delivery.begin();
    this.#touch();
  }

  /** Offsets that were found before the history broke off are not those of the new one. */
  #forgetPlaces(): void {
    this.search.clear();
    this.lookback.toEnd();
  }

  #notJoined(error: unknown): void {
    if (!this.#around.live()) return;
    if (error instanceof Refusal && !error.retry) {
      this.status.value = { kind: 'refused', reason: error.message };
      return;
    }
    const millis = error instanceof Refusal ? (error.retryAfterMillis ?? rejoinMillis) : rejoinMillis;
    clearTimeout(this.#joinTimer);
    this.#joinTimer = setTimeout(() => void this.connected(), millis);
  }

  #refresh(): void {
    this.history.refresh();
    void this.company.refresh();
  }

  #entry(entry: Entry | undefined): void {
    if (entry === undefined) return;
    const own = entry.userId === this.#around.me();
    this.#around.learnName(entry.userId, entry.userName);
    this.company.typists.heard(entry.userId, false);
    if (!this.history.add(entry)) return;
    if (own) this.delivery.outbox.seen(entry.text, entry.offset);
    else this.#around.arrived(this.id, entry);
    this.reading.arrived(own, entry.offset);
    this.#letGo();
    this.#touch();
  }

  /** An own message was acknowledged whose push did not come. */
  #stored(entry: Entry): void {
    if (this.history.acknowledged(entry)) this.reading.arrived(true, entry.offset);
  }

  /** A room that is not scrolled back holds no more than it needs; a little more is allowed, so that this is rare. */
  #letGo(): void {
    const scrolledBack = this.#open && !this.reading.attending;
    const { timeline } = this.history;
    if (!scrolledBack && timeline.entries.length > entriesMax + historyPage) timeline.trim();
  }

  #touch(): void {
    this.reading.count();
    this.revision.value++;
  }
}
