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

test('the symbols are those of the server, and one that it has not is named', async () => {
  const market = filled();
  const client = open(market, { binary: 0 });
  const errors: unknown[] = [];
  client.on('error', (error) => errors.push(error));
  client.symbol('DOGE-USD').book();
  await market.advance(1);
  expect(await client.symbols()).toEqual(market.symbols);
  expect(client.symbol(btc).info?.tick).toBe('0.01');
  expect(errors).toEqual([{ code: 'unknown_symbol', message: 'Unknown symbol', symbol: 'DOGE-USD' }]);
});

test('candles go on from history without a hole and without a double, and again after a lost connection', async () => {
  const market = filled();
  for (let second = 0; second < 5; second++) {
    market.trade(btc, 'buy', 6_400_000 + second, 10);
    await market.advance(1_000);
  }
  const client = open(market);
  const candles = client.symbol(btc).candles('1s', { history: 3 });
  await market.advance(1);
  expect(candles.complete).toBe(true);
  const live: number[] = [];
  candles.on('candle', ({ trades }) => live.push(trades));
  market.trade(btc, 'buy', 6_400_100, 10);
  market.trade(btc, 'sell', 6_399_000, 10);
  await market.advance(1_000);
  market.drop();
  expect(candles.complete).toBe(false);
  market.trade(btc, 'buy', 6_400_200, 1);
  await market.advance(5_000);
  market.trade(btc, 'buy', 6_400_300, 1);
  await market.advance(1);
  expect(candles.complete).toBe(true);
  expect(live).toEqual([1, 2, 1]);
  const starts = candles.list.map(({ start }) => start);
  expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  expect(candles.list.map(({ open, high, low, close, volume, trades, closed }) => [open, high, low, close, volume, trades, closed])).toEqual([
    ['64000.02', '64000.02', '64000.02', '64000.02', '0.0010', 1, true],
    ['64000.03', '64000.03', '64000.03', '64000.03', '0.0010', 1, true],
    ['64000.04', '64000.04', '64000.04', '64000.04', '0.0010', 1, true],
    ['64001.00', '64001.00', '63990.00', '63990.00', '0.0020', 2, true],
    ['64002.00', '64002.00', '64002.00', '64002.00', '0.0001', 1, true],
    ['64003.00', '64003.00', '64003.00', '64003.00', '0.0001', 1, false],
  ]);
  expect(await candles.older(10)).toBe(2);
  expect(candles.list.length).toBe(8);
  expect(await candles.older(10)).toBe(0);
});

test('a ticker is exact and followed again after a lost connection', async () => {
  const market = filled();
  const ticker = open(market).symbol(btc).ticker();
  await market.advance(1);
  const numbers = { last: 64000.5, open: 64002, high: 64010, low: 63000.1, volume: 12.5, change: -1.5, trades: 9 };
  market.tell({ type: 'ticker', symbol: btc, ...numbers, timestamp: 5 });
  await market.advance(1);
  const { last, high, low, volume, change, trades, timestamp } = ticker;
  expect({ last, high, low, volume, change, trades, timestamp }).toEqual({
    last: '64000.50', high: '64010.00', low: '63000.10', volume: '12.5000', change: '-1.50', trades: 9, timestamp: 5,
  });
  expect(ticker.changePercent).toBeCloseTo(-0.00234, 5);
  market.drop();
  await market.advance(5_000);
  ticker.close();
  await market.advance(1);
  expect(market.received.filter(({ action }) => action === 'ticker').map(({ on }) => on)).toEqual([true, true, false]);
});

test('what was skipped is told with its sequences, and a gap that nobody told is another thing', async () => {
  const market = filled();
  const client = open(market);
  const price = client.symbol(btc).price();
  const gaps: unknown[] = [];
  price.on('gap', ({ from, to, told }) => gaps.push([from, to, told]));
  market.trade(btc, 'buy', 6_400_001, 1);
  await market.advance(1);
  market.tell({ type: 'skipped', symbol: btc, channel: 'price', from: 2, to: 4, count: 3 });
  market.tell({ type: 'price_update', symbol: btc, price: 1.5, sequence: 5, timestamp: 1 });
  market.tell({ type: 'price_update', symbol: btc, price: 1.5, sequence: 5, timestamp: 1 });
  market.tell({ type: 'price_update', symbol: btc, price: 1.75, sequence: 7, timestamp: 1 });
  await market.advance(1);
  expect(gaps).toEqual([[2, 4, true], [6, 6, false]]);
  expect(client.symbol(btc).health.price).toMatchObject({ sequence: 7, skipped: 3, gaps: 1, duplicates: 1 });
  expect(price.price).toBe('1.75');
});

