interface Taker<T> {
  readonly wants: (value: T) => boolean;
  readonly resolve: (value: T) => void;
}

/** What happened and nobody has looked at yet, oldest first; who takes what is not there yet waits for it. */
export class Mailbox<T> {
  readonly #held: T[] = [];
  readonly #takers: Taker<T>[] = [];

  put(value: T): void {
    const taker = this.#takers.findIndex(({ wants }) => wants(value));
    if (taker === -1) this.#held.push(value);
    else this.#takers.splice(taker, 1)[0]?.resolve(value);
  }

  /** The oldest that is wanted. */
  take(wants: (value: T) => boolean = () => true): Promise<T> {
    const index = this.#held.findIndex(wants);
    if (index === -1) return new Promise((resolve) => this.#takers.push({ wants, resolve }));
    return Promise.resolve(this.#held.splice(index, 1)[0] as T);
  }

  /** All that nobody has taken. */
  get held(): readonly T[] {
    return this.#held;
  }
}
