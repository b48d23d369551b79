import type { Delta } from './delta.js';
import type { CursorPush, DocumentUser, OperationPush, Range } from './messages.js';
import type { Replica } from './replica.js';
import { rangeBefore, sameRange, selectionBehind, within } from './ranges.js';

/** Where somebody else is. */
export interface RemoteCursor extends DocumentUser {
  /** One for each place that a user has the document open. */
  readonly clientId: string;
  readonly range: Range;
}

/** Operations that are remembered, for cursors that were told on an earlier revision. */
const recentMax = 100;

type Operation = { readonly revision: number; readonly clientId: string; readonly change: Delta };

/** Everybody's cursors, in the document as it is shown: moved by every edit, until the next word of their owner. */
export class Cursors {
  readonly shown = new Map<string, RemoteCursor>();
  readonly #replica: Replica;
  readonly #recent: Operation[] = [];
  /** Told on a revision that is not here yet. */
  readonly #ahead = new Map<string, CursorPush>();

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  /** An operation of the server's, before it changes what is shown. */
  confirmed({ revision, clientId }: OperationPush, change: Delta): void {
    this.#recent.push({ revision, clientId: clientId ?? '', change });
    if (this.#recent.length > recentMax) this.#recent.shift();
  }

  /** The document began anew: what came before leads nowhere. */
  replaced(): void {
    this.#recent.length = 0;
  }

  /** What is shown changed. @param by whose cursor goes with it */
  moved(change: Delta, by: string): boolean {
    for (const [id, cursor] of this.shown) {
      this.shown.set(id, { ...cursor, range: selectionBehind(change, cursor.range, id === by) });
    }
    return this.shown.size > 0;
  }

  /** Those that waited for a revision that is here now. */
  caughtUp(): boolean {
    const ready = [...this.#ahead.values()].filter(({ revision = 0 }) => revision <= this.#replica.revision);
    return ready.map((push) => this.told(push)).includes(true);
  }

  /** Somebody says where they are. */
  told(push: CursorPush): boolean {
    const { userId, userName = null, position, revision = this.#replica.revision } = push;
    const clientId = push.clientId ?? userId ?? '';
    this.#ahead.delete(clientId);
    if (clientId === this.#replica.clientId) return false;
    if (position === null) return this.shown.delete(clientId);
    if (revision > this.#replica.revision) {
      this.#ahead.set(clientId, push);
      return false;
    }
    const range = typeof position === 'number' ? { index: position, length: 0 } : position;
    const now = within(this.#caughtUp(range, revision, clientId), this.#replica.content.length);
    const before = this.shown.get(clientId);
    this.shown.set(clientId, { clientId, userId, userName, range: now });
    return !before || !sameRange(before.range, now);
  }

  /** Those of users who are not here any more go. */
  keep(isHere: (userId: string | null) => boolean): boolean {
    const gone = [...this.shown.values()].filter(({ userId }) => !isHere(userId));
    for (const { clientId } of gone) this.shown.delete(clientId);
    return gone.length > 0;
  }

  #caughtUp(range: Range, revision: number, clientId: string): Range {
    const { flight, buffer } = this.#replica;
    let now = range;
    for (const operation of this.#recent) {
      if (operation.revision > revision) now = selectionBehind(operation.change, now, operation.clientId === clientId);
    }
    if (flight) now = selectionBehind(flight.now, now, false);
    return selectionBehind(buffer, now, false);
  }
}

/** One's own cursor: told when it is not where the others think it is. */
export class OwnCursor {
  readonly #replica: Replica;
  #range: Range | null = null;
  /** Where the others see it. */
  #told: Range | null = null;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  set(range: Range | null): void {
    this.#range = range;
  }

  moved(change: Delta, own: boolean): void {
    this.#range = this.#range && selectionBehind(change, this.#range, own);
    this.#told = this.#told && selectionBehind(change, this.#told, own);
  }

  /** Nobody knows it any more. */
  forgotten(): void {
    this.#told = null;
  }

  /** What to say now; undefined where the others know. */
  news(): Pick<CursorPush, 'position' | 'revision'> | undefined {
    if (sameRange(this.#range, this.#told)) return undefined;
    this.#told = this.#range;
    const { flight, buffer, revision } = this.#replica;
    if (!this.#range) return { position: null, revision };
    const behindFlight = rangeBefore(buffer, this.#range);
    return { position: flight ? rangeBefore(flight.now, behindFlight) : behindFlight, revision };
  }
}
