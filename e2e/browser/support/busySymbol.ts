import { crc32 } from 'node:zlib';

export type Level = [ticks: number, lots: number];

/** Levels that changed; no lots: gone. */
export interface Change {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

export interface Trade {
  readonly buys: boolean;
  readonly ticks: number;
  readonly lots: number;
}

const depth = 50;
const tradesKept = 30;
const checksumRanks = 10;

/** A symbol whose book always has 50 levels a side and is never crossed, moved at random. */
export class BusySymbol {
  readonly name: string;
  readonly id: number;
  readonly tick = '0.01';
  readonly lot = '0.0001';
  readonly bids: Level[] = [];
  readonly asks: Level[] = [];
  price: number;
  /** The newest first, some of them. */
  readonly trades: Trade[] = [];
  /** Of each channel. */
  readonly sequences = { price: 0, trades: 0, book: 0 };
  readonly #random: () => number;

  constructor(name: string, id: number, price: number, random: () => number) {
    this.name = name;
    this.id = id;
    this.price = price;
    this.#random = random;
    for (let rank = 1; rank <= depth; rank++) {
      this.bids.push([price - 2 * rank, this.lots()]);
      this.asks.push([price + 2 * rank, this.lots()]);
    }
  }

  lots(): number {
    return 1 + Math.floor(this.#random() ** 3 * 40_000);
  }

  /** Somebody changes their mind near the middle, or the price moves by a level. */
  change(): Change {
    this.sequences.book++;
    const which = this.#random();
    if (which < 0.05) return this.#move(this.bids, this.asks, 1);
    if (which < 0.1) return this.#move(this.asks, this.bids, -1);
    const side = which < 0.55 ? this.bids : this.asks;
    const level = side[Math.floor(this.#random() ** 2 * depth)] as Level;
    level[1] = this.lots();
    return side === this.bids ? { bids: [[...level]], asks: [] } : { bids: [], asks: [[...level]] };
  }

  /** Somebody takes from the best level, which does not mind. */
  trade(): Trade {
    this.sequences.trades++;
    const buys = this.#random() < 0.5;
    const [[ticks]] = (buys ? this.asks : this.bids) as [Level];
    const trade = { buys, ticks, lots: this.lots() };
    this.trades.unshift(trade);
    this.trades.splice(tradesKept);
    return trade;
  }

  /** By the rule of the market's documentation. */
  checksum(): number {
    let digits = '';
    for (let rank = 0; rank < checksumRanks; rank++) {
      for (const [ticks, lots] of [this.bids[rank], this.asks[rank]] as Level[]) digits += `${ticks}${lots}`;
    }
    return crc32(digits);
  }

  /** The best level of `eaten` is taken, and `grown` follows into its place; both keep their depth. */
  #move(grown: Level[], eaten: Level[], up: 1 | -1): Change {
    const [gone] = eaten.shift() as Level;
    const far: Level = [(eaten.at(-1) as Level)[0] + 2 * up, this.lots()];
    eaten.push(far);
    const near: Level = [gone - up, this.lots()];
    grown.unshift(near);
    const [last] = grown.pop() as Level;
    this.price = gone;
    const ofGrown: Level[] = [[...near], [last, 0]];
    const ofEaten: Level[] = [[gone, 0], [...far]];
    return up === 1 ? { bids: ofGrown, asks: ofEaten } : { bids: ofEaten, asks: ofGrown };
  }
}
