import { type ReadonlySignal, signal } from '@preact/signals';
import type { Account as Balance, Fill, Order, Placement, SymbolInfo, Trading } from '@peal/client/market';
import type { ConnectionState } from '../session/connectionState';
import type { Announcements } from './announcements';
import { grouped, placesOf, stepsOf, textOfSteps } from './decimals';
import type { Frames } from './frames';
import { refusalText } from './refusalText';

export interface Holdings extends Balance {
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
}

interface Surroundings {
  readonly frames: Frames;
  readonly announcements: Announcements;
  readonly connection: ReadonlySignal<ConnectionState>;
}

/** Told before anything is sent. */
const notConnected = 'Not connected: nothing was sent.';

/** What the visitor has and wants on paper. */
export class Account {
  /** Undefined until the server told them. */
  readonly holdings = signal<Holdings | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly #trading: Trading;
  readonly #frames: Frames;
  readonly #announcements: Announcements;
  readonly #connection: ReadonlySignal<ConnectionState>;
  readonly #deaf: readonly (() => void)[];
  readonly #paint = (): void => this.#draw();

  constructor(trading: Trading, { frames, announcements, connection }: Surroundings) {
    this.#trading = trading;
    this.#frames = frames;
    this.#announcements = announcements;
    this.#connection = connection;
    this.#deaf = [trading.on('change', () => frames.mark(this.#paint)), trading.on('fill', (fill) => announcements.say(fillText(fill)))];
  }

  close(): void {
    for (const deafen of this.#deaf) deafen();
    this.#frames.forget(this.#paint);
  }

  /** What became of it, in a sentence; throws the same of what was refused. */
  async place(placement: Placement): Promise<string> {
    if (!this.#connected) throw new Error(notConnected);
    try {
      const order = await this.#trading.place(placement);
      return orderText(order, averagePrice(this.#trading.fills.filter(({ orderId }) => orderId === order.orderId)));
    } catch (error) {
      throw new Error(refusalText(error), { cause: error });
    }
  }

  async cancel(order: Order): Promise<void> {
    if (!this.#connected) {
      this.problem.value = notConnected;
      return;
    }
    try {
      await this.#trading.cancel(order.orderId);
      this.problem.value = undefined;
      this.#announcements.say(`Cancelled: ${order.side} ${order.size} ${order.symbol}.`);
    } catch (error) {
      this.problem.value = refusalText(error);
    }
  }

  get #connected(): boolean {
    return this.#connection.value.kind === 'live';
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

/** What fills came to in all, a unit: with the places of a price. Undefined of none. */
export function averagePrice(fills: readonly Pick<Fill, 'price' | 'size'>[]): string | undefined {
  const [first] = fills;
  if (first === undefined) return undefined;
  const size = fills.reduce((sum, fill) => sum + Number(fill.size), 0);
  const paid = fills.reduce((sum, fill) => sum + Number(fill.size) * Number(fill.price), 0);
  return (paid / size).toFixed(placesOf(first.price));
}

/** What is held and on offer in no open order: all that the server lets be sold. */
export function freeToSell({ positions, orders }: Pick<Holdings, 'positions' | 'orders'>, { symbol, lot }: Pick<SymbolInfo, 'symbol' | 'lot'>): string {
  const lots = (size: string) => stepsOf(size, lot) ?? 0n;
  const held = lots(positions.find((position) => position.symbol === symbol)?.size ?? '0');
  const offered = orders.filter((order) => order.symbol === symbol && order.side === 'sell').reduce((sum, { size, filled }) => sum + lots(size) - lots(filled), 0n);
  return textOfSteps(held - offered, lot);
}

/** In a sentence, for who placed it. @param average what it traded at, where that is known */
export function orderText({ side, size, filled, symbol, status, price, reason }: Order, average?: string): string {
  const what = `${side === 'buy' ? 'Buy' : 'Sell'} ${size} ${symbol}`;
  const done = Number(filled) > 0 ? ` ${filled} of it traded.` : '';
  switch (status) {
    case 'filled':
      return `${side === 'buy' ? 'Bought' : 'Sold'} ${size} ${symbol}${average === undefined ? '' : ` at ${grouped(average)}`}.`;
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
