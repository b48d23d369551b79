import type { Trade } from '@peal/client/market';
import { Times } from '../../design/times';
import { grouped } from '../decimals';

const times = new Times();
let second = NaN;
let shown = '';

/** Most trades that are shown together are of the same second. */
function clock(timestamp: number): string {
  const now = Math.floor(timestamp / 1_000);
  if (now !== second) shown = times.second(timestamp);
  second = now;
  return shown;
}

/**
 * The newest trades, one row each. A row that falls off at the end is the next new one at the top, so that the others are not touched; where most are new, rows
 * stay where they are and say another trade, which is less than to move them.
 */
export class Tape {
  readonly #body: HTMLTableSectionElement;
  readonly #max: number;
  /** Newest first, as they stand in the page. */
  #rows: Row[] = [];

  constructor(body: HTMLTableSectionElement, max: number) {
    this.#body = body;
    this.#max = max;
  }

  /** @param recent newest first */
  draw(recent: readonly Trade[]): void {
    const wanted = recent.slice(0, this.#max);
    const count = this.#fresh(wanted);
    while (this.#rows.length > wanted.length) this.#rows.pop()?.element.remove();
    if (2 * count <= wanted.length && this.#rows.length + count >= wanted.length) this.#push(wanted.slice(0, count), wanted.length);
    else this.#rewrite(wanted);
  }

  /** How many stand in front of those that are shown; all, where what follows is another history. */
  #fresh(wanted: readonly Trade[]): number {
    const newest = this.#rows[0]?.trade;
    const fresh = newest === undefined ? -1 : wanted.indexOf(newest);
    return fresh < 0 || wanted[fresh + 1] !== this.#rows[1]?.trade ? wanted.length : fresh;
  }

  #push(fresh: readonly Trade[], count: number): void {
    const taken: Row[] = [];
    for (const trade of fresh) {
      const row = this.#rows.length + taken.length >= count ? (this.#rows.pop() ?? new Row()) : new Row();
      row.show(trade);
      taken.push(row);
    }
    this.#body.prepend(...taken.map(({ element }) => element));
    this.#rows = [...taken, ...this.#rows];
  }

  #rewrite(wanted: readonly Trade[]): void {
    for (const [rank, trade] of wanted.entries()) {
      const row = (this.#rows[rank] ??= new Row());
      if (!row.element.isConnected) this.#body.append(row.element);
      row.show(trade);
    }
  }
}

class Row {
  readonly element = document.createElement('tr');
  readonly #price = cell(this.element);
  readonly #size = cell(this.element);
  readonly #time = cell(this.element);
  trade: Trade | undefined;

  show(trade: Trade): void {
    const { side, price, size, timestamp } = trade;
    if (this.trade?.side !== side) this.element.className = side;
    write(this.#price, `${side === 'buy' ? '▲' : '▼'} ${grouped(price)}`);
    write(this.#size, grouped(size));
    write(this.#time, clock(timestamp));
    this.trade = trade;
  }
}

/** A text that is written is laid out anew, even where it is the same. */
function write(text: Text, value: string): void {
  if (text.data !== value) text.data = value;
}

function cell(row: HTMLTableRowElement): Text {
  const text = document.createTextNode('');
  const element = document.createElement('td');
  element.append(text);
  row.append(element);
  return text;
}
