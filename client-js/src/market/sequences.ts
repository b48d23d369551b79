/** What one channel of a symbol went through since the client was made. */
export interface ChannelHealth {
  /** Of the newest message; 0: none yet. */
  readonly sequence: number;
  /** Sequences that the server said it leaves out. */
  readonly skipped: number;
  /** Times that sequences were missing and nobody had said so. */
  readonly gaps: number;
  /** Messages that came again, or behind a newer one. */
  readonly duplicates: number;
}

/** Counts the sequences of one channel, and says where some are missing. */
export class Sequences implements ChannelHealth {
  sequence = 0;
  skipped = 0;
  gaps = 0;
  duplicates = 0;
  readonly #missing: (from: number, to: number, told: boolean) => void;
  #begun = false;

  constructor(missing: (from: number, to: number, told: boolean) => void) {
    this.#missing = missing;
  }

  /** Another connection, maybe of another server: the next message begins. */
  restart(): void {
    this.#begun = false;
  }

  /** False for what is not newer than what came already. */
  take(sequence: number): boolean {
    if (this.#isOld(sequence)) {
      this.duplicates++;
      return false;
    }
    this.#reach(sequence);
    this.sequence = sequence;
    return true;
  }

  /** The server says that these will not come. */
  skip(from: number, to: number): void {
    if (this.#isOld(to)) return;
    const first = this.#begun ? Math.max(from, this.sequence + 1) : from;
    this.#reach(first);
    this.skipped += to - first + 1;
    this.sequence = to;
    this.#missing(first, to, true);
  }

  #isOld(sequence: number): boolean {
    return this.#begun && sequence <= this.sequence;
  }

  #reach(next: number): void {
    const expected = this.sequence + 1;
    const lost = this.#begun && next > expected;
    this.#begun = true;
    if (!lost) return;
    this.gaps++;
    this.#missing(expected, next - 1, false);
  }
}
