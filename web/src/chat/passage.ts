import { signal } from '@preact/signals';
import { type Entry, type HistoryPage, readHistory } from './entries';
import { historyPage, type Loading } from './history';
import type { RoomSurroundings } from './surroundings';

/** A passage that holds so many entries grows no further: reading on begins another one. */
export const passageMax = 1_000;

/** A stretch of a room's history away from its end, without holes, that grows at both ends as it is read. */
export class Passage {
  readonly older = signal<Loading>('idle');
  readonly newer = signal<Loading>('idle');
  readonly #room: RoomSurroundings;
  readonly #epoch: string;
  #entries: readonly Entry[] = [];
  #first = Infinity;
  #last = 0;
  #hasOlder = false;
  #hasNewer = false;

  constructor(room: RoomSurroundings, epoch: string) {
    this.#room = room;
    this.#epoch = epoch;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get hasOlder(): boolean {
    return this.#hasOlder;
  }

  get hasNewer(): boolean {
    return this.#hasNewer;
  }

  get full(): boolean {
    return this.#entries.length >= passageMax;
  }

  /** The greatest offset up to which nothing is missing here. */
  get last(): number {
    return this.#last;
  }

  /** All of it as one page of history. */
  get page(): HistoryPage {
    return { epoch: this.#epoch, entries: this.#entries, others: [this.#first], more: this.#hasOlder };
  }

  /** Loads what is around an offset; false if no entry is there. Rejects as requests do. */
  async load(offset: number): Promise<boolean> {
    const [before, after] = await Promise.all([this.#ask({ before: offset + 1 }), this.#ask({ after: offset })]);
    if (before === undefined || after === undefined || before.entries.at(-1)?.offset !== offset) return false;
    this.#last = offset;
    this.#prepend(before);
    this.#append(after);
    return true;
  }

  async loadOlder(): Promise<void> {
    if (this.#hasOlder) await this.#grow(this.older, { before: this.#first }, (page) => this.#prepend(page));
  }

  async loadNewer(): Promise<void> {
    if (this.#hasNewer) await this.#grow(this.newer, { after: this.#last }, (page) => this.#append(page));
  }

  async #grow(end: { value: Loading }, edge: object, take: (page: HistoryPage) => void): Promise<void> {
    if (end.value === 'loading' || this.full) return;
    end.value = 'loading';
    try {
      const page = await this.#ask(edge);
      if (page !== undefined) take(page);
      end.value = page === undefined ? 'failed' : 'idle';
      this.#room.touch();
    } catch {
      end.value = 'failed';
    }
  }

  #prepend(page: HistoryPage): void {
    this.#entries = [...page.entries, ...this.#entries];
    this.#first = Math.min(this.#first, ...offsetsOf(page));
    this.#hasOlder = page.more;
  }

  #append(page: HistoryPage): void {
    this.#entries = [...this.#entries, ...page.entries];
    this.#last = Math.max(this.#last, ...offsetsOf(page));
    this.#hasNewer = page.more;
  }

  /** Undefined if the page is of another history. */
  async #ask(edge: object): Promise<HistoryPage | undefined> {
    const page = readHistory(await this.#room.request('history', { roomId: this.#room.roomId, limit: historyPage, ...edge }));
    for (const { userId, userName } of page.entries) this.#room.learnName(userId, userName);
    return page.epoch === this.#epoch ? page : undefined;
  }
}

function offsetsOf({ entries, others }: HistoryPage): readonly number[] {
  return [...others, ...entries.map(({ offset }) => offset)];
}
