/** One JSON object of the wire protocol, as read from or written to a text frame. */
export interface Frame {
  readonly type: string;
  readonly id?: string | number;
  readonly offset?: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A place in a room's history: `offset` counts stored entries from 1 within `epoch`. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** A stored entry of a chat room. `at` is in milliseconds since 1970. */
export interface Entry {
  readonly offset: number;
  readonly userId: string;
  readonly userName: string | undefined;
  readonly text: string;
  readonly at: number;
}

export interface Member {
  readonly userId: string;
  readonly userName: string | undefined;
}

/**
 * The answer to `join_room`: `offset` is the newest one stored when the room was joined, `oldest` the first one
 * that is still held, which is only said where the history could not be recovered.
 */
export interface Joined extends Position {
  readonly recovered: boolean;
  readonly oldest?: number | undefined;
}

/** `others` are the offsets of entries that are no messages: an embedding program may store more than chat does. */
export interface HistoryPage {
  readonly epoch: string;
  readonly entries: readonly Entry[];
  readonly others: readonly number[];
  readonly more: boolean;
}

export interface PresencePage {
  readonly members: readonly Member[];
  readonly total: number;
  readonly next: string | undefined;
}

/** A room's name: 1 to 128 of letters, digits, `-` and `_`. */
export function isRoomId(text: string): boolean {
  return /^[a-zA-Z0-9_-]{1,128}$/.test(text);
}

/** The longest message, in Unicode code points. */
export const messageCodePointsMax = 1000;

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Undefined for anything that is not one JSON object with a `type`. */
export function readFrame(text: string): Frame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return frameOf(value)[0];
}

/** A `chat` or `message` with its offset; undefined for other frames. */
export function readEntry(frame: Frame): Entry | undefined {
  const { offset, data } = frame;
  const text = data['message'];
  const userId = data['userId'];
  if (frame.type !== 'chat' && frame.type !== 'message') return undefined;
  if (offset === undefined || typeof text !== 'string') return undefined;
  return {
    offset,
    userId: typeof userId === 'string' ? userId : '',
    userName: textOf(data, 'userName'),
    text,
    at: instantOf(data['timestamp']),
  };
}

export function readJoined(frame: Frame): Joined {
  const { data } = frame;
  return {
    epoch: textOf(data, 'epoch') ?? '',
    offset: numberOf(data, 'offset') ?? 0,
    recovered: data['recovered'] !== false,
    oldest: numberOf(data, 'oldest'),
  };
}

export function readHistory({ data }: Frame): HistoryPage {
  const entries: Entry[] = [];
  const others: number[] = [];
  for (const frame of listOf(data, 'entries').flatMap(frameOf)) {
    const entry = readEntry(frame);
    if (entry !== undefined) entries.push(entry);
    else if (frame.offset !== undefined) others.push(frame.offset);
  }
  return { epoch: textOf(data, 'epoch') ?? '', entries, others, more: data['more'] === true };
}

export function readMember(data: Frame['data']): Member | undefined {
  const userId = textOf(data, 'userId');
  return userId === undefined ? undefined : { userId, userName: textOf(data, 'userName') };
}

export function readPresence(frame: Frame): PresencePage {
  const members = listOf(frame.data, 'members').flatMap((each) => {
    const member = isRecord(each) ? readMember(each) : undefined;
    return member === undefined ? [] : [member];
  });
  return { members, total: numberOf(frame.data, 'total') ?? members.length, next: textOf(frame.data, 'next') };
}

export function textOf(data: Frame['data'], key: string): string | undefined {
  const value = data[key];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(data: Frame['data'], key: string): number | undefined {
  const value = data[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Milliseconds since 1970 of a timestamp, which `chat` writes as ISO 8601 and `message` as a number. */
export function instantOf(value: unknown): number {
  const instant = typeof value === 'string' ? Date.parse(value) : value;
  return typeof instant === 'number' && Number.isFinite(instant) ? instant : 0;
}

/** The frame, or nothing if the value is none. */
export function frameOf(value: unknown): readonly Frame[] {
  if (!isRecord(value) || typeof value['type'] !== 'string') return [];
  const { type, id, offset, data } = value;
  const frame = {
    type,
    ...(typeof id === 'string' || typeof id === 'number' ? { id } : {}),
    ...(typeof offset === 'number' ? { offset } : {}),
    data: isRecord(data) ? data : {},
  };
  return [frame];
}

export function listOf(data: Frame['data'], key: string): readonly unknown[] {
  const value = data[key];
  return Array.isArray(value) ? value : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
