import { batch, signal } from '@preact/signals';
import { Passage } from './passage';
import type { RoomSurroundings } from './surroundings';
import type { Timeline } from './timeline';

/** The entry that the reader was led to. A new object each time, even for the same entry. */
export interface Place {
  readonly offset: number;
}

/** Leads the reader to any entry of a room: in the timeline if it is there, else in a passage of its own. */
export class Lookback {
  readonly place = signal<Place | undefined>(undefined);
  /** What is shown instead of the timeline. */
  readonly passage = signal<Passage | undefined>(undefined);
  readonly #room: RoomSurroundings;
  readonly #timeline: Timeline;
  #asked = 0;
  #goingOn = false;

  constructor(room: RoomSurroundings, timeline: Timeline) {
    this.#room = room;
    this.#timeline = timeline;
  }

  /** False if the entry is no longer kept, or the reader went elsewhere. Rejects as requests do. */
  async goTo(offset: number): Promise<boolean> {
    const asked = ++this.#asked;
    if (this.#timeline.holds(offset)) {
      this.#show(offset, undefined);
      return true;
    }
    const passage = new Passage(this.#room, this.#timeline.position?.epoch ?? '');
    const found = await passage.load(offset);
    if (!found || asked !== this.#asked) return false;
    this.#show(offset, passage);
    this.#join(passage);
    return true;
  }

  /** Back to the timeline and its end. */
  toEnd(): void {
    this.#asked++;
    if (this.place.value === undefined) return;
    batch(() => {
      this.place.value = undefined;
      this.passage.value = undefined;
      this.#room.touch();
    });
  }

  async loadOlder(): Promise<void> {
    const passage = this.passage.value;
    if (passage?.full === true) await this.#goOn(passage.entries[0]?.offset);
    else await passage?.loadOlder();
  }

  async loadNewer(): Promise<void> {
    const passage = this.passage.value;
    if (passage?.full === true) return this.#goOn(passage.entries.at(-1)?.offset);
    await passage?.loadNewer();
    if (passage !== undefined && passage === this.passage.value) this.#join(passage);
  }

  async #goOn(offset: number | undefined): Promise<void> {
    if (offset === undefined || this.#goingOn) return;
    this.#goingOn = true;
    try {
      await this.goTo(offset);
    } catch {
      // No answer: the reader stays here, and scrolling asks again.
    }
    this.#goingOn = false;
  }

  #show(offset: number, passage: Passage | undefined): void {
    batch(() => {
      this.place.value = { offset };
      this.passage.value = passage;
      this.#room.touch();
    });
  }

  /** A passage that has reached the timeline becomes part of it. */
  #join(passage: Passage): void {
    const { floor, position } = this.#timeline;
    if (passage.last + 1 < (floor ?? (position?.offset ?? 0) + 1)) return;
    if (!this.#timeline.merge(passage.page)) return;
    batch(() => {
      this.passage.value = undefined;
      this.#room.touch();
    });
  }
}
