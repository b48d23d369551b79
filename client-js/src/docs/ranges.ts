import type { Delta } from './delta.js';
import type { Range } from './messages.js';
import type { Replica } from './replica.js';

const between = (from: number, to: number): Range => ({ index: from, length: Math.max(0, to - from) });

/**
 * A selection behind a change. A caret goes with what its own user types there, and stays before what others do; what is
 * typed at the edges of a part is not in it.
 */
export function selectionBehind(change: Delta, { index, length }: Range, own: boolean): Range {
  const caret = length === 0;
  const start = change.transformPosition(index, caret && !own);
  return between(start, caret ? start : change.transformPosition(index + length, true));
}

/** A marked part behind a change. Null where nothing of it is left. */
export function markBehind(change: Delta, range: Range): Range | null {
  const moved = selectionBehind(change, range, false);
  return moved.length > 0 ? moved : null;
}

/** Where a part of what is shown is in what the server confirmed. */
export function rangeBefore({ pending }: Replica, { index, length }: Range): Range {
  return between(pending.originOf(index), pending.originOf(index + length));
}

/** What of a part is in a document so long. */
export function within({ index, length }: Range, end: number): Range {
  return between(Math.min(index, end), Math.min(index + length, end));
}

export function sameRange(one: Range | null, other: Range | null): boolean {
  return one?.index === other?.index && one?.length === other?.length;
}
