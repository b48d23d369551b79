/** The levels of one side, the best first: `ticks[i]` has `lots[i]`. */
export class BookSide {
  readonly ticks: number[] = [];
  readonly lots: number[] = [];
  /** 1 where the best is the lowest. */
  readonly #sign: 1 | -1;

  constructor(side: 'bids' | 'asks') {
    this.#sign = side === 'asks' ? 1 : -1;
  }

  /** A size of 0 takes the level away. */
  put(ticks: number, lots: number): void {
    let at = 0;
    for (let end = this.ticks.length; at < end; ) {
      const middle = (at + end) >> 1;
      if ((this.ticks[middle]! - ticks) * this.#sign < 0) at = middle + 1;
      else end = middle;
    }
    const known = this.ticks[at] === ticks ? 1 : 0;
    const added = lots > 0;
    this.ticks.splice(at, known, ...(added ? [ticks] : []));
    this.lots.splice(at, known, ...(added ? [lots] : []));
  }

  /** @param depth 0: all */
  cut(depth: number): void {
    if (depth > 0 && this.ticks.length > depth) this.ticks.length = this.lots.length = depth;
  }

  clear(): void {
    this.ticks.length = this.lots.length = 0;
  }
}
