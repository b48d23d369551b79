import type { Position } from '@peal/client';

/**
 * How many entries were stored after the last one read. Offsets have no holes, so the difference is the
 * number; in a new epoch everything is new; before the first reading nothing counts as unread.
 */
export function unreadCount(read: Position | undefined, newest: Position | undefined): number {
  if (read === undefined || newest === undefined) return 0;
  if (read.epoch !== newest.epoch) return newest.offset;
  return Math.max(0, newest.offset - read.offset);
}

/** The later of two places; one of another epoch is always later. */
export function laterOf(read: Position | undefined, next: Position): Position {
  if (read === undefined || read.epoch !== next.epoch || next.offset > read.offset) return next;
  return read;
}
