import type { Ambient } from '../ambient.js';
import type { KeptReplica, Shelf } from './shelf.js';

/** What others wrote is kept with such a delay: the server has it too. */
export const keepMillis = 1_000;

/** So long what is to be sent waits for the disk. */
export const aboardMillisMax = 1_000;

/** Brings one replica to the disk: as it is now, one write at a time. */
export class Keeper {
  readonly #shelf: Shelf;
  readonly #ambient: Ambient;
  readonly #look: () => KeptReplica;
  readonly #told: () => void;
  #changes = 0;
  #written: number;
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #timer: unknown;

  /**
   * @param kept the replica lies there as it is
   * @param told what {@link kept} says may be different now
   */
  constructor(shelf: Shelf, ambient: Ambient, kept: boolean, look: () => KeptReplica, told: () => void) {
    this.#shelf = shelf;
    this.#ambient = ambient;
    this.#written = kept ? 0 : -1;
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

  /**
   * An operation is about to go out. It must be known here before the server knows it: whoever finds it in the buffer
   * later would send it again as another one. Ends when it is, or cannot be.
   */
  departing(): Promise<void> {
    this.#changes++;
    let timer: unknown;
    const late = new Promise<void>((resolve) => (timer = this.#ambient.setTimeout(resolve, aboardMillisMax)));
    return Promise.race([this.#write(), late]).finally(() => this.#ambient.clearTimeout(timer));
  }

  /** Anything else. */
  changed(): void {
    this.#timer ??= this.#ambient.setTimeout(() => {
      this.#timer = undefined;
      void this.#write();
    }, keepMillis);
  }

  /** Ends when all is written that can be. */
  settled(): Promise<void> {
    this.#ambient.clearTimeout(this.#timer);
    return this.#write();
  }

  /** Ends when what is there now was written, or could not be. One under way may have begun before. */
  #write(): Promise<void> {
    if (!this.#writing) return (this.#writing = this.#writeNow());
    return (this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      return this.#write();
    }));
  }

  async #writeNow(): Promise<void> {
    const changes = this.#changes;
    const replica = this.#look();
    try {
      await this.#shelf.keep(replica);
      this.#written = changes;
    } catch {
      this.#written = -1;
      // What lies there is older than what the server may get to know.
      await this.#shelf.erase(replica.key).catch(() => {});
    }
    this.#writing = undefined;
    this.#told();
  }
}
