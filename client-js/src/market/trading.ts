import { Emitter } from '../emitter.js';
import type { Flat, Side } from './messages.js';
import { type MarketPort, persistently } from './port.js';
import type { Steps } from './step.js';

export type OrderType = 'limit' | 'market' | 'ioc';

/** Prices and sizes are exact decimals. */
export interface Order {
  readonly orderId: number;
  readonly clientOrderId?: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  /** Absent of a market order. */
  readonly price?: string;
  readonly size: string;
  readonly filled: string;
  readonly status: 'open' | 'filled' | 'cancelled';
  /** Of a cancelled one: `requested`, `expired`, `self_trade`. */
  readonly reason?: string;
  readonly timestamp: number;
}

export interface Fill {
  readonly orderId: number;
  readonly clientOrderId?: string;
  readonly tradeId: number;
  readonly symbol: string;
  readonly side: Side;
  readonly price: string;
  readonly size: string;
  /** What the order has still to fill. */
  readonly left: string;
  readonly role: 'maker' | 'taker';
  readonly timestamp: number;
}

/** Sums of money are numbers: to show, as they are no whole steps. */
export interface Position {
  readonly symbol: string;
  readonly size: string;
  readonly averagePrice: number;
  readonly lastPrice: string;
  readonly value: number;
  readonly realised: number;
  readonly unrealised: number;
}

export interface Account {
  readonly start: number;
  readonly cash: number;
  /** Of `cash`, what open orders hold. */
  readonly reserved: number;
  readonly equity: number;
  readonly realised: number;
  readonly unrealised: number;
  readonly positions: readonly Position[];
  readonly timestamp: number;
}

export interface Placement {
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  /** A decimal, a whole number of ticks; absent of a market order. */
  readonly price?: string;
  /** A decimal, a whole number of lots. */
  readonly size: string;
  /** One's own name for it, 1 to 64 characters. The same order under the same name is placed once, however often it is sent. */
  readonly clientOrderId?: string;
}

export interface TradingEvents {
  /** The account, the open orders or the fills are others. */
  change: Trading;
  order: Order;
  fill: Fill;
}

const fillsMax = 200;

/** Trading on paper, as the client's user: one's own account, orders and fills. */
export class Trading extends Emitter<TradingEvents> {
  /** Undefined until the server told it. */
  account: Account | undefined;
  readonly #market: MarketPort;
  readonly #stepsOf: (symbol: string) => Steps | undefined;
  readonly #open = new Map<number, Order>();
  #fills: readonly Fill[] = [];
  #turn = 0;

  /** @internal */
  constructor(market: MarketPort, stepsOf: (symbol: string) => Steps | undefined) {
    super();
    this.#market = market;
    this.#stepsOf = stepsOf;
  }

  /** The open ones, the newest first. */
  get orders(): readonly Order[] {
    return [...this.#open.values()].sort((a, b) => b.orderId - a.orderId);
  }

  /** The newest first, at most 200. */
  get fills(): readonly Fill[] {
    return this.#fills;
  }

  /** Ends with the order as the server has it; rejects with a `Refusal` or, where nobody knows what became of it, `NoReply`. */
  async place(order: Placement): Promise<Order> {
    const clientOrderId = order.clientOrderId ?? this.#freshId();
    const reply = await this.#market.ask({ action: 'place', ...order, clientOrderId });
    return this.#orderOf(reply);
  }

  /** By its id or one's own name. */
  async cancel(order: number | { readonly clientOrderId: string }): Promise<Order> {
    const named = typeof order === 'number' ? { orderId: order } : order;
    return this.#orderOf(await this.#market.ask({ action: 'cancel', ...named }));
  }

  /** @internal */
  connected(): void {
    const turn = ++this.#turn;
    persistently(
      this.#market,
      () => turn === this.#turn,
      async () => void (await this.#market.ask({ action: 'account', on: true })),
    );
  }

  /** @internal */
  lost(): void {
    this.#turn++;
  }

  /** @internal Answers too, in the order in which they come. */
  take(message: Flat): void {
    const { type } = message;
    if (type === 'order') this.#ordered(message);
    else if (type === 'fill') this.#filled(message);
    else this.#accounted(message);
  }

  #ordered(message: Flat): void {
    const order = this.#orderOf(message);
    if (order.status === 'open') this.#open.set(order.orderId, order);
    else this.#open.delete(order.orderId);
    this.emit('order', order);
    this.emit('change', this);
  }

  #filled(message: Flat): void {
    const fill = this.#fillOf(message);
    this.#fills = [fill, ...this.#fills].slice(0, fillsMax);
    this.emit('fill', fill);
    this.emit('change', this);
  }

  #accounted({ orders, fills, positions, type: _, id: __, ...sums }: Flat): void {
    const position = ({ symbol, size, lastPrice, ...rest }: Flat) => ({
      ...rest,
      symbol,
      size: this.#text('lot', symbol, size),
      lastPrice: this.#text('tick', symbol, lastPrice),
    });
    this.account = { ...sums, positions: (positions as Flat[]).map(position) } as unknown as Account;
    if (orders) {
      this.#open.clear();
      for (const order of (orders as Flat[]).map((order) => this.#orderOf(order))) this.#open.set(order.orderId, order);
    }
    if (fills) this.#fills = (fills as Flat[]).map((fill) => this.#fillOf(fill)).reverse();
    this.emit('change', this);
  }

  #orderOf({ type: _, id: __, orderType, symbol, price, size, filled, ...rest }: Flat): Order {
    return {
      ...rest,
      symbol,
      type: orderType,
      ...(price !== undefined && { price: this.#text('tick', symbol, price) }),
      size: this.#text('lot', symbol, size),
      filled: this.#text('lot', symbol, filled),
    } as Order;
  }

  #fillOf({ type: _, id: __, symbol, price, size, left, ...rest }: Flat): Fill {
    const sizes = { size: this.#text('lot', symbol, size), left: this.#text('lot', symbol, left) };
    return { ...rest, symbol, price: this.#text('tick', symbol, price), ...sizes } as Fill;
  }

  #text(step: 'tick' | 'lot', symbol: unknown, value: unknown): string {
    const known = this.#stepsOf(symbol as string)?.[step];
    return known ? known.text(known.count(value as number)) : String(value);
  }

  /** By time and chance, so that no two are the same. */
  #freshId(): string {
    const { ambient } = this.#market;
    return `${ambient.now().toString(36)}-${ambient.random().toString(36).slice(2, 12)}`;
  }
}
