import { BusyMarket, type Framed } from '../support/busyMarket.ts';
import { frameWork, quantile } from '../support/frameWork.ts';
import { expect, test } from '../support/test.ts';
import { Trader } from '../support/trader.ts';

const updatesPerSecond = 5_000;
const warmUpMillis = 3_000;
const measuredMillis = 10_000;
const aimMillis = 8;

const framings: readonly (readonly [Framed, string])[] = [
  ['together', 'one WebSocket frame each 4 ms'],
  ['each', 'a WebSocket frame for each update'],
];

for (const [framed, name] of framings) {
  test(`the market page at ${updatesPerSecond} updates a second, ${name}`, async ({ server, browser }) => {
    const busy = await BusyMarket.start(server.url, updatesPerSecond, framed);
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${busy.url}/market`);
    await new Trader(page).isVerified();
    await page.waitForTimeout(warmUpMillis);
    await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] });
    const before = busy.updates;
    await page.waitForTimeout(measuredMillis);
    const updates = busy.updates - before;
    const frames = frameWork((await browser.stopTracing()).toString());
    expect(frames.length).toBeGreaterThan(0);
    const millis = (of: (frame: (typeof frames)[number]) => number, part: number) => quantile(frames.map(of), part).toFixed(1);
    console.log(
      `market page, ${Math.round((updates * 1_000) / measuredMillis)} updates/s, ${name}: main thread per animation frame p50 ${millis((f) => f.wall, 0.5)} ms, ` +
        `p95 ${millis((f) => f.wall, 0.95)} ms (aim ${aimMillis}), p99 ${millis((f) => f.wall, 0.99)} ms; of it on a CPU p50 ${millis((f) => f.cpu, 0.5)} ms, ` +
        `p95 ${millis((f) => f.cpu, 0.95)} ms; ${frames.length} frames in ${measuredMillis / 1_000} s`,
    );
    await context.close();
    await busy.close();
  });
}
