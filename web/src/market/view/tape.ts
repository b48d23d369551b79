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

/** The newest trades, one row each. A row that falls off at the end is the next new one at the top, so that the others are not touched. */
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
    const newest = this.#rows[0]?.trade;
    const fresh = newest === undefined ? wanted.length : wanted.indexOf(newest);
    // Where the newest one is not among them, or what follows it is another history, all are new.
    const count = fresh < 0 || wanted[fresh + 1] !== this.#rows[1]?.trade ? wanted.length : fresh;
    const taken: Row[] = [];
    for (let at = 0; at < count; at++) {
      const row = this.#rows.length + taken.length >= wanted.length ? (this.#rows.pop() ?? new Row()) : new Row();
      row.show(wanted[at] as Trade);
      taken.push(row);
    }
    if (count === wanted.length) for (const row of this.#rows.splice(0)) row.element.remove();
    this.#body.prepend(...taken.map(({ element }) => element));
    this.#rows = [...taken, ...this.#rows];
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
    this.#price.data = `${side === 'buy' ? '▲' : '▼'} ${grouped(price)}`;
    this.#size.data = grouped(size);
    this.#time.data = clock(timestamp);
    this.trade = trade;
  }
}

function cell(row: HTMLTableRowElement): Text {
  const text = document.createTextNode('');
  const element = document.createElement('td');
  element.append(text);
  row.append(element);
  return text;
}
