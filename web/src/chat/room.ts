import { signal } from '@preact/signals';
import { NoReply, Refusal } from '../connection/requests';
import {
  type Entry,
  type Frame,
  type Position,
  numberOf,
  readEntry,
  readHistory,
  readJoined,
  readMember,
  readPresence,
  textOf,
} from '../wire/frames';
import { Outbox, type Outgoing } from './outbox';
import { Roster } from './roster';
import { Timeline } from './timeline';
import { Typists, TypingSignal } from './typing';
import { laterOf, unreadCount } from './unread';

export const historyPage = 50;
const presencePage = 200;
const presencePagesMax = 5;
const retryMillis = 2_000;
const noticeMillis = 4_000;

/** What a room needs of its surroundings. */
export interface RoomWorld {
  send(type: string, data: Frame['data']): boolean;
  request(type: string, data: Frame['data'], extra?: Readonly<Record<string, unknown>>): Promise<Frame>;
  me(): string;
  freshId(): string;
  learnName(userId: string, userName: string | undefined): void;
  /** An entry of someone else arrived. */
  arrived(room: Room, entry: Entry): void;
  readChanged(): void;
}

export type RoomStatus =
  | { readonly kind: 'joining' }
  | { readonly kind: 'joined' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Someone came or went, shown for a moment. */
export interface Notice {
  readonly userId: string;
  readonly joined: boolean;
}

/** One joined room: its history, own messages on their way, who is here, who types, what is unread. */
export class Room {
  readonly id: string;
  readonly timeline = new Timeline();
  readonly outbox = new Outbox();
  readonly roster = new Roster();
  readonly typists = new Typists(() => this.#touch());
  readonly typing: TypingSignal;
  readonly status = signal<RoomStatus>({ kind: 'joining' });
  readonly older = signal<'idle' | 'loading' | 'failed'>('idle');
  readonly unread = signal(0);
  readonly notice = signal<Notice | undefined>(undefined);
  /** Grows with each change of timeline, outbox, roster or typists. */
  readonly revision = signal(0);
  /** Entries after this offset were new when the reader came back. */
  newAfter: number | undefined;
  read: Position | undefined;
  readonly #world: RoomWorld;
  #open = false;
  #attending = false;
  #pumpTimer: ReturnType<typeof setTimeout> | undefined;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  #filling: number | undefined;

  constructor(id: string, read: Position | undefined, world: RoomWorld) {
    this.id = id;
    this.read = read;
    this.#world = world;
    this.typing = new TypingSignal((typing) => world.send('typing', { roomId: id, userId: world.me(), typing }));
  }

  /** The connection is live: joins, resuming from what is known. */
  async connected(): Promise<void> {
    const since = this.timeline.position;
    try {
      const reply = await this.#world.request('join_room', { roomId: this.id, ...(since ? { since } : {}) });
      this.#joined(reply);
    } catch (error) {
      if (!(error instanceof Refusal)) return;
      if (error.retry) setTimeout(() => void this.connected(), error.retryAfterMillis ?? retryMillis);
      else this.status.value = { kind: 'refused', reason: error.message };
    }
  }

  disconnected(): void {
    this.status.value = { kind: 'joining' };
    this.typists.clear();
  }

  leave(): void {
    clearTimeout(this.#pumpTimer);
    this.typing.stopped();
    this.typists.clear();
    this.#world.send('leave_room', { roomId: this.id });
  }

  /** The reader looks at this room: what is missing is loaded. */
  opened(): void {
    this.#open = true;
    this.newAfter = this.unread.value > 0 ? this.read?.offset : undefined;
    if (this.status.value.kind === 'joined') this.#refresh();
  }

  closed(): void {
    this.#open = false;
    this.#attending = false;
    this.typing.stopped();
    if (this.timeline.trim()) this.#touch();
  }

  /** Whether the newest entry is in sight, so that new ones are read as they come. */
  attend(attending: boolean): void {
    this.#attending = attending;
    this.#countUnread();
  }

  received(frame: Frame): void {
    switch (frame.type) {
      case 'chat':
      case 'message':
        return this.#entry(readEntry(frame));
      case 'typing':
        return this.#typing(frame);
      case 'user_joined':
      case 'user_left':
        return this.#moved(frame);
      case 'presence_count':
        this.roster.counted(numberOf(frame.data, 'total') ?? this.roster.total);
        return this.#touch();
      default:
        if (frame.offset !== undefined) this.timeline.pass(frame.offset);
    }
  }

  /** False when too many own messages wait already. */
  publish(text: string): boolean {
    if (!this.outbox.add(this.#world.freshId(), text, Date.now())) return false;
    this.typing.stopped();
    this.newAfter = undefined;
    this.#pump();
    this.#touch();
    return true;
  }

  again(messageId: string): void {
    this.outbox.again(messageId);
    this.#pump();
    this.#touch();
  }

  discard(messageId: string): void {
    this.outbox.remove(messageId);
    this.#pump();
    this.#touch();
  }

  async loadOlder(): Promise<void> {
    if (this.older.value === 'loading' || !this.timeline.hasOlder) return;
    this.older.value = 'loading';
    try {
      await this.#history(this.timeline.floor);
      this.older.value = 'idle';
    } catch (error) {
      this.older.value = error instanceof NoReply ? 'idle' : 'failed';
    }
  }

  #joined(reply: Frame): void {
    this.timeline.joined(readJoined(reply));
    if (this.read === undefined) this.#advanceRead();
    this.status.value = { kind: 'joined' };
    this.#countUnread();
    if (this.#open) this.#refresh();
    this.#pump();
    this.#touch();
  }

  #refresh(): void {
    if (this.timeline.entries.length < historyPage) void this.loadOlder();
    void this.#loadPresence();
  }

  async #history(before: number | undefined): Promise<void> {
    const data = { roomId: this.id, limit: historyPage, ...(before === undefined ? {} : { before }) };
    const page = readHistory(await this.#world.request('history', data));
    if (!this.timeline.merge(page)) return;
    for (const { userId, userName } of page.entries) this.#world.learnName(userId, userName);
    this.#countUnread();
    this.#touch();
  }

  async #loadPresence(): Promise<void> {
    try {
      let after: string | undefined;
      for (let count = 0; count < presencePagesMax && (count === 0 || after !== undefined); count++) {
        after = await this.#presencePage(after);
      }
    } catch {
      // Not answered: joins and leaves still tell who is here, and the next opening asks again.
    }
  }

  async #presencePage(after: string | undefined): Promise<string | undefined> {
    const data = { roomId: this.id, limit: presencePage, ...(after === undefined ? {} : { after }) };
    const page = readPresence(await this.#world.request('presence', data));
    this.roster.page(page, after === undefined);
    for (const { userId, userName } of page.members) this.#world.learnName(userId, userName);
    this.#touch();
    return page.next;
  }

  #entry(entry: Entry | undefined): void {
    if (entry === undefined) return;
    const own = entry.userId === this.#world.me();
    this.#world.learnName(entry.userId, entry.userName);
    this.typists.heard(entry.userId, false);
    if (!this.timeline.add(entry)) return;
    if (own) this.#ownEntry(entry);
    else this.#othersEntry(entry);
    this.#countUnread();
    void this.#fillHole();
    this.#touch();
  }

  #ownEntry(entry: Entry): void {
    this.outbox.seen(entry.text, entry.offset);
    if (this.unread.value === 0) this.#advanceRead();
  }

  #othersEntry(entry: Entry): void {
    if (!this.#attending && this.unread.value === 0) this.newAfter = this.read?.offset;
    this.#world.arrived(this, entry);
  }

  /** A push was dropped on the way here: asks once for what lies in between. */
  async #fillHole(): Promise<void> {
    const hole = this.timeline.hole;
    if (hole === undefined || this.#filling === hole.before) return;
    this.#filling = hole.before;
    try {
      await this.#history(hole.before);
    } catch {
      this.#filling = undefined;
    }
  }

  #typing({ data }: Frame): void {
    const userId = textOf(data, 'userId');
    if (userId !== undefined && userId !== this.#world.me()) this.typists.heard(userId, data['typing'] === true);
  }

  #moved({ type, data }: Frame): void {
    const member = readMember(data);
    if (member === undefined) return;
    this.#world.learnName(member.userId, member.userName);
    const joined = type === 'user_joined';
    const changed = joined ? this.roster.joined(member) : this.roster.left(member.userId) !== undefined;
    if (!joined) this.typists.heard(member.userId, false);
    if (changed) this.#tell({ userId: member.userId, joined });
    this.#touch();
  }

  #tell(notice: Notice): void {
    clearTimeout(this.#noticeTimer);
    this.notice.value = notice;
    this.#noticeTimer = setTimeout(() => (this.notice.value = undefined), noticeMillis);
  }

  #pump(): void {
    if (this.status.value.kind !== 'joined') return;
    const next = this.outbox.take(Date.now());
    if (next !== undefined) void this.#send(next);
  }

  async #send({ messageId, text }: Outgoing): Promise<void> {
    try {
      const ack = await this.#world.request('message', { roomId: this.id, message: text }, { messageId });
      this.#acknowledged(messageId, numberOf(ack.data, 'offset'));
    } catch (error) {
      this.#unacknowledged(messageId, error);
    }
    this.#pump();
    this.#touch();
  }

  /** The push came first, unless the message had been stored before a reconnect; then it is shown from here. */
  #acknowledged(messageId: string, offset: number | undefined): void {
    const sent = this.outbox.acknowledged(messageId);
    if (sent === undefined || offset === undefined) return;
    const { text, at } = sent;
    if (this.timeline.add({ offset, userId: this.#world.me(), userName: undefined, text, at })) this.#countUnread();
  }

  #unacknowledged(messageId: string, error: unknown): void {
    if (error instanceof Refusal && error.retry) {
      const millis = error.retryAfterMillis ?? retryMillis;
      this.outbox.hold(messageId, Date.now() + millis);
      clearTimeout(this.#pumpTimer);
      this.#pumpTimer = setTimeout(() => {
        this.#pump();
        this.#touch();
      }, millis);
    } else if (error instanceof Refusal) {
      this.outbox.fail(messageId, error.message);
    } else {
      this.outbox.unanswered(messageId);
    }
  }

  #countUnread(): void {
    if (this.#attending) this.#advanceRead();
    this.unread.value = unreadCount(this.read, this.timeline.newest);
  }

  #advanceRead(): void {
    const { newest } = this.timeline;
    if (newest === undefined) return;
    const read = laterOf(this.read, newest);
    if (read === this.read) return;
    this.read = read;
    this.#world.readChanged();
  }

  #touch(): void {
    this.revision.value++;
  }
}
