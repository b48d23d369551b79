import type { Ambient } from '../ambient.js';
import type { KeptReplica, Shelf } from './shelf.js';

/** What others wrote is kept with such a delay: the server has it too. */
export const keepMillis = 1_000;

/** Brings one replica to the disk: as it is now, one write at a time. */
export class Keeper {
  readonly #shelf: Shelf;
  readonly #ambient: Ambient;
  readonly #look: () => KeptReplica;
  readonly #told: () => void;
  #changes = 0;
  #written = -1;
  #writing: Promise<void> | undefined;
  #timer: unknown;

  /** @param told what {@link kept} says may be different now */
  constructor(shelf: Shelf, ambient: Ambient, look: () => KeptReplica, told: () => void) {
    this.#shelf = shelf;
    this.#ambient = ambient;
    this.#look = look;
    this.#told = told;
  }

  /** Whether all that is pending is on the disk. */
  get kept(): boolean {
    return this.#written === this.#changes;
  }

  /** One's own edit, which nobody else has. */
  edited(): void {
    this.#changes++;
    void this.#write();
  }

  /** Anything else. */
  changed(): void {
    this.#timer ??= this.#ambient.setTimeout(() => {
      this.#timer = undefined;
      void this.#write();
    }, keepMillis);
  }

  /** Ends when all is written that can be. */
  async settled(): Promise<void> {
    this.#ambient.clearTimeout(this.#timer);
    await this.#write();
    await this.#writing;
  }

  #write(): Promise<void> {
    const before = this.#writing;
    if (before) return before.then(() => (this.kept ? undefined : this.#write()));
    const changes = this.#changes;
    this.#writing = this.#shelf
      .keep(this.#look())
      .then(
        () => (this.#written = changes),
        () => (this.#written = -1),
      )
      .then(() => {
        this.#writing = undefined;
        this.#told();
      });
    return this.#writing;
  }
}
