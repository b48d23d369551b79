import { batch, signal } from '@preact/signals';
import type { Position, Refusal, Room as ClientRoom, RoomEvents, ServerMessages, StoredPush } from '@peal/client';
import { Company } from './company';
import { Delivery } from './delivery';
import { type Entry, readEntry } from './entries';
import { History, historyPage } from './history';
import { Lookback } from './lookback';
import { Reading } from './reading';
import { Search } from './search';
import type { RoomSurroundings, Surroundings } from './surroundings';
import { entriesMax } from './timeline';
import { TypingSignal } from './typing';

export type RoomStatus =
  | { readonly kind: 'joining' }
  | { readonly kind: 'joined' }
  | { readonly kind: 'refused'; readonly reason: string };

/** One room that the visitor has joined, as it is shown. The client joins it, resumes it and sends what is written. */
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
  readonly #room: ClientRoom;
  #open = false;

  constructor(id: string, read: Position | undefined, around: Surroundings) {
    this.id = id;
    this.#around = around;
    this.#room = around.room(id);
    const own: RoomSurroundings = { ...around, roomId: id, touch: () => this.#touch() };
    this.history = new History(own);
    this.search = new Search(own);
    this.lookback = new Lookback(own, this.history.timeline);
    this.company = new Company(own);
    this.reading = new Reading(read, this.history.timeline, around.readChanged);
    this.typing = new TypingSignal((typing) => this.#room.typing(typing));
    this.delivery = new Delivery(own, this.#room, (entry) => this.#stored(entry));
    this.#listen();
  }

  /** There is no connection until the next `joined`. */
  disconnected(): void {
    this.status.value = { kind: 'joining' };
    this.company.typists.clear();
  }

  /** What is not sent yet never will be. */
  leave(): void {
    this.typing.stopped();
    this.company.typists.clear();
    this.#room.leave();
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

  #listen(): void {
    this.#on('joined', (joined) => this.#joined(joined));
    this.#on('refused', (refusal) => this.#refused(refusal));
    this.#on('entry', (stored) => this.#entry(stored));
    this.#on('typing', (push) => this.company.typing(push.data));
    this.#on('user_joined', (push) => this.company.joined(push.data));
    this.#on('user_left', (push) => this.company.left(push.data));
    this.#on('presence_count', (push) => this.company.counted(push.data));
  }

  /** What one event changes is drawn at once. */
  #on<Type extends keyof RoomEvents>(type: Type, take: (event: RoomEvents[Type]) => void): void {
    this.#room.on(type, (event) => batch(() => take(event)));
  }

  #joined(joined: ServerMessages['joined']): void {
    if (this.history.joined(joined) === 'broken') this.#forgetPlaces();
    this.reading.joined();
    this.status.value = { kind: 'joined' };
    if (this.#open) this.#refresh();
    this.#touch();
  }

  #refused({ message }: Refusal): void {
    this.status.value = { kind: 'refused', reason: message };
  }

  /** Offsets that were found before the history broke off are not those of the new one. */
  #forgetPlaces(): void {
    this.search.clear();
    this.lookback.toEnd();
  }

  #refresh(): void {
    this.history.refresh();
    void this.company.refresh();
  }

  #entry(stored: StoredPush): void {
    const entry = readEntry(stored);
    if (entry === undefined) return this.history.timeline.pass(stored.offset);
    const own = entry.userId === this.#around.me();
    this.#around.learnName(entry.userId, entry.userName);
    this.company.typists.heard(entry.userId, false);
    if (!this.history.add(entry)) return;
    if (own) this.delivery.seen(entry.text, entry.offset);
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
