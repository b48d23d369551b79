import { Delta } from '../../src/docs/index.js';
import { below, type Random, whole } from './randomDeltas.js';

interface Letter {
  readonly by: string;
  deleted: boolean;
}

/** Gives every character that is typed an identity, one of its own, and knows what has to become of it. */
export class Ledger {
  readonly #letters = new Map<string, Letter>();
  readonly #runs: string[][] = [];
  #count = 0;

  /** Characters that nobody typed before; every third takes two code units. */
  type(by: string, length: number): string {
    const run = Array.from({ length }, () => {
      const next = this.#count++;
      return String.fromCodePoint(next % 3 === 2 ? 0x20000 + next : 0x3400 + next);
    });
    for (const letter of run) this.#letters.set(letter, { by, deleted: false });
    this.#runs.push(run);
    return run.join('');
  }

  /** A change of what `by` sees. */
  change(by: string, content: Delta, random: Random): Delta {
    const { text, length } = content;
    const at = whole(text, below(random, length + 1));
    const change = new Delta().retain(at);
    const what = random();
    if (what < 0.6 || at === length) return change.insert(this.type(by, 1 + below(random, 3)), random() < 0.2 ? { bold: true } : undefined);
    const until = whole(text, Math.min(length, at + 1 + below(random, 4)));
    if (what < 0.7) return change.retain(until - at, { italic: random() < 0.5 ? true : null });
    for (const letter of text.slice(at, until)) this.#letters.get(letter)!.deleted = true;
    return change.delete(until - at);
  }

  /** What is wrong with the text in which all edits came together; undefined: nothing. */
  wrong(text: string): string | undefined {
    const places = new Map<string, number>();
    for (const letter of text) {
      if (places.has(letter)) return `${nameOf(letter)} is there twice`;
      if (!this.#letters.has(letter)) return `nobody typed ${nameOf(letter)}`;
      places.set(letter, places.size);
    }
    for (const [letter, { by, deleted }] of this.#letters) {
      if (!deleted && !places.has(letter)) return `${nameOf(letter)} of ${by} is lost`;
    }
    for (const run of this.#runs) {
      const there = run.filter((letter) => places.has(letter)).map((letter) => places.get(letter)!);
      if (there.some((place, index) => index > 0 && place < there[index - 1]!)) return `a run is out of order: ${run.map(nameOf).join(' ')}`;
    }
    return undefined;
  }
}

const nameOf = (letter: string): string => `U+${letter.codePointAt(0)!.toString(16)}`;
