/** Exclusive locks, given in the order asked for, as `navigator.locks` gives them. */
export class FakeLocks {
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #holders = new Map<string, () => void>();

  request(name: string, run: () => unknown): Promise<unknown> {
    const before = this.#tails.get(name) ?? Promise.resolve();
    const lost = new Promise<void>((resolve) => this.#holders.set(name, this.#holders.get(name) ?? resolve));
    const done = before.then(() => Promise.race([run(), lost]));
    this.#tails.set(name, done);
    return done;
  }

  /** As when the page that holds them is gone. */
  takeAway(): void {
    for (const lose of this.#holders.values()) lose();
  }
}