test('one subscribe says all that is followed, and says it again when that changes', async () => {
  const market = filled();
  const client = open(market, { maxUpdatesPerSecond: 5 });
  const symbol = client.symbol(btc);
  const book = symbol.book({ depth: 50 });
  const price = symbol.price();
  await market.advance(1);
  const said = () => market.received.flatMap(({ action, channels, depth, maxUpdatesPerSecond }) => (action === undefined ? [] : [[action, channels, depth, maxUpdatesPerSecond]]));
  expect(said()).toEqual([['subscribe', ['price', 'book'], 50, 5]]);
  price.close();
  client.setMaxUpdatesPerSecond(9);
  await market.advance(1);
  book.close();
  await market.advance(1);
  expect(said().slice(1)).toEqual([['subscribe', ['book'], 50, 9], ['unsubscribe', undefined, undefined, undefined]]);
});

test('a book that no whole book mends is asked for ever more slowly', async () => {
  const market = filled();
  const book = open(market).symbol(btc).book();
  await market.advance(1);
  market.fault = () => 'drop';
  market.change(btc, 'bids', 1, 1);
  market.fault = ({ type }) => (type === 'order_book' ? 'drop' : undefined);
  market.change(btc, 'bids', 2, 1);
  await market.advance(60_000);
  expect(book.verified).toBe(false);
  const asked = market.received.filter(({ action }) => action === 'snapshot').length;
  expect(asked).toBeGreaterThan(5);
  expect(asked).toBeLessThan(15);
  market.fault = () => undefined;
  await market.advance(10_000);
  expect(book.verified).toBe(true);
});

test('signs in with a token, with another one where it is refused, and reads on as nobody where none can be had', async () => {
  const market = filled();
  market.userOf = (token) => (token === 'good' ? 'ann' : undefined);
  const asked: unknown[] = [];
  const client = open(market, { token: (stale) => (asked.push(stale), stale === 'bad' ? 'good' : 'bad') });
  const states: string[] = [];
  client.on('state', (state) => states.push(state.kind === 'live' ? `live ${state.userId}` : state.kind));
  await market.advance(5_000);
  expect(states).toEqual(['live ann']);
  expect(asked).toEqual([undefined, 'bad']);

  let away = true;
  const reader = open(market, { token: () => (away ? Promise.reject(new Error('away')) : 'good') });
  const book = reader.symbol(btc).book();
  await market.advance(1);
  expect([reader.state, book.verified]).toEqual([{ kind: 'live', userId: null }, true]);
  away = false;
  await market.advance(60_000);
  expect([reader.state, book.verified]).toEqual([{ kind: 'live', userId: 'ann' }, true]);
});

test('a token that cannot be replaced stops it', async () => {
  const market = filled();
  market.userOf = () => undefined;
  const client = open(market, { token: 'old' });
  await market.advance(10_000);
  expect(client.state).toEqual({ kind: 'stopped', why: 'token', code: 1008, reason: 'Invalid authentication' });
});

