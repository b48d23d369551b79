import { signal } from '@preact/signals';
import type { ServerMessages } from '@peal/client';
import { readMember, Roster } from './roster';
import type { RoomSurroundings } from './surroundings';
import { Typists } from './typing';

const presencePage = 200;
const presencePagesMax = 5;
const noticeMillis = 4_000;

/** Someone came or went, shown for a moment. */
export interface Notice {
  readonly userId: string;
  readonly joined: boolean;
}

/** Who is in a room with the visitor, and what they are about to do. */
export class Company {
  readonly roster = new Roster();
  readonly typists: Typists;
  readonly notice = signal<Notice | undefined>(undefined);
  readonly #room: RoomSurroundings;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: RoomSurroundings) {
    this.#room = room;
    this.typists = new Typists(() => room.touch());
  }

  async refresh(): Promise<void> {
    try {
      let after: string | undefined;
      for (let count = 0; count < presencePagesMax && (count === 0 || after !== undefined); count++) {
        after = await this.#page(after);
      }
    } catch {
      // Not answered: joins and leaves still tell who is here, and the next opening asks again.
    }
  }

  typing({ userId, userName, typing }: ServerMessages['typing']): void {
    if (userId === null || userId === this.#room.me()) return;
    this.#room.learnName(userId, userName ?? undefined);
    this.typists.heard(userId, typing);
  }

  joined(data: ServerMessages['user_joined']): void {
    const member = readMember(data);
    if (member === undefined) return;
    this.#room.learnName(member.userId, member.userName);
    if (this.roster.joined(member)) this.#tell({ userId: member.userId, joined: true });
    this.#room.touch();
  }

  left(data: ServerMessages['user_left']): void {
    const member = readMember(data);
    if (member === undefined) return;
    this.#room.learnName(member.userId, member.userName);
    this.typists.heard(member.userId, false);
    if (this.roster.left(member.userId) !== undefined) this.#tell({ userId: member.userId, joined: false });
    this.#room.touch();
  }

  counted({ total }: ServerMessages['presence_count']): void {
    this.roster.counted(total);
    this.#room.touch();
  }

  async #page(after: string | undefined): Promise<string | undefined> {
    const data = { roomId: this.#room.roomId, limit: presencePage, ...(after === undefined ? {} : { after }) };
    const { members, total, next } = await this.#room.request('presence', data);
    const known = members.flatMap((member) => readMember(member) ?? []);
    this.roster.page(known, total, after === undefined);
    for (const { userId, userName } of known) this.#room.learnName(userId, userName);
    this.#room.touch();
    return next;
  }

  #tell(notice: Notice): void {
    clearTimeout(this.#timer);
    this.notice.value = notice;
    this.#timer = setTimeout(() => (this.notice.value = undefined), noticeMillis);
  }
}
