import { batch, computed, signal } from '@preact/signals';
import { type Incoming, Refusal } from '@peal/client';
import { type Broadcast, Broadcasts } from './broadcasts';
import type { Data } from './entries';
import type { Loading } from './history';
import type { ReadMark } from './readMark';
import type { Surroundings } from './surroundings';

export const notificationPage = 50;
/** At most so many are held; older ones can be loaded again. */
export const notificationsMax = 1_000;
const retryMillis = 2_000;

/** A stored notification. `offset` counts in the user's own log; what is in `data` is the sending program's. */
export interface UserNotification {
  readonly offset: number;
  readonly data: Data;
}

/**
 * The user's notifications, newest first, and how far they were read. The server keeps them, and pushes what is unread
 * to each new connection; the newest page says what else there is, and replaces what was known, because the server may
 * have lost its data and counts from 1 again.
 */
export class Notifications {
  readonly items = signal<readonly UserNotification[]>([]);
  readonly read = signal(0);
  readonly unread = computed(() => this.items.value.filter(({ offset }) => offset > this.read.value).length);
  readonly older = signal<Loading>('idle');
  readonly broadcasts = new Broadcasts();
  /** Told of what is new and unread, and of each broadcast. */
  onArrival: (arrival: UserNotification | Broadcast) => void = () => {};
  readonly #around: Pick<Surroundings, 'request' | 'me'>;
  readonly #mark: ReadMark;
  readonly #next = signal<number | undefined>(undefined);
  /** Pushed on this connection before its first page came; undefined after that. */
  #pushed: UserNotification[] | undefined = [];
  #confirmed = 0;
  #reporting = false;
  #attending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(around: Pick<Surroundings, 'request' | 'me'>, mark: ReadMark) {
    this.#around = around;
    this.#mark = mark;
  }

  get hasOlder(): boolean {
    return this.#next.value !== undefined;
  }

  /** The connection is live. */
  async connected(): Promise<void> {
    this.#pushed = [];
    try {
      const page = await this.#around.request('notifications', { limit: notificationPage });
      batch(() => this.#begin(page.entries, page.read, page.next));
    } catch {
      // Not answered: the next connection asks again. Refused: pushes still come.
      this.#pushed = undefined;
    }
  }

  disconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Takes `notification` and `notification_read`; one without an offset is for everybody, and not stored. */
  received({ type, offset, data }: Incoming): void {
    if (type === 'notification_read') this.#readTo(data['offset'] as number);
    else if (offset !== undefined) this.#take({ offset, data });
    else this.onArrival(this.broadcasts.add(data));
  }

  /** Whether the newest ones are in sight, so that they are read as they come. */
  attend(attending: boolean): void {
    this.#attending = attending;
    this.#seen();
  }

  async loadOlder(): Promise<void> {
    const before = this.#next.value;
    if (before === undefined || this.older.value === 'loading') return;
    this.older.value = 'loading';
    try {
      const page = await this.#around.request('notifications', { before, limit: notificationPage });
      this.older.value = 'idle';
      if (this.#next.value !== before) return;
      batch(() => {
        this.items.value = sorted([...this.items.value, ...page.entries]);
        this.#next.value = page.next;
      });
    } catch {
      this.older.value = 'failed';
    }
  }

  #begin(entries: readonly UserNotification[], read: number, next: number | undefined): void {
    const items = sorted([...(this.#pushed ?? []), ...entries]);
    const own = this.read.value > this.#confirmed ? this.read.value : this.#mark.of(this.#around.me());
    const lost = own > (items[0]?.offset ?? 0);
    if (lost) this.#mark.forget();
    this.#pushed = undefined;
    this.#confirm(read);
    this.items.value = items;
    this.#next.value = next;
    this.read.value = lost ? read : Math.max(read, own);
    void this.#report();
    this.#seen();
  }

  #take(item: UserNotification): void {
    const known = this.items.value.some(({ offset }) => offset === item.offset);
    this.#pushed?.push(item);
    if (known) return;
    this.items.value = sorted([item, ...this.items.value]);
    this.#letGo();
    if (item.offset > this.read.value) this.onArrival(item);
    this.#seen();
  }

  #letGo(): void {
    const held = this.items.value.slice(0, notificationsMax);
    if (held.length === this.items.value.length) return;
    this.items.value = held;
    this.#next.value = held.at(-1)?.offset;
  }

  #readTo(offset: number): void {
    this.#confirm(Math.max(this.#confirmed, offset));
    this.read.value = Math.max(this.read.value, offset);
  }

  #confirm(offset: number): void {
    this.#confirmed = offset;
    this.#mark.reached(this.#around.me(), offset);
  }

  #seen(): void {
    const newest = this.items.value[0]?.offset ?? 0;
    if (!this.#attending || newest <= this.read.value) return;
    this.read.value = newest;
    this.#mark.set(this.#around.me(), newest);
    void this.#report();
  }

  /** Tells the server how far was read, one request at a time: what is seen meanwhile goes with the next. */
  async #report(): Promise<void> {
    if (this.#reporting) return;
    this.#reporting = true;
    try {
      while (this.#confirmed < this.read.value) {
        const offset = this.read.value;
        await this.#around.request('read', { offset });
        this.#confirm(Math.max(this.#confirmed, offset));
      }
    } catch (error) {
      this.#unreported(error);
    }
    this.#reporting = false;
  }

  /** Refused for now: again later. Not answered: the next connection goes on. Refused for good: stays as it is. */
  #unreported(error: unknown): void {
    if (!(error instanceof Refusal) || !error.retry) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#report(), error.retryAfterMs ?? retryMillis);
  }
}

/** Newest first, each offset once. */
function sorted(items: readonly UserNotification[]): readonly UserNotification[] {
  const byOffset = new Map(items.map((item) => [item.offset, item]));
  return [...byOffset.values()].sort((a, b) => b.offset - a.offset);
}
