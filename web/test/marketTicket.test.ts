import type { Level } from '@peal/client/market';
import { describe, expect, it } from 'vitest';
import { averagePrice, freeToSell, orderText } from '../src/market/account';
import { Ticket } from '../src/market/ticket';

const info = { symbol: 'BTC-USD', id: 1, tick: '0.05', lot: '0.0001' };

function ticket(price: string, size: string): Ticket {
  const written = new Ticket(info);
  written.price.value = price;
  written.size.value = size;
  return written;
}

function book(bidTicks: number, askTicks: number) {
  const level = (ticks: number) => ({ ticks, lots: 1, price: '', size: '' }) satisfies Level;
  return { bestBid: level(bidTicks), bestAsk: level(askTicks) };
}

describe('a ticket', () => {
  it('becomes an order with all the places of the steps', () => {
    expect(ticket('64,000.5', '.1').placement()).toEqual({ symbol: 'BTC-USD', side: 'buy', type: 'limit', price: '64000.50', size: '0.1000' });
  });

  it('has no price of a market order', () => {
    const written = ticket('nonsense', '2');
    written.type.value = 'market';
    written.side.value = 'sell';
    expect(written.fault()).toBeUndefined();
    expect(written.placement()).toEqual({ symbol: 'BTC-USD', side: 'sell', type: 'market', size: '2.0000' });
  });

  it.each([
    ['', '1', 'price', 'Enter a price.'],
    ['abc', '1', 'price', 'The price is no number.'],
    ['-5', '1', 'price', 'The price is no number.'],
    ['1.02', '1', 'price', 'The price goes in steps of 0.05.'],
    ['1.2.3', '1', 'price', 'The price is no number.'],
    ['64000,50', '1', 'price', 'The price wants a point in front of its decimals, as in 0.5.'],
    ['1', '0,125', 'size', 'The size wants a point in front of its decimals, as in 0.5.'],
    ['1', '0,5', 'size', 'The size wants a point in front of its decimals, as in 0.5.'],
    ['0', '1', 'price', 'The price must be more than 0.'],
    ['1', '', 'size', 'Enter a size.'],
    ['1', '0.00001', 'size', 'The size goes in steps of 0.0001.'],
    ['1', '0.0', 'size', 'The size must be more than 0.'],
  ])('of price «%s» and size «%s» is told what is wrong with its %s', (price, size, field, text) => {
    expect(ticket(price, size).fault()).toEqual({ field, text });
  });

  it('goes up and down by steps, and never to nothing', () => {
    const written = ticket('0.10', '');
    written.nudge('price', 1);
    expect(written.price.value).toBe('0.15');
    written.nudge('price', -10);
    expect(written.price.value).toBe('0.05');
    written.nudge('size', 10);
    expect(written.size.value).toBe('0.0010');
  });

  it('takes prices from the book', () => {
    const written = ticket('', '1');
    written.take(book(1_000, 1_003), 'middle');
    expect(written.price.value).toBe('50.05');
    written.take(book(1_000, 1_003), 'ask');
    expect(written.price.value).toBe('50.15');
  });

  it('keeps a price that was chosen when the book proposes one', () => {
    const written = ticket('', '1');
    written.propose(book(1_000, 1_003));
    expect(written.price.value).toBe('50.00');
    written.propose(book(2_000, 2_003));
    expect(written.price.value).toBe('50.00');
  });

  it('says what it is worth, exactly', () => {
    expect(ticket('64000.05', '0.0001').worth(undefined)).toBe('6.40');
    expect(ticket('64000.05', '').worth(undefined)).toBeUndefined();
  });
});

describe('what became of an order', () => {
  const order = { orderId: 1, symbol: 'BTC-USD', side: 'buy', type: 'limit', price: '64000.50', size: '0.5000', filled: '0.0000', timestamp: 0 } as const;

  it.each([
    [{ ...order, status: 'open' }, 'Buy 0.5000 BTC-USD at 64,000.50: waits in the book.'],
    [{ ...order, status: 'open', filled: '0.1000' }, 'Buy 0.5000 BTC-USD at 64,000.50: waits in the book. 0.1000 of it traded.'],
    [{ ...order, status: 'filled', filled: '0.5000' }, 'Bought 0.5000 BTC-USD.'],
    [{ ...order, side: 'sell', status: 'cancelled', filled: '0.2000', reason: 'expired' }, 'Sell 0.5000 BTC-USD: 0.2000 traded, the rest was cancelled, as there was nothing more at that price.'],
    [{ ...order, status: 'cancelled', reason: 'self_trade' }, 'Buy 0.5000 BTC-USD: nothing traded, it was cancelled, as it would have traded with an order of yours.'],
  ] as const)('%#', (after, text) => expect(orderText(after)).toBe(text));
});

describe('what an order traded at', () => {
  it('is the average of its fills, weighed by their sizes', () => {
    expect(averagePrice([])).toBeUndefined();
    const average = averagePrice([
      { price: '64000.00', size: '0.3000' },
      { price: '64004.00', size: '0.1000' },
    ]);
    expect(average).toBe('64001.00');
    expect(orderText({ orderId: 1, symbol: 'BTC-USD', side: 'buy', type: 'market', size: '0.4000', filled: '0.4000', status: 'filled', timestamp: 0 }, average)).toBe('Bought 0.4000 BTC-USD at 64,001.00.');
  });
});

describe('what is free to sell', () => {
  const position = { symbol: 'BTC-USD', size: '0.5000', averagePrice: 1, lastPrice: '1.00', value: 1, realised: 0, unrealised: 0 };
  const offer = { orderId: 1, symbol: 'BTC-USD', side: 'sell', type: 'limit', price: '70000.00', size: '0.2000', filled: '0.0500', status: 'open', timestamp: 0 } as const;

  it('is what is held and not on offer', () => {
    expect(freeToSell({ positions: [position], orders: [offer, { ...offer, side: 'buy' }, { ...offer, symbol: 'ETH-USD' }] }, info)).toBe('0.3500');
  });

  it('is nothing where nothing is held', () => {
    expect(freeToSell({ positions: [], orders: [] }, info)).toBe('0.0000');
  });
});
