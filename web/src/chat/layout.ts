import type { Outgoing } from './delivery';
import type { Entry } from './entries';
import type { Archive } from './timeline';

/** One message as shown. `outgoing` is set until the server acknowledged it. */
export interface Line {
  readonly key: string;
  readonly userId: string;
  readonly text: string;
  readonly at: number;
  readonly outgoing: Outgoing | undefined;
  /** The reader was led to this one. */
  readonly found: boolean;
}

export type Block =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'gap'; readonly key: string }
  | { readonly kind: 'older'; readonly key: string }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'group'; readonly key: string; readonly userId: string; readonly at: number; readonly lines: readonly Line[] };

export interface Contents {
  readonly archives: readonly Archive[];
  readonly entries: readonly Entry[];
  readonly outgoing: readonly Outgoing[];
  readonly epoch: string;
  readonly me: string;
  /** A mark stands before the first entry with a greater offset, if it is someone else's. */
  readonly newAfter: number | undefined;
  /** The offset of the entry that the reader was led to. */
  readonly found?: number | undefined;
}

/** Messages of one person stand together if they are no further apart than this. */
export const groupMillis = 5 * 60_000;
/** And no more than so many, so that a name is always near. */
export const groupLinesMax = 20;

/** What a reader sees, from the oldest to the newest: days, groups of one person's messages, marks. */
export function layOut(contents: Contents): readonly Block[] {
  const layout = new Layout();
  contents.archives.forEach(({ epoch, entries }, index) => {
    for (const entry of entries) layout.line(lineOf(entry, epoch));
    layout.mark({ kind: 'gap', key: `gap-${index}` });
  });
  layout.mark({ kind: 'older', key: 'older' });
  let marked = contents.newAfter === undefined;
  for (const entry of contents.entries) {
    if (!marked && entry.offset > (contents.newAfter ?? 0) && entry.userId !== contents.me) {
      layout.mark({ kind: 'new', key: 'new' }, entry.at);
      marked = true;
    }
    layout.line(lineOf(entry, contents.epoch, contents.found));
  }
  for (const outgoing of contents.outgoing) {
    if (outgoing.seenAs === undefined) layout.line(outgoingLine(outgoing, contents.me));
  }
  return layout.blocks;
}

class Layout {
  readonly blocks: Block[] = [];
  #day = '';
  #lines: Line[] = [];

  /** A mark that stands before an entry comes after that entry's day. */
  mark(block: Block, at?: number): void {
    if (at !== undefined) this.#startDay(at);
    this.blocks.push(block);
    this.#lines = [];
  }

  line(line: Line): void {
    this.#startDay(line.at);
    const previous = this.#lines.at(-1);
    if (previous !== undefined && this.#belongs(line, previous)) {
      this.#lines.push(line);
      return;
    }
    this.#lines = [line];
    this.blocks.push({ kind: 'group', key: line.key, userId: line.userId, at: line.at, lines: this.#lines });
  }

  #belongs(line: Line, previous: Line): boolean {
    const near = Math.abs(line.at - previous.at) <= groupMillis;
    return line.userId === previous.userId && near && this.#lines.length < groupLinesMax;
  }

  #startDay(at: number): void {
    const day = new Date(at).toDateString();
    if (day === this.#day) return;
    this.#day = day;
    this.mark({ kind: 'day', key: `day-${this.blocks.length}-${day}`, at });
  }
}

function lineOf({ offset, userId, text, at }: Entry, epoch: string, found?: number): Line {
  return { key: `${epoch}:${offset}`, userId, text, at, outgoing: undefined, found: offset === found };
}

function outgoingLine(outgoing: Outgoing, me: string): Line {
  return { key: outgoing.messageId, userId: me, text: outgoing.text, at: outgoing.at, outgoing, found: false };
}
