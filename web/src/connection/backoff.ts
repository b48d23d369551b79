/** A source of numbers in [0, 1); a parameter, so that a test can seed it. */
export type Random = () => number;

export interface BackoffLimits {
  readonly baseMillis: number;
  readonly ceilingMillis: number;
  readonly decay: number;
}

export const backoffDefaults: BackoffLimits = { baseMillis: 1_000, ceilingMillis: 30_000, decay: 1.5 };

/**
 * Full jitter: each delay is uniform between nothing and a ceiling that grows with every attempt, so that
 * clients which lost the same server do not return together
 * (Brooker, "Exponential Backoff And Jitter", 2015).
 */
export class Backoff {
  #attempts = 0;
  readonly #random: Random;
  readonly #limits: BackoffLimits;

  constructor(random: Random, limits: BackoffLimits = backoffDefaults) {
    this.#random = random;
    this.#limits = limits;
  }

  /** The next delay in milliseconds; a `floorMillis` is added to it. */
  next(floorMillis = 0): number {
    const { baseMillis, ceilingMillis, decay } = this.#limits;
    const ceiling = Math.min(ceilingMillis, baseMillis * decay ** this.#attempts);
    this.#attempts++;
    return Math.round(floorMillis + this.#random() * ceiling);
  }

  reset(): void {
    this.#attempts = 0;
  }
}
