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

const market = new MarketClient(url, { binary: Number(binary), maxUpdatesPerSecond: 1_000, ambient });
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
const finished = () => changes >= Number(changesWanted) && book.verified && trades.recent.length > 20 && candles.list.length > 0;
const watch = setInterval(() => {
  if (!finished()) return;
  clearInterval(watch);
  const { price, trades: traded, book: booked } = symbol.health;
  process.stdout.write(
    `${JSON.stringify({
      changes,
      crossed,
      unverified,
      resyncs,
      gaps: price.gaps + traded.gaps + booked.gaps,
      connections: market.health.connections,
      tradeIds: trades.recent.map(({ tradeId }) => tradeId),
      candleStarts: candles.list.map(({ start }) => start),
    })}\n`,
  );
  market.stop();
}, 10);
market.start();
