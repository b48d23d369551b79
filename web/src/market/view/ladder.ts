import type { Level, OrderBook, SymbolInfo } from '@peal/client/market';
import { grouped, textOfSteps } from '../decimals';

type Half = 'asks' | 'bids';

/** The widths of bars move in such steps, of the table's width: what nobody sees is not drawn. */
const barSteps = 200;

/**
 * The rows of an order book, asks above bids, the best ones in the middle. Rows are made once and stay where they are; what stands in them is changed where it
 * differs. Nothing is measured while drawing.
 */
export class Ladder {
  readonly #info: SymbolInfo;
  readonly #halves: Readonly<Record<Half, HTMLTableSectionElement>>;
  readonly #rows: Readonly<Record<Half, Row[]>> = { asks: [], bids: [] };

  constructor(info: SymbolInfo, asks: HTMLTableSectionElement, bids: HTMLTableSectionElement) {
    this.#info = info;
    this.#halves = { asks, bids };
  }

  /** So many levels of each side. */
  resize(levels: number): void {
    for (const half of ['asks', 'bids'] as const) {
      const rows = this.#rows[half];
      while (rows.length > levels) rows.pop()?.element.remove();
      while (rows.length < levels) {
        const row = new Row();
        rows.push(row);
        // The best ask is the last row of its half, the best bid the first.
        if (half === 'asks') this.#halves[half].prepend(row.element);
        else this.#halves[half].append(row.element);
      }
    }
  }

  draw(book: Pick<OrderBook, 'asks' | 'bids'>): void {
    const whole = Math.max(depthOf(book.asks, this.#rows.asks.length), depthOf(book.bids, this.#rows.bids.length));
    this.#drawHalf(this.#rows.asks, book.asks, whole);
    this.#drawHalf(this.#rows.bids, book.bids, whole);
  }

  /** The price of a row that was clicked. */
  priceAt(target: EventTarget | null): string | undefined {
    const element = target instanceof Element ? target.closest('tr') : null;
    return [...this.#rows.asks, ...this.#rows.bids].find((row) => row.element === element)?.price;
  }

  #drawHalf(rows: readonly Row[], levels: readonly Level[], whole: number): void {
    let total = 0;
    for (const [rank, row] of rows.entries()) {
      const level = levels[rank];
      if (level === undefined) {
        row.clear();
        continue;
      }
      total += level.lots;
      row.show(level, total, Math.round((total / whole) * barSteps), this.#info.lot);
    }
  }
}

function depthOf(levels: readonly Level[], count: number): number {
  let total = 0;
  for (let rank = 0; rank < Math.min(count, levels.length); rank++) total += levels[rank]?.lots ?? 0;
  return total;
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
  #width = -1;

  get price(): string | undefined {
    return this.#level?.price;
  }

  /** A level makes its texts when they are read: only where they are others. */
  show(level: Level, total: number, width: number, lot: string): void {
    const { ticks, lots } = level;
    if (ticks !== this.#ticks) this.#price.data = grouped(level.price);
    if (lots !== this.#lots) this.#size.data = grouped(level.size);
    if (total !== this.#totalLots) this.#total.data = grouped(textOfSteps(total, lot));
    if (width !== this.#width) this.#stretch(width);
    this.#level = level;
    this.#ticks = ticks;
    this.#lots = lots;
    this.#totalLots = total;
    this.#width = width;
  }

  clear(): void {
    if (this.#level === undefined) return;
    for (const text of [this.#price, this.#size, this.#total]) text.data = '';
    this.#stretch(0);
    this.#level = undefined;
    this.#ticks = this.#lots = this.#totalLots = this.#width = -1;
  }

  /** A background is only painted; a transform would be a node of its own for the compositor, of each row. */
  #stretch(width: number): void {
    this.element.style.backgroundSize = `${(100 * width) / barSteps}% 100%`;
  }
}

function cell(row: HTMLTableRowElement): Text {
  const text = document.createTextNode('');
  const element = document.createElement('td');
  element.append(text);
  row.append(element);
  return text;
}
