import type { Level, OrderBook, SymbolInfo } from '@peal/client/market';
import { grouped, textOfSteps } from '../decimals';

/** Where the levels of a side stand, and the one element behind them that is cut to the shape of their bars. */
export interface Half {
  readonly rows: HTMLTableSectionElement;
  readonly bars: HTMLElement;
}

/** The widths of bars move in such steps, of the table's width: what nobody sees is not drawn. */
const barSteps = 200;

/**
 * The rows of an order book, asks above bids, the best ones in the middle. Rows are made once and stay where they are; what stands in them is changed where it
 * differs. Nothing is measured while drawing.
 */
export class Ladder {
  readonly #asks: Side;
  readonly #bids: Side;

  constructor({ lot }: SymbolInfo, asks: Half, bids: Half) {
    // The best ask is the last row of its half, the best bid the first.
    this.#asks = new Side(lot, asks, true);
    this.#bids = new Side(lot, bids, false);
  }

  /** So many levels of each side. */
  resize(levels: number): void {
    this.#asks.resize(levels);
    this.#bids.resize(levels);
  }

  draw({ asks, bids }: Pick<OrderBook, 'asks' | 'bids'>): void {
    const whole = Math.max(this.#asks.depthOf(asks), this.#bids.depthOf(bids));
    this.#asks.draw(asks, whole);
    this.#bids.draw(bids, whole);
  }

  /** The price of a row that was clicked. */
  priceAt(target: EventTarget | null): string | undefined {
    const element = target instanceof Element ? target.closest('tr') : null;
    return [...this.#asks.rows, ...this.#bids.rows].find((row) => row.element === element)?.price;
  }
}

class Side {
  /** The best first. */
  readonly rows: Row[] = [];
  readonly #lot: string;
  readonly #half: Half;
  readonly #upwards: boolean;
  #shape = '';

  constructor(lot: string, half: Half, upwards: boolean) {
    this.#lot = lot;
    this.#half = half;
    this.#upwards = upwards;
  }

  resize(levels: number): void {
    const { rows } = this;
    while (rows.length > levels) rows.pop()?.element.remove();
    while (rows.length < levels) {
      const row = new Row();
      rows.push(row);
      if (this.#upwards) this.#half.rows.prepend(row.element);
      else this.#half.rows.append(row.element);
    }
  }

  depthOf(levels: readonly Level[]): number {
    let total = 0;
    for (let rank = 0; rank < Math.min(this.rows.length, levels.length); rank++) total += levels[rank]?.lots ?? 0;
    return total;
  }

  draw(levels: readonly Level[], whole: number): void {
    let total = 0;
    const widths: number[] = [];
    for (const [rank, row] of this.rows.entries()) {
      const level = levels[rank];
      if (level === undefined) {
        row.clear();
        widths.push(0);
        continue;
      }
      total += level.lots;
      row.show(level, total, this.#lot);
      widths.push(Math.round((total / whole) * barSteps));
    }
    this.#stretch(this.#upwards ? widths.reverse() : widths);
  }

  /** From the top down. One element for all bars has one style to compute and one box to paint, over one for each row. */
  #stretch(widths: readonly number[]): void {
    const steps = widths.map((width, row) => {
      const left = `${100 - (100 * width) / barSteps}%`;
      return `${left} ${percent(row, widths)},${left} ${percent(row + 1, widths)}`;
    });
    const shape = `polygon(100% 0,${steps.join()},100% 100%)`;
    if (shape !== this.#shape) this.#half.bars.style.clipPath = shape;
    this.#shape = shape;
  }
}

function percent(row: number, { length }: readonly number[]): string {
  return `${(100 * row) / length}%`;
}

class Row {
  readonly element = document.createElement('tr');
  readonly #price = cell(this.element);
  readonly #size = cell(this.element);
  readonly #total = cell(this.element);
  #level: Level | undefined;
  #ticks = -1;
  #lots = -1;
  #totalLots = -1;

  get price(): string | undefined {
    return this.#level?.price;
  }

  /** A level makes its texts when they are read: only where they are others. */
  show(level: Level, total: number, lot: string): void {
    const { ticks, lots } = level;
    if (ticks !== this.#ticks) this.#price.data = grouped(level.price);
    if (lots !== this.#lots) this.#size.data = grouped(level.size);
    if (total !== this.#totalLots) this.#total.data = grouped(textOfSteps(total, lot));
    this.#level = level;
    this.#ticks = ticks;
    this.#lots = lots;
    this.#totalLots = total;
  }

  clear(): void {
    if (this.#level === undefined) return;
    for (const text of [this.#price, this.#size, this.#total]) text.data = '';
    this.#level = undefined;
    this.#ticks = this.#lots = this.#totalLots = -1;
  }
}

function cell(row: HTMLTableRowElement): Text {
  const text = document.createTextNode('');
  const element = document.createElement('td');
  element.append(text);
  row.append(element);
  return text;
}