test('trades on paper: what is placed, filled and held, also after a lost connection', async () => {
  const market = filled();
  const account = { type: 'account', start: 100_000, cash: 99_000.5, reserved: 640, equity: 100_001, realised: 1, unrealised: 0.5, timestamp: 9 };
  const position = { symbol: btc, size: 0.5, averagePrice: 64_000.125, lastPrice: 64_001, value: 32_000.5, realised: 0, unrealised: 0.4375 };
  const order = { symbol: btc, orderId: 17, clientOrderId: 'a1', side: 'buy', orderType: 'limit', price: 64_000, size: 0.01, filled: 0, status: 'open', timestamp: 8 };
  market.trades = ({ action, clientOrderId }) => {
    if (action === 'account') return { ...account, positions: [position], orders: [order], fills: [] };
    if (action === 'place') return clientOrderId === 'poor' ? { type: 'error', code: 'insufficient_funds', message: 'Too little', retry: false } : { ...order, type: 'order', clientOrderId };
    return { ...order, type: 'order', status: 'cancelled', reason: 'requested' };
  };
  const { trading } = open(market, { userId: 'ann' });
  await market.advance(1);
  expect(trading.account).toEqual({ ...account, type: undefined, positions: [{ ...position, size: '0.5000', lastPrice: '64001.00' }] });
  expect(trading.orders).toEqual([{ symbol: btc, orderId: 17, clientOrderId: 'a1', side: 'buy', type: 'limit', price: '64000.00', size: '0.0100', filled: '0.0000', status: 'open', timestamp: 8 }]);
  const asked = { symbol: btc, side: 'buy', type: 'limit', price: '64000.00', size: '0.01' } as const;
  const placed = trading.place(asked);
  const poor = trading.place({ ...asked, clientOrderId: 'poor' });
  poor.catch(() => {});
  await market.advance(1);
  expect((await placed).clientOrderId).toMatch(/^.{10,64}$/);
  await expect(poor).rejects.toMatchObject({ name: 'Refusal', code: 'insufficient_funds' });
  market.tell({ type: 'fill', symbol: btc, orderId: 17, side: 'buy', price: 64_000, size: 0.004, left: 0.006, role: 'maker', tradeId: 5, timestamp: 8 });
  await market.advance(1);
  expect(trading.fills).toMatchObject([{ price: '64000.00', size: '0.0040', left: '0.0060', role: 'maker' }]);
  const cancelled = trading.cancel(17);
  await market.advance(1);
  expect((await cancelled).reason).toBe('requested');
  expect(trading.orders).toEqual([]);
  market.drop();
  await expect(trading.place(asked)).rejects.toMatchObject({ name: 'NoReply' });
  await market.advance(5_000);
  expect(trading.orders.length).toBe(1);
});

test('what is followed again after a pause begins anew: nothing is said to be missing', async () => {
  const market = filled();
  const client = open(market);
  const symbol = client.symbol(btc);
  const gaps: unknown[] = [];
  const follow = () => {
    const [price, trades, book] = [symbol.price(), symbol.trades(), symbol.book()];
    price.on('gap', (gap) => gaps.push(gap));
    trades.on('gap', (gap) => gaps.push(gap));
    client.on('resync', (resync) => gaps.push(resync));
    return [price, trades, book];
  };
  const followed = follow();
  market.trade(btc, 'buy', 6_400_001, 10);
  await market.advance(10);
  for (const part of followed) part.close();
  await market.advance(10);
  for (let i = 0; i < 5; i++) market.trade(btc, 'buy', 6_400_001, 10);
  await market.advance(10);
  follow();
  await market.advance(10);
  market.trade(btc, 'buy', 6_400_001, 10);
  await market.advance(10);
  expect(gaps).toEqual([]);
  expect(symbol.health.trades.gaps + symbol.health.price.gaps).toBe(0);
  expect(symbol.health.trades.sequence).toBe(7);
});

test('an order that is filled in the very turn in which it was answered is not open', async () => {
  const market = filled();
  const ambient = market.ambient();
  const sockets: WebSocket[] = [];
  const remembering = class extends ambient.WebSocket! {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  };
  const client = open(market, { ambient: { ...ambient, WebSocket: remembering }, token: 'ann' });
  const { trading } = client;
  await market.advance(10);
  const order = { type: 'order', orderId: 7, symbol: btc, side: 'buy', orderType: 'limit', price: 64_000, size: 1, timestamp: 5 };
  market.trades = () => ({ ...order, filled: 0, status: 'open' });
  const [socket] = sockets;
  const { onmessage } = socket!;
  const held: MessageEvent[] = [];
  socket!.onmessage = (message) => held.push(message);
  const placed = trading.place({ symbol: btc, side: 'buy', type: 'limit', price: '64000.00', size: '1' });
  await market.advance(10);
  market.tell({ ...order, filled: 1, status: 'filled' });
  await market.advance(10);
  // As sockets outside of browsers may: what came in one packet, without a pause.
  for (const message of held) onmessage!.call(socket!, message);
  expect((await placed).status).toBe('open');
  expect(trading.orders).toEqual([]);
});
