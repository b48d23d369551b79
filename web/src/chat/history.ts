import { signal } from '@preact/signals';
import { NoReply, type ServerMessages } from '@peal/client';
import { type Entry, readHistory } from './entries';
import type { RoomSurroundings } from './surroundings';
import { Timeline } from './timeline';

export const historyPage = 50;

export type Loading = 'idle' | 'loading' | 'failed';

/** A room's timeline, and asking the server for the parts that are missing. */
export class History {
  readonly timeline = new Timeline();
  readonly older = signal<Loading>('idle');
  readonly #room: RoomSurroundings;
  #filling: number | undefined;

  constructor(room: RoomSurroundings) {
    this.#room = room;
  }

  get hasOlder(): boolean {
    return this.timeline.hasOlder;
  }

  joined(joined: ServerMessages['joined']): 'first' | 'resumed' | 'broken' {
    return this.timeline.joined(joined);
  }

  /** False if it was here already. */
  add(entry: Entry): boolean {
    const added = this.timeline.add(entry);
    if (added) void this.#fillHole();
    return added;
  }

  /** False if it was here already, or is older than all that is. */
  acknowledged(entry: Entry): boolean {
    const added = this.timeline.acknowledged(entry);
    if (added) void this.#fillHole();
    return added;
  }

  /** Loads the newest page if there is too little to read. */
  refresh(): void {
    if (this.timeline.entries.length < historyPage) void this.loadOlder();
  }

  async loadOlder(): Promise<void> {
    if (this.older.value === 'loading' || !this.timeline.hasOlder) return;
    this.older.value = 'loading';
    try {
      await this.#loadBefore(this.timeline.floor);
      this.older.value = 'idle';
    } catch (error) {
      this.older.value = error instanceof NoReply ? 'idle' : 'failed';
    }
  }

  /** A push was dropped on the way here: asks once for what lies in between. */
  async #fillHole(): Promise<void> {
    const hole = this.timeline.hole;
    if (hole === undefined || this.#filling === hole.before) return;
    this.#filling = hole.before;
    try {
      await this.#loadBefore(hole.before);
    } catch {
      this.#filling = undefined;
    }
  }

  async #loadBefore(before: number | undefined): Promise<void> {
    const data = { roomId: this.#room.roomId, limit: historyPage, ...(before === undefined ? {} : { before }) };
    const page = readHistory(await this.#room.request('history', data));
    if (!this.timeline.merge(page)) return;
    for (const { userId, userName } of page.entries) this.#room.learnName(userId, userName);
    this.#room.touch();
  }
}
