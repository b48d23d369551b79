import type { Ambient } from '../ambient.js';
import { Cursors, OwnCursor } from './cursors.js';
import type { Delta } from './delta.js';
import type { CursorPush, DocumentUser, Range } from './messages.js';
import type { Recent } from './recent.js';
import type { Replica } from './replica.js';

/** Between two words about one's own cursor. */
export const cursorMillis = 100;

export interface CompanyOwner {
  users(): void;
  cursors(): void;
  /** Whether one can be heard. */
  heard(): boolean;
  say(where: Pick<CursorPush, 'position' | 'revision'>): void;
}

/** Who has the document open, and where they are in it. */
export class Company {
  /** By user id; all of those without one are one. */
  readonly users = new Map<string, DocumentUser>();
  readonly cursors: Cursors;
  readonly #own: OwnCursor;
  readonly #ambient: Ambient;
  readonly #owner: CompanyOwner;
  #timer: unknown;

  constructor(replica: Replica, recent: Recent, ambient: Ambient, owner: CompanyOwner) {
    this.cursors = new Cursors(replica, recent);
    this.#own = new OwnCursor(replica);
    this.#ambient = ambient;
    this.#owner = owner;
  }

  /** One is there again: with these, and nobody knows where one is. */
  found(users: readonly DocumentUser[]): void {
    this.users.clear();
    for (const user of users) this.#enter(user);
    if (this.cursors.keep((userId) => this.users.has(userId ?? ''))) this.#owner.cursors();
    this.#owner.users();
    this.#introduce();
  }

  /** Somebody came, who has heard nothing yet. */
  came(user: DocumentUser): void {
    this.#enter(user);
    this.#owner.users();
    this.#introduce();
  }

  went(userId: string | null): void {
    this.users.delete(userId ?? '');
    if (this.cursors.keep((other) => other !== userId)) this.#owner.cursors();
    this.#owner.users();
  }

  told(push: CursorPush): void {
    if (this.cursors.told(push)) this.#owner.cursors();
  }

  /** The revision that somebody's cursor was told on may be here now. */
  caughtUp(): void {
    if (this.cursors.caughtUp()) this.#owner.cursors();
  }

  /** True: others' cursors are elsewhere now. @param by whose edit it was; `own`: one's own */
  moved(change: Delta, by: string, own: boolean): boolean {
    this.#own.moved(change, own);
    return this.cursors.moved(change, by);
  }

  /** One is here. */
  set(range: Range | null): void {
    this.#own.set(range);
    this.#tell();
  }

  end(): void {
    this.#ambient.clearTimeout(this.#timer);
  }

  #enter({ userId, userName }: DocumentUser): void {
    this.users.set(userId ?? '', { userId, userName });
  }

  #introduce(): void {
    this.#own.forgotten();
    this.#tell();
  }

  #tell(): void {
    if (this.#timer !== undefined) return;
    this.#timer = this.#ambient.setTimeout(() => {
      this.#timer = undefined;
      this.#say();
    }, cursorMillis);
    this.#say();
  }

  #say(): void {
    const news = this.#owner.heard() ? this.#own.news() : undefined;
    if (news) this.#owner.say(news);
  }
}
