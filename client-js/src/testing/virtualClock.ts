interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

// Taken when the module is read: a test may put its own in their place later.
const { setTimeout: realTimeout } = globalThis;
const realImmediate = (globalThis as { setImmediate?: (run: () => void) => void }).setImmediate;

/** Time that passes only when a test says so. */
export class VirtualClock {
  /** What timers count by; the wall clock is `#wallOffset` away from it. */
  #time = 0;
  #wallOffset: number;
  #count = 0;
  readonly #timers = new Set<Timer>();

  /** @param now milliseconds since 1970 at the beginning */
  constructor(now = 1_795_374_000_000) {
    this.#wallOffset = now;
  }

  /** Milliseconds since the beginning, whatever somebody did to the clock. */
  get elapsed(): number {
    return this.#time;
  }

  now(): number {
    return this.#time + this.#wallOffset;
  }

  setTimeout(run: () => void, millis: number): unknown {
    const timer = { at: this.#time + Math.max(0, millis), order: this.#count++, run };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as Timer);
  }

  /** Lets promises that can end do so; no time passes. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) {
      await new Promise<void>((done) => (realImmediate ? realImmediate(done) : realTimeout(done, 0)));
    }
  }

  /** Time passes: every timer runs at its own moment, in order. */
  async advance(millis: number): Promise<void> {
    const end = this.#time + millis;
    await this.settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#time = Math.max(this.#time, next.at);
      this.#timers.delete(next);
      next.run();
      await this.settle();
    }
    this.#time = end;
  }

  /** The machine sleeps: time passes and no timer runs; those that were due run late, when time passes again. */
  sleep(millis: number): void {
    this.#time += millis;
  }

  /** Somebody sets the clock: timers know nothing of it. */
  jump(millis: number): void {
    this.#wallOffset += millis;
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      const earlier = !first || timer.at < first.at || (timer.at === first.at && timer.order < first.order);
      if (timer.at <= end && earlier) first = timer;
    }
    return first;
  }
}
