import { signal } from '@preact/signals';
import type { OrderBook, Placement, SymbolInfo } from '@peal/client/market';
import { isDecimal, product, stepsOf, textOfSteps } from './decimals';

export type Side = Placement['side'];
export type OrderType = Placement['type'];

export type Field = 'price' | 'size';

type Best = Pick<OrderBook, 'bestBid' | 'bestAsk'>;

/** What of a ticket is wrong, and where. */
export interface Fault {
  readonly field: Field;
  readonly text: string;
}

/** The order that is being written, of one symbol. */
export class Ticket {
  readonly info: SymbolInfo;
  readonly side = signal<Side>('buy');
  readonly type = signal<OrderType>('limit');
  readonly price = signal('');
  readonly size = signal('');

  constructor(info: SymbolInfo) {
    this.info = info;
  }

  stepOf(field: Field): string {
    return field === 'price' ? this.info.tick : this.info.lot;
  }

  /** By so many ticks or lots, never below one. What is no number begins at nothing. */
  nudge(field: Field, by: number): void {
    const step = this.stepOf(field);
    const now = stepsOf(this[field].value, step) ?? 0n;
    const next = now + BigInt(by);
    this[field].value = textOfSteps(next < 1n ? 1n : next, step);
  }

  /** The first price, while nobody has chosen one: that of the side that waits, where a limit order would be in front. */
  propose(book: Best): void {
    if (this.price.value !== '') return;
    this.take(book, this.side.value === 'buy' ? 'bid' : 'ask');
  }

  take(book: Best, from: 'bid' | 'middle' | 'ask'): void {
    const [bid, ask] = [book.bestBid, book.bestAsk];
    const ticks = from === 'bid' ? bid?.ticks : from === 'ask' ? ask?.ticks : bid && ask && Math.floor((bid.ticks + ask.ticks) / 2);
    if (ticks !== undefined) this.price.value = textOfSteps(ticks, this.info.tick);
  }

  fault(): Fault | undefined {
    if (this.type.value !== 'market') {
      const text = problem(this.price.value, this.info.tick, 'price');
      if (text !== undefined) return { field: 'price', text };
    }
    const text = problem(this.size.value, this.info.lot, 'size');
    return text === undefined ? undefined : { field: 'size', text };
  }

  /** Price times size with two places; undefined where either is none. @param market what a market order would pay about */
  worth(market: string | undefined): string | undefined {
    const price = this.type.value === 'market' ? market : this.price.value;
    return price === undefined ? undefined : product(price, this.size.value, 2);
  }

  /** Only where there is no {@link fault}. */
  placement(): Placement {
    const type = this.type.value;
    const text = (field: Field) => textOfSteps(stepsOf(this[field].value, this.stepOf(field)) ?? 0n, this.stepOf(field));
    return { symbol: this.info.symbol, side: this.side.value, type, size: text('size'), ...(type !== 'market' && { price: text('price') }) };
  }
}

function problem(text: string, step: string, what: string): string | undefined {
  if (text.trim() === '') return `Enter a ${what}.`;
  if (!isDecimal(text)) return /\d,\d/.test(text) ? `The ${what} wants a point in front of its decimals, as in 0.5.` : `The ${what} is no number.`;
  const steps = stepsOf(text, step);
  if (steps === undefined) return `The ${what} goes in steps of ${step}.`;
  return steps > 0n ? undefined : `The ${what} must be more than 0.`;
}
