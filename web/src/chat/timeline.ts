import type { Position, ServerMessages } from '@peal/client';
import type { Entry, HistoryPage } from './entries';

/** At most so many entries are held while the reader is at the end; older ones can be loaded again. */
export const entriesMax = 1_000;
/** At most so many entries are held from before a break in the history. */
export const archiveMax = 500;

type Joined = Pick<ServerMessages['joined'], 'epoch' | 'offset' | 'recovered' | 'oldest'>;

/** What could still be shown when the history broke off: it is older than everything in the timeline. */
export interface Archive {
  readonly epoch: string;
  readonly entries: readonly Entry[];
}

/**
 * The known part of one room's history, each offset once, in order. `position` is the newest offset up to
 * which nothing is missing: what a reconnect resumes from.
 */
export class Timeline {
  #epoch: string | undefined;
  #contiguous = 0;
  #entries: Entry[] = [];
  #archives: Archive[] = [];
  #passed = new Set<number>();
  #hasOlder = false;
  #newest = 0;
  #floor = Infinity;

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get archives(): readonly Archive[] {
    return this.#archives;
  }

  /** True if the server holds entries older than the oldest here, or may do so. */
  get hasOlder(): boolean {
    return this.#hasOlder;
  }

  get position(): Position | undefined {
    return this.#epoch === undefined ? undefined : { epoch: this.#epoch, offset: this.#contiguous };
  }

  /** The newest offset that is known to exist, held or not. */
  get newest(): Position | undefined {
    return this.#epoch === undefined ? undefined : { epoch: this.#epoch, offset: this.#newest };
  }

  get oldestOffset(): number | undefined {
    return this.#entries[0]?.offset;
  }

  /** Older entries are those before this offset; undefined if none was seen yet. */
  get floor(): number | undefined {
    const floor = Math.min(this.#floor, this.oldestOffset ?? Infinity);
    return floor === Infinity ? undefined : floor;
  }

  /** What is missing below the first entry beyond {@link position}, if anything is. */
  get hole(): { readonly after: number; readonly before: number } | undefined {
    const next = this.#entries.find((entry) => entry.offset > this.#contiguous);
    return next === undefined ? undefined : { after: this.#contiguous, before: next.offset };
  }

  /**
   * Takes the answer to `join_room`. A first join starts at its offset; a recovered one is followed by what
   * was missed; one that could not be recovered starts anew and keeps the past as an {@link Archive}.
   */
  joined(joined: Joined): 'first' | 'resumed' | 'broken' {
    if (this.#epoch === undefined) {
      this.#begin(joined);
      return 'first';
    }
    if (joined.recovered && joined.epoch === this.#epoch) {
      this.#newest = Math.max(this.#newest, joined.offset);
      return 'resumed';
    }
    this.#archive(joined);
    this.#begin(joined);
    return 'broken';
  }

  /** False if the offset is here already; then the known entry stays. */
  add(entry: Entry): boolean {
    const index = this.#indexOf(entry.offset);
    if (this.#entries[index]?.offset === entry.offset) return false;
    this.#entries.splice(index, 0, entry);
    this.#newest = Math.max(this.#newest, entry.offset);
    this.#advance();
    return true;
  }

  /**
   * Takes an own entry that is known by its acknowledgement alone. One from before all that is held here would stand
   * beside a hole that does not show: it comes with the older history, or is shown before the break already.
   */
  acknowledged(entry: Entry): boolean {
    return entry.offset >= (this.floor ?? this.#contiguous + 1) && this.add(entry);
  }

  /** Whether this entry is here. */
  holds(offset: number): boolean {
    return this.#entries[this.#indexOf(offset)]?.offset === offset;
  }

  /** Takes note of a stored entry that is not shown, so that it does not look like a hole. */
  pass(offset: number): void {
    if (offset <= this.#contiguous) return;
    this.#passed.add(offset);
    this.#newest = Math.max(this.#newest, offset);
    this.#advance();
  }

  /** Merges a page of history; false if it belongs to another epoch. */
  merge(page: HistoryPage): boolean {
    if (page.epoch !== this.#epoch) return false;
    const floor = this.floor ?? Infinity;
    for (const offset of page.others) this.pass(offset);
    for (const entry of page.entries) this.add(entry);
    const lowest = Math.min(...page.others, ...page.entries.map(({ offset }) => offset));
    if (lowest < floor) this.#floor = lowest;
    if (lowest < floor || lowest === Infinity) this.#hasOlder = page.more;
    return true;
  }

  /** Lets go of the oldest entries beyond {@link entriesMax}. */
  trim(): boolean {
    const excess = this.#entries.length - entriesMax;
    if (excess <= 0) return false;
    this.#entries = this.#entries.slice(excess);
    this.#floor = Infinity;
    this.#hasOlder = true;
    return true;
  }

  /** Keeps what the server cannot show again: the rest is read anew, and would be here twice. */
  #archive(joined: Joined): void {
    const epoch = this.#epoch ?? '';
    const again = joined.epoch === epoch ? (joined.oldest ?? joined.offset + 1) : Infinity;
    const entries = this.#entries.filter(({ offset }) => offset < again).slice(-archiveMax);
    if (entries.length > 0) this.#archives.push({ epoch, entries });
  }

  #begin(joined: Joined): void {
    this.#epoch = joined.epoch;
    this.#contiguous = joined.offset;
    this.#newest = joined.offset;
    this.#entries = [];
    this.#passed.clear();
    this.#floor = Infinity;
    this.#hasOlder = joined.offset > 0;
  }

  #advance(): void {
    let index = this.#indexOf(this.#contiguous + 1);
    for (;;) {
      const next = this.#contiguous + 1;
      if (this.#entries[index]?.offset === next) index++;
      else if (!this.#passed.delete(next)) return;
      this.#contiguous = next;
    }
  }

  /** Where `offset` is or would be; nearly always at the end. */
  #indexOf(offset: number): number {
    let low = 0;
    let high = this.#entries.length;
    const last = this.#entries[high - 1];
    if (last === undefined || last.offset < offset) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.offset ?? Infinity) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
