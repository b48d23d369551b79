// The market of one server through the TypeScript client, until so many changes of a book were seen. Says "cut" on standard output each time that a connection has lasted long enough, and at the end what it saw, as JSON.
import { MarketClient } from '../../../../client-js/dist/market.js';

const [url, binary, changesWanted, cutEvery] = process.argv.slice(2);
const hurry = 20;
const ambient = {
  now: () => Date.now(),
  setTimeout: (run, millis) => setTimeout(run, millis),
  clearTimeout,
  random: () => Math.random() / hurry,
  online: true,
  onWake: () => () => {},
  WebSocket,
  fetch,
};

const market = new MarketClient(url, { userId: 'node', binary: Number(binary), maxUpdatesPerSecond: 1_000, ambient });
const symbol = market.symbol('BTC-USD');
const book = symbol.book();
const trades = symbol.trades();
const candles = symbol.candles('1s');
const resyncs = {};
let changes = 0;
let crossed = 0;
let unverified = 0;

market.on('resync', ({ reason }) => (resyncs[reason] = (resyncs[reason] ?? 0) + 1));
book.on('change', ({ verified, bids, asks }) => {
  if (bids[0] && asks[0] && bids[0].ticks >= asks[0].ticks) crossed++;
  if (!verified) return void unverified++;
  changes++;
  if (changes % Number(cutEvery) === 0 && changes < Number(changesWanted)) process.stdout.write('cut\n');
});
const finished = () => changes >= Number(changesWanted) && book.verified && trades.recent.length > 20 && candles.complete;
const order = (more) => market.trading.place({ symbol: symbol.name, side: 'buy', size: '0.0100', ...more });

async function traded() {
  const resting = await order({ type: 'limit', price: '100.00' });
  const cancelled = await market.trading.cancel(resting.orderId);
  const bought = await order({ type: 'market' });
  const refused = await order({ type: 'limit', price: '100.001' }).catch(({ code }) => code);
  const { fills, orders } = market.trading;
  return { resting, cancelled, bought, refused, fills: fills.filter(({ orderId }) => orderId === bought.orderId), orders };
}

const watch = setInterval(async () => {
  if (!finished()) return;
  clearInterval(watch);
  const paper = await traded();
  const { price, trades: sold, book: booked } = symbol.health;
  process.stdout.write(
    `${JSON.stringify({
      changes,
      paper,
      crossed,
      unverified,
      resyncs,
      gaps: price.gaps + sold.gaps + booked.gaps,
      connections: market.health.connections,
      tradeIds: trades.recent.map(({ tradeId }) => tradeId),
      candleStarts: candles.list.map(({ start }) => start),
    })}\n`,
  );
  market.stop();
}, 10);
market.start();
