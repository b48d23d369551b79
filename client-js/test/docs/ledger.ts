import { Delta } from '../../src/docs/index.js';
import { below, type Random, whole } from './randomDeltas.js';

interface Letter {
  readonly by: string;
  /** `maybe`: where it was, somebody's last edits may be lost. */
  there: 'yes' | 'maybe';
  deleted: 'no' | 'maybe' | 'yes';
}

interface Edit {
  readonly typed: readonly Letter[];
  readonly deleted: readonly Letter[];
}

/** Gives every character that is typed an identity, one of its own, and knows what has to become of it. */
export class Ledger {
  readonly #letters = new Map<string, Letter>();
  readonly #runs: string[][] = [];
  /** By who wrote it, what is not safe yet. */
  readonly #unsafe = new Map<string, readonly Edit[]>();
  #count = 0;

  /** A change of what `by` sees: characters that nobody typed before, every third of two code units, or others deleted. */
  change(by: string, content: Delta, random: Random): Delta {
    const { text, length } = content;
    const at = whole(text, below(random, length + 1));
    const change = new Delta().retain(at);
    const what = random();
    if (what < 0.6 || at === length) return change.insert(this.#type(by, 1 + below(random, 3)), random() < 0.2 ? { bold: true } : undefined);
    const until = whole(text, Math.min(length, at + 1 + below(random, 4)));
    if (what < 0.7) return change.retain(until - at, { italic: random() < 0.5 ? true : null });
    const deleted = [...text.slice(at, until)].map((letter) => this.#letters.get(letter)!);
    for (const letter of deleted) letter.deleted = 'yes';
    this.#note(by, { typed: [], deleted });
    return change.delete(until - at);
  }

  /** What `by` wrote until now is safe. */
  safe(by: string): void {
    this.#unsafe.delete(by);
  }

  /** What of it was not safe may be lost: typed or not, deleted or not. */
  doubt(by: string): void {
    for (const { typed, deleted } of this.#unsafe.get(by) ?? []) {
      for (const letter of typed) letter.there = 'maybe';
      for (const letter of deleted) letter.deleted = 'maybe';
    }
    this.safe(by);
  }

  #type(by: string, length: number): string {
    const run = Array.from({ length }, () => {
      const next = this.#count++;
      return String.fromCodePoint(next % 3 === 2 ? 0x20000 + next : 0x3400 + next);
    });
    const typed = run.map((name): Letter => {
      const letter: Letter = { by, there: 'yes', deleted: 'no' };
      this.#letters.set(name, letter);
      return letter;
    });
    this.#note(by, { typed, deleted: [] });
    this.#runs.push(run);
    return run.join('');
  }

  #note(by: string, edit: Edit): void {
    this.#unsafe.set(by, [...(this.#unsafe.get(by) ?? []), edit]);
  }

  /** What is wrong with the text in which all edits came together; undefined: nothing. */
  wrong(text: string): string | undefined {
    const places = new Map<string, number>();
    for (const letter of text) {
      if (places.has(letter)) return `${nameOf(letter)} is there twice`;
      if (!this.#letters.has(letter)) return `nobody typed ${nameOf(letter)}`;
      places.set(letter, places.size);
    }
    for (const [letter, { by, there, deleted }] of this.#letters) {
      if (there === 'yes' && deleted === 'no' && !places.has(letter)) return `${nameOf(letter)} of ${by} is lost`;
      if (deleted === 'yes' && places.has(letter)) return `${nameOf(letter)} of ${by} is there though it was deleted`;
    }
    for (const run of this.#runs) {
      const there = run.filter((letter) => places.has(letter)).map((letter) => places.get(letter)!);
      if (there.some((place, index) => index > 0 && place < there[index - 1]!)) return `a run is out of order: ${run.map(nameOf).join(' ')}`;
    }
    return undefined;
  }
}

const nameOf = (letter: string): string => `U+${letter.codePointAt(0)!.toString(16)}`;
