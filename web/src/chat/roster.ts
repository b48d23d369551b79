import type { ServerMessages } from '@peal/client';

export interface Member {
  readonly userId: string;
  readonly userName: string | undefined;
}

/** Who is in a room, by user. Above the server's limit only `total` is known. */
export class Roster {
  #members = new Map<string, Member>();
  #total = 0;

  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  get total(): number {
    return Math.max(this.#total, this.#members.size);
  }

  /** The first page replaces what was known, a later one adds to it. */
  page(members: readonly Member[], total: number, first: boolean): void {
    if (first) this.#members = new Map();
    for (const member of members) this.#members.set(member.userId, member);
    this.#total = total;
  }

  counted(total: number): void {
    this.#total = total;
  }

  /** False if the user was here already. */
  joined(member: Member): boolean {
    const fresh = !this.#members.has(member.userId);
    this.#members.set(member.userId, member);
    if (fresh) this.#total++;
    return fresh;
  }

  /** Undefined if the user was not here. */
  left(userId: string): Member | undefined {
    const member = this.#members.get(userId);
    if (this.#members.delete(userId)) this.#total--;
    return member;
  }
}

/** Undefined for a visitor without a name to the server. */
export function readMember({ userId, userName }: Pick<ServerMessages['user_joined'], 'userId' | 'userName'>): Member | undefined {
  return userId === null ? undefined : { userId, userName: userName ?? undefined };
}
