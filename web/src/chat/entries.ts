import type { Incoming, ServerMessages, StoredPush } from '@peal/client';

export type Data = Incoming['data'];

/** A stored entry of a chat room. `at` is in milliseconds since 1970. */
export interface Entry {
  readonly offset: number;
  readonly userId: string;
  readonly userName: string | undefined;
  readonly text: string;
  readonly at: number;
}

/** `others` are the offsets of entries that are no messages: an embedding program may store more than chat does. */
export interface HistoryPage {
  readonly epoch: string;
  readonly entries: readonly Entry[];
  readonly others: readonly number[];
  readonly more: boolean;
}

/** A `chat` or `message`; undefined for others, and for what an embedding program stored under these names. */
export function readEntry({ type, offset, data }: StoredPush): Entry | undefined {
  const text = textOf(data, 'message');
  if ((type !== 'chat' && type !== 'message') || text === undefined) return undefined;
  const userId = textOf(data, 'userId') ?? '';
  return { offset, userId, userName: textOf(data, 'userName'), text, at: instantOf(data['timestamp']) };
}

export function readHistory({ epoch, entries, more }: ServerMessages['history']): HistoryPage {
  const read: Entry[] = [];
  const others: number[] = [];
  for (const stored of entries) {
    const entry = readEntry(stored);
    if (entry === undefined) others.push(stored.offset);
    else read.push(entry);
  }
  return { epoch, entries: read, others, more };
}

export function textOf(data: Data, key: string): string | undefined {
  const value = data[key];
  return typeof value === 'string' ? value : undefined;
}

/** Milliseconds since 1970 of a timestamp, which `chat` writes as ISO 8601 and `message` as a number. */
function instantOf(value: unknown): number {
  const instant = typeof value === 'string' ? Date.parse(value) : value;
  return typeof instant === 'number' && Number.isFinite(instant) ? instant : 0;
}
