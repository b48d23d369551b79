import type { Delta } from './delta.js';
import type { Range } from './messages.js';

const between = (from: number, to: number): Range => ({ index: from, length: Math.max(0, to - from) });

/** A selection behind a change. What its own user types at its edge comes before it, what others do behind it. */
export function selectionBehind(change: Delta, { index, length }: Range, own: boolean): Range {
  return between(change.transformPosition(index, !own), change.transformPosition(index + length, !own));
}

/** A marked part behind a change: what is typed at its edges is not in it. Null where nothing of it is left. */
export function markBehind(change: Delta, { index, length }: Range): Range | null {
  const moved = between(change.transformPosition(index), change.transformPosition(index + length, true));
  return moved.length > 0 ? moved : null;
}

/** Where a part was before a change. */
export function rangeBefore(change: Delta, { index, length }: Range): Range {
  return between(change.originOf(index), change.originOf(index + length));
}

/** What of a part is in a document so long. */
export function within({ index, length }: Range, end: number): Range {
  return between(Math.min(index, end), Math.min(index + length, end));
}

export function sameRange(one: Range | null, other: Range | null): boolean {
  return one?.index === other?.index && one?.length === other?.length;
}
