import type { Delta } from './delta.js';
import type { CursorPush, DocumentUser, Range } from './messages.js';
import { rangeBefore, sameRange, selectionBehind, within } from './ranges.js';
import type { Recent } from './recent.js';
import type { Replica } from './replica.js';

/** Where somebody else is. */
export interface RemoteCursor extends DocumentUser {
  /** One for each place that a user has the document open. */
  readonly clientId: string;
  readonly range: Range;
}

/** Everybody's cursors, in the document as it is shown: moved by every edit, until the next word of their owner. */
export class Cursors {
  readonly shown = new Map<string, RemoteCursor>();
  readonly #replica: Replica;
  readonly #recent: Recent;
  /** Told on a revision that is not here yet. */
  readonly #ahead = new Map<string, CursorPush>();

  constructor(replica: Replica, recent: Recent) {
    this.#replica = replica;
    this.#recent = recent;
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
    const told = typeof position === 'number' ? { index: position, length: 0 } : position;
    const range = within(this.#recent.selection(told, revision, clientId), this.#replica.content.length);
    const before = this.shown.get(clientId);
    this.shown.set(clientId, { clientId, userId, userName, range });
    return !before || !sameRange(before.range, range);
  }

  /** Those of users who are not here any more go. */
  keep(isHere: (userId: string | null) => boolean): boolean {
    const gone = [...this.shown.values(), ...this.#ahead.values()].filter(({ userId }) => !isHere(userId));
    for (const { clientId, userId } of gone) this.#ahead.delete(clientId ?? userId ?? '');
    return gone.map(({ clientId }) => this.shown.delete(clientId ?? '')).includes(true);
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
    return { position: this.#range && rangeBefore(this.#replica, this.#range), revision: this.#replica.revision };
  }
}
