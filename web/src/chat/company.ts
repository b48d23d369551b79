import { signal } from '@preact/signals';
import { type Frame, numberOf, readMember, readPresence, textOf } from '../wire/frames';
import { Roster } from './roster';
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

  typing({ data }: Frame): void {
    const userId = textOf(data, 'userId');
    if (userId === undefined || userId === this.#room.me()) return;
    this.#room.learnName(userId, textOf(data, 'userName'));
    this.typists.heard(userId, data['typing'] === true);
  }

  /** Takes `user_joined` and `user_left`. */
  moved({ type, data }: Frame): void {
    const member = readMember(data);
    if (member === undefined) return;
    this.#room.learnName(member.userId, member.userName);
    const joined = type === 'user_joined';
    const changed = joined ? this.roster.joined(member) : this.roster.left(member.userId) !== undefined;
    if (!joined) this.typists.heard(member.userId, false);
    if (changed) this.#tell({ userId: member.userId, joined });
    this.#room.touch();
  }

  counted({ data }: Frame): void {
    this.roster.counted(numberOf(data, 'total') ?? this.roster.total);
    this.#room.touch();
  }

  async #page(after: string | undefined): Promise<string | undefined> {
    const data = { roomId: this.#room.roomId, limit: presencePage, ...(after === undefined ? {} : { after }) };
    const page = readPresence(await this.#room.request('presence', data));
    this.roster.page(page, after === undefined);
    for (const { userId, userName } of page.members) this.#room.learnName(userId, userName);
    this.#room.touch();
    return page.next;
  }

  #tell(notice: Notice): void {
    clearTimeout(this.#timer);
    this.notice.value = notice;
    this.#timer = setTimeout(() => (this.notice.value = undefined), noticeMillis);
  }
}
