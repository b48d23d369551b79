import { signal } from '@preact/signals';
import type { Account as Balance, Fill, Order, Placement, Trading } from '@peal/client/market';
import type { Announcements } from './announcements';
import { grouped } from './decimals';
import type { Frames } from './frames';
import { refusalText } from './refusalText';

export interface Holdings extends Balance {
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
}

interface Surroundings {
  readonly frames: Frames;
  readonly announcements: Announcements;
}

/** What the visitor has and wants on paper. */
export class Account {
  /** Undefined until the server told them. */
  readonly holdings = signal<Holdings | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly #trading: Trading;
  readonly #frames: Frames;
  readonly #announcements: Announcements;
  readonly #deaf: readonly (() => void)[];
  readonly #paint = (): void => this.#draw();

  constructor(trading: Trading, { frames, announcements }: Surroundings) {
    this.#trading = trading;
    this.#frames = frames;
    this.#announcements = announcements;
    this.#deaf = [trading.on('change', () => frames.mark(this.#paint)), trading.on('fill', (fill) => announcements.say(fillText(fill)))];
  }

  close(): void {
    for (const deafen of this.#deaf) deafen();
    this.#frames.forget(this.#paint);
  }

  /** What became of it, in a sentence; throws the same of what was refused. */
  async place(placement: Placement): Promise<string> {
    try {
      return orderText(await this.#trading.place(placement));
    } catch (error) {
      throw new Error(refusalText(error), { cause: error });
    }
  }

  async cancel(order: Order): Promise<void> {
    try {
      await this.#trading.cancel(order.orderId);
      this.problem.value = undefined;
      this.#announcements.say(`Cancelled: ${order.side} ${order.size} ${order.symbol}.`);
    } catch (error) {
      this.problem.value = refusalText(error);
    }
  }

  #draw(): void {
    const { account, orders, fills } = this.#trading;
    // A position that was sold is none any more; what it brought is in the sums.
    const positions = account?.positions.filter(({ size }) => Number(size) !== 0) ?? [];
    this.holdings.value = account && { ...account, positions, orders: [...orders], fills: [...fills] };
  }
}

function fillText({ side, size, symbol, price }: Fill): string {
  return `${side === 'buy' ? 'Bought' : 'Sold'} ${size} ${symbol} at ${grouped(price)}.`;
}

/** In a sentence, for who placed it. */
export function orderText({ side, size, filled, symbol, status, price, reason }: Order): string {
  const what = `${side === 'buy' ? 'Buy' : 'Sell'} ${size} ${symbol}`;
  const done = Number(filled) > 0 ? ` ${filled} of it traded.` : '';
  switch (status) {
    case 'filled':
      return `${side === 'buy' ? 'Bought' : 'Sold'} ${size} ${symbol}.`;
    case 'open':
      return `${what}${price === undefined ? '' : ` at ${grouped(price)}`}: waits in the book.${done}`;
    case 'cancelled':
      return `${what}: ${done === '' ? 'nothing' : filled} traded, ${done === '' ? 'it' : 'the rest'} was cancelled${why(reason)}.`;
  }
}

function why(reason: string | undefined): string {
  switch (reason) {
    case 'self_trade':
      return ', as it would have traded with an order of yours';
    case 'expired':
      return ', as there was nothing more at that price';
    default:
      return '';
  }
}
