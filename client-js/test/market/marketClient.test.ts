import { afterEach, describe, expect, test } from 'vitest';
import { MarketClient, type MarketOptions, type OrderBook } from '../../src/market/index.js';
import { FakeMarket } from '../../src/testing/index.js';

const btc = 'BTC-USD';
let clients: MarketClient[] = [];

function open(market: FakeMarket, options: MarketOptions = {}): MarketClient {
  const client = new MarketClient('http://peal.test', market.options(options));
  clients.push(client);
  return client.start();
}

function shown({ bids, asks }: OrderBook): unknown {
  return { bids: bids.map(({ price, size }) => [price, size]), asks: asks.map(({ price, size }) => [price, size]) };
}

function filled(): FakeMarket {
  const market = new FakeMarket();
  market.change(btc, 'bids', 6_400_000, 5_000);
  market.change(btc, 'bids', 6_399_999, 1);
  market.change(btc, 'asks', 6_400_001, 250);
  return market;
}

afterEach(() => {
  for (const client of clients) client.stop();
  clients = [];
});

describe.each([0, 2] as const)('with binary=%i', (binary) => {
  test('a book comes whole, then by its changes, and stays verified', async () => {
    const market = filled();
    const book = open(market, { binary }).symbol(btc).book();
    expect(book.verified).toBe(false);
    await market.advance(1);
    expect(book.verified).toBe(true);
    expect(shown(book)).toEqual({ bids: [['64000.00', '0.5000'], ['63999.99', '0.0001']], asks: [['64000.01', '0.0250']] });
    expect(book.spread).toBe('0.01');
    market.change(btc, 'bids', 6_400_000, 0);
    market.change(btc, 'asks', 6_400_002, 10_000);
    await market.advance(1);
    expect(shown(book)).toEqual({ bids: [['63999.99', '0.0001']], asks: [['64000.01', '0.0250'], ['64000.02', '1.0000']] });
    expect([book.verified, book.sequence, book.resyncs]).toEqual([true, 5, 0]);
  });

  test('a lost change is noticed, told, and mended by a whole book', async () => {
    const market = filled();
    const client = open(market, { binary });
    const book = client.symbol(btc).book();
    const resyncs: unknown[] = [];
    client.on('resync', (resync) => resyncs.push(resync));
    await market.advance(1);
    market.fault = () => 'drop';
    market.change(btc, 'bids', 6_399_000, 7);
    market.fault = () => undefined;
    market.change(btc, 'bids', 6_398_000, 7);
    await market.advance(1);
    expect(resyncs).toEqual([{ symbol: btc, reason: 'gap', sequence: 3, from: 4, to: 4 }]);
    expect([book.verified, book.sequence]).toEqual([true, 5]);
    expect(shown(book)).toMatchObject({ bids: [['64000.00', '0.5000'], ['63999.99', '0.0001'], ['63990.00', '0.0007'], ['63980.00', '0.0007']] });
    expect(market.received.filter(({ action }) => action === 'snapshot')).toEqual([{ action: 'snapshot', symbol: btc }]);
  });

  test('trades come once each, those of before and those of a lost connection among them', async () => {
    const market = filled();
    market.trade(btc, 'buy', 6_400_001, 10);
    market.trade(btc, 'sell', 6_400_000, 20);
    const trades = open(market, { binary }).symbol(btc).trades();
    await market.advance(10);
    market.trade(btc, 'buy', 6_400_001, 30);
    await market.advance(10);
    expect(trades.recent.map(({ tradeId }) => tradeId)).toEqual([3, 2, 1]);
    market.drop();
    market.trade(btc, 'buy', 6_400_001, 40);
    await market.advance(5_000);
    market.trade(btc, 'buy', 6_400_001, 50);
    await market.advance(10);
    expect(trades.recent.map(({ price, size, side, tradeId }) => [tradeId, side, price, size])).toEqual([
      [5, 'buy', '64000.01', '0.0050'],
      [4, 'buy', '64000.01', '0.0040'],
      [3, 'buy', '64000.01', '0.0030'],
      [2, 'sell', '64000.00', '0.0020'],
      [1, 'buy', '64000.01', '0.0010'],
    ]);
  });
});
