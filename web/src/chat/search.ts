import { batch, signal } from '@preact/signals';
import { Refusal, type ServerMessages } from '@peal/client';
import { type Entry, readEntry } from './entries';
import type { RoomSurroundings } from './surroundings';

const searchPage = 20;
/** A page may be empty although older ones are not: so many are asked for before the reader has to say so. */
const emptyPagesMax = 4;

/** From the first code point to the one behind the last. */
export type Range = readonly [number, number];

/** An entry that was found, and where in its text. */
export interface Hit {
  readonly entry: Entry;
  readonly highlights: readonly Range[];
}

/** Why there is no answer. `retryAt` in milliseconds since 1970, where the server named a time. */
export interface SearchProblem {
  readonly kind: 'busy' | 'refused' | 'unanswered';
  readonly reason: string;
  readonly retryAt: number | undefined;
}

/** Looking for words in one room. The newest question counts: an answer to an earlier one is dropped. */
export class Search {
  /** What was asked for; undefined before the first time. */
  readonly query = signal<string | undefined>(undefined);
  readonly hits = signal<readonly Hit[]>([]);
  readonly next = signal<number | undefined>(undefined);
  readonly searching = signal(false);
  readonly problem = signal<SearchProblem | undefined>(undefined);
  readonly #room: RoomSurroundings;
  #asked = 0;

  constructor(room: RoomSurroundings) {
    this.#room = room;
  }

  async find(query: string): Promise<void> {
    this.clear();
    this.query.value = query;
    await this.#load(query, undefined);
  }

  /** Older hits. */
  async more(): Promise<void> {
    const { query, next, searching } = this;
    if (query.value !== undefined && next.value !== undefined && !searching.value) await this.#load(query.value, next.value);
  }

  clear(): void {
    this.#asked++;
    batch(() => {
      this.query.value = undefined;
      this.hits.value = [];
      this.next.value = undefined;
      this.searching.value = false;
      this.problem.value = undefined;
    });
  }

  async #load(query: string, from: number | undefined): Promise<void> {
    const asked = ++this.#asked;
    this.searching.value = true;
    this.problem.value = undefined;
    let before = from;
    try {
      for (let pages = 0; pages < emptyPagesMax; pages++) {
        const { results, next } = await this.#page(query, before);
        if (asked !== this.#asked) return;
        const hits = results.flatMap(readHit);
        this.#found(hits, next);
        before = next;
        if (hits.length > 0 || before === undefined) break;
      }
    } catch (error) {
      if (asked === this.#asked) this.problem.value = problemOf(error);
    }
    if (asked === this.#asked) this.searching.value = false;
  }

  #page(query: string, before: number | undefined): Promise<ServerMessages['search_results']> {
    return this.#room.request('search', { roomId: this.#room.roomId, query, limit: searchPage, ...(before === undefined ? {} : { before }) });
  }

  #found(hits: readonly Hit[], next: number | undefined): void {
    for (const { entry } of hits) this.#room.learnName(entry.userId, entry.userName);
    batch(() => {
      this.hits.value = [...this.hits.value, ...hits];
      this.next.value = next;
    });
  }
}

function readHit(result: ServerMessages['search_results']['results'][number]): readonly Hit[] {
  const entry = readEntry(result);
  return entry === undefined ? [] : [{ entry, highlights: result.highlights }];
}

function problemOf(error: unknown): SearchProblem {
  if (!(error instanceof Refusal)) return { kind: 'unanswered', reason: 'The server did not answer.', retryAt: undefined };
  const { message, retryAfterMs } = error;
  if (retryAfterMs === undefined) return { kind: 'refused', reason: message, retryAt: undefined };
  return { kind: 'busy', reason: message, retryAt: Date.now() + retryAfterMs };
}
