import { findings, fitsAcross } from '../support/access.ts';
import { BusyMarket } from '../support/busyMarket.ts';
import { beginPaints, countPaints, paintsOf } from '../support/paints.ts';
import { expect, narrow, test, wide } from '../support/test.ts';
import { Trader } from '../support/trader.ts';

const busyUpdatesPerSecond = 5_000;

test('prices, trades, the chart and a verified book are live for everybody', async ({ server, profile, picture }) => {
  const reader = await Trader.look(await profile(), server.url);
  await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText('BTC-USD');
  for (const name of ['BTC-USD', 'ETH-USD', 'SOL-USD']) await expect(reader.symbol(name)).toContainText(/\d\.\d/);
  const first = await reader.price.textContent();
  await expect(reader.price).not.toHaveText(first ?? '');
  await expect(reader.trades.nth(4)).toContainText(/[▲▼] [\d,]+\.\d\d/);
  await expect(reader.page.locator('.chart-place canvas').first()).toBeVisible();
  await expect(reader.page.locator('.legend')).toContainText(/O.*H.*L.*C/s);
  await expect(reader.page).toHaveTitle(/^[\d,]+\.\d\d BTC-USD/);
  // As many as there is room for, once the page has been measured.
  await expect.poll(() => reader.shown('bids')).toHaveLength(16);

  const begun = await reader.lost();
  const sequence = await reader.health('sequence');
  await expect.poll(() => reader.health('sequence')).toBeGreaterThan(sequence + 100);
  await reader.isVerified();
  expect(await reader.lost()).toEqual(begun);
  await picture(reader.page, 'market');

  await reader.symbol('SOL-USD').click();
  await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText('SOL-USD');
  await reader.isVerified();
  await expect(reader.trades.first()).toContainText(/\d\.\d{3}/);
  await reader.page.getByRole('radio', { name: '5m' }).check();
  await expect(reader.page.getByRole('img', { name: /five minutes/ })).toBeVisible();
  await reader.page.goBack();
  await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText('BTC-USD');
  await reader.isVerified();
});

test('an address of a symbol opens it, and one of no symbol says so', async ({ server, profile }) => {
  const reader = await Trader.look(await profile(), server.url, '#/ETH-USD');
  await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText('ETH-USD');
  await reader.page.evaluate(() => (location.hash = '#/NONE'));
  await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText('There is no NONE here');
  await reader.symbol('SOL-USD').click();
  await reader.isVerified();
});

test('5,000 updates a second: verified throughout, and at most one change of the page per frame', async ({ server, profile, picture }) => {
  const busy = await BusyMarket.start(server.url, busyUpdatesPerSecond);
  const context = await profile();
  const page = await context.newPage();
  await countPaints(page);
  await page.goto(`${busy.url}/market`);
  const reader = new Trader(page);
  await reader.isVerified();
  await expect(reader.page.locator('.chart-place canvas').first()).toBeVisible();
  await page.evaluate(() => {
    const state = { lost: 0, said: 0 };
    const pill = document.querySelector('.verified') as HTMLElement;
    new MutationObserver(() => pill.dataset['verified'] !== 'true' && state.lost++).observe(pill, { attributes: true });
    for (const region of document.querySelectorAll('[role=status], [role=alert], [role=log]')) {
      new MutationObserver(() => state.said++).observe(region, { subtree: true, childList: true, characterData: true });
    }
    Object.assign(window, { busyState: state });
  });
  const begun = await reader.lost();
  expect(page.workers()).toHaveLength(1);
  await beginPaints(page);
  const before = busy.updates;
  await expect.poll(() => busy.updates - before, { timeout: 90_000 }).toBeGreaterThan(4 * busyUpdatesPerSecond);
  const paints = await paintsOf(page);
  console.log(`${busy.updates - before} updates: ${paints.frames} frames, the page changed in ${paints.changed}`);
  expect([paints.mostInOneFrame, paints.between]).toEqual([1, 0]);
  // A machine that has other things to do draws few frames; that it draws is what matters here.
  expect(paints.changed).toBeGreaterThan(0);
  await picture(page, 'market-busy');

  // What stands there is the book, and no update of it was missing.
  busy.paused = true;
  const [symbol] = busy.symbols;
  await expect.poll(() => reader.health('sequence')).toBe(symbol!.sequences.book);
  const text = (ticks: number, lots: number) => `${(ticks / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })} ${(lots / 10_000).toFixed(4)}`;
  const texts = (levels: readonly (readonly [number, number])[]) => levels.slice(0, 16).map((level) => text(...level));
  await expect.poll(() => reader.shown('bids')).toEqual(texts(symbol!.bids));
  await expect.poll(() => reader.shown('asks')).toEqual(texts(symbol!.asks));
  await expect.poll(() => reader.tape()).toEqual(symbol!.trades.map(({ buys, ticks, lots }) => `${buys ? '▲' : '▼'} ${text(ticks, lots)}`));
  expect(await reader.lost()).toEqual(begun);
  expect(await page.evaluate(() => (window as unknown as { busyState: object }).busyState)).toEqual({ lost: 0, said: 0 });
  await busy.close();
});

test('where its worker does not start the page has the browser’s own socket', async ({ server, profile }) => {
  const context = await profile();
  await context.route('**/wireWorker-*.js', (route) => route.abort());
  const reader = await Trader.look(context, server.url);
  expect(reader.page.workers()).toEqual([]);
  await expect(reader.trades.nth(4)).toContainText(/\d\.\d/);
});

test('a restart of the server is told, and then all is live and verified again', async ({ server, profile, picture }) => {
  const reader = await Trader.look(await profile(), server.url);
  await server.kill();
  await expect(reader.page.locator('.banner-connecting')).toBeVisible();
  await expect(reader.page.locator('.verified[data-verified=false]')).toHaveText('Not connected');
  await picture(reader.page, 'market-lost');
  await server.start();
  await reader.page.evaluate(() => dispatchEvent(new Event('online')));
  await reader.isVerified();
  await expect.poll(() => reader.health('reconnects')).toBeGreaterThan(0);
  const price = await reader.price.textContent();
  await expect(reader.price).not.toHaveText(price ?? '');
});

test('the list flashes, and does not for who wants no motion', async ({ server, profile }) => {
  const reader = await Trader.look(await profile(), server.url);
  const animation = (page = reader.page) => page.evaluate(() => {
    const flashed = document.querySelector('.watch-price[data-flash^=flash]');
    return flashed === null ? undefined : getComputedStyle(flashed, '::after').animationName;
  });
  await expect.poll(() => animation()).toMatch(/^flash/);
  const calm = await Trader.look(await profile({ reducedMotion: 'reduce' }), server.url);
  await expect.poll(() => animation(calm.page)).toBe('none');
});

test('the chart’s code is loaded on the market’s page alone', async ({ server, profile }) => {
  const context = await profile();
  const asked: string[] = [];
  context.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const charts = () => asked.filter((path) => /\/chart-.*\.js$/.test(path));
  const page = await context.newPage();
  for (const path of ['/', '/docs']) {
    await page.goto(server.url + path);
    await expect(page.getByLabel('Your name')).toBeVisible();
  }
  expect(charts()).toEqual([]);
  await page.goto(`${server.url}/market`);
  await expect(page.locator('.chart-place canvas').first()).toBeVisible();
  expect(charts()).toHaveLength(1);
});

test('a chart whose code did not come at first is there all the same', async ({ server, profile }) => {
  const context = await profile();
  let refused = 0;
  await context.route(/\/chart-.*\.js$/, (route) => (refused++ < 2 ? route.abort('connectionrefused') : route.continue()));
  const reader = await Trader.look(context, server.url);
  await expect(reader.page.locator('.chart-place canvas').first()).toBeVisible();
  expect(refused).toBeGreaterThan(2);
});

test('the pages lead to each other', async ({ server, profile }) => {
  const reader = await Trader.look(await profile(), server.url);
  await reader.page.getByRole('link', { name: 'Docs' }).click();
  await reader.page.getByLabel('Your name').fill('Ann');
  await reader.page.getByRole('button', { name: 'Join as a guest' }).click();
  await reader.page.getByRole('link', { name: 'Chat' }).click();
  await reader.page.getByRole('link', { name: 'Market' }).click();
  await reader.isVerified();
  await expect(reader.page.getByText('Ann', { exact: true })).toBeVisible();
});

test('an order waits in the book, is nobody else’s to see, and is cancelled', async ({ server, profile, picture }) => {
  const ann = await Trader.signIn(await profile(), server.url, 'Ann');
  const bo = await Trader.signIn(await profile(), server.url, 'Bo');
  await ann.order('Buy', 'Limit', '0.01', '60,000.5');
  await expect(ann.outcome).toHaveText('Buy 0.0100 BTC-USD at 60,000.50: waits in the book.');
  await ann.choose('Open orders');
  await expect(ann.orders).toHaveCount(1);
  await expect(ann.orders).toContainText('60,000.50');
  await picture(ann.page, 'market-order-waits');
  await bo.choose('Open orders');
  await expect(bo.page.getByText('No open orders.')).toBeVisible();
  await ann.page.reload();
  await ann.isVerified();
  await ann.choose('Open orders');
  await expect(ann.orders).toHaveCount(1);
  await ann.orders.getByRole('button', { name: /^Cancel/ }).click();
  await expect(ann.orders).toHaveCount(0);
  await expect(ann.page.getByRole('status', { name: 'Orders' })).toHaveText(/^Cancelled: buy 0.0100 BTC-USD/);
});

test('what is bought is a position with its profit, until it is sold; more than that is not', async ({ server, profile, picture }) => {
  const ann = await Trader.signIn(await profile(), server.url, 'Ann');
  await expect(ann.page.getByTestId('equity')).toHaveText('100,000.00');
  await ann.order('Buy', 'Market', '0.02');
  await expect(ann.outcome).toHaveText(/^Bought 0\.0200 BTC-USD at [\d,]+\.\d\d\.$/);
  await expect(ann.page.getByRole('status', { name: 'Orders' })).toHaveText(/^Bought [\d.]+ BTC-USD at [\d,.]+\./);
  await expect(ann.page.getByRole('row', { name: /BTC-USD/ })).toContainText('0.0200');
  await expect(ann.page.getByTestId('profit')).toHaveText(/^[+−]?[\d,]+\.\d\d$/);
  await expect(ann.page.getByTestId('equity')).not.toHaveText('100,000.00');
  await picture(ann.page, 'market-position');
  await ann.order('Sell', 'Market', '0.03');
  await expect(ann.problem).toHaveText('You can sell what you hold, and not more.');
  await ann.order('Sell', 'IOC', '0.02', '1');
  await expect(ann.outcome).toHaveText(/^Sold 0\.0200 BTC-USD at [\d,]+\.\d\d\.$/);
  await expect(ann.page.getByTestId('profit')).toHaveCount(0);
  await ann.choose('Fills');
  await expect(ann.page.getByTestId('fill').first()).toContainText('Sell');
  await ann.order('Buy', 'Limit', '0.00001', '60000');
  await expect(ann.problem).toHaveText('The size goes in steps of 0.0001.');
  await expect(ann.ticket.getByRole('textbox', { name: /^Size/ })).toBeFocused();
  await ann.order('Buy', 'Limit', '1000', '60000');
  await expect(ann.problem).toHaveText('Your account does not have that much cash.');
});

test('trading by keyboard alone', async ({ server, profile, picture }) => {
  const ann = await Trader.look(await profile(), server.url);
  const { page } = ann;
  const { keyboard } = page;
  const focused = () => page.locator(':focus');
  const tabTo = async (name: RegExp, back = false) => {
    for (let presses = 0; presses < 40; presses++) {
      await keyboard.press(back ? 'Shift+Tab' : 'Tab');
      const found = await page.evaluate(() => `${document.activeElement?.getAttribute('aria-label') ?? ''} ${document.activeElement?.id} ${document.activeElement?.textContent?.trim()}`);
      if (name.test(found)) return;
    }
    throw new Error(`no way to ${name}`);
  };
  await keyboard.press('Tab');
  await expect(focused()).toHaveText('Skip to the order ticket');
  await keyboard.press('Enter');
  await expect(ann.ticket).toBeFocused();
  await keyboard.press('Tab');
  await expect(focused()).toHaveText('Sign in to trade');
  await keyboard.press('Enter');
  await expect(page.getByLabel('Your name')).toBeFocused();
  await keyboard.type('Ann');
  await keyboard.press('Enter');
  await ann.isVerified();

  await tabTo(/Skip to the order/);
  await keyboard.press('Enter');
  await tabTo(/ticket-price/);
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('60000');
  await keyboard.press('ArrowUp');
  await keyboard.press('PageUp');
  await expect(focused()).toHaveValue('60000.11');
  await tabTo(/ticket-size/);
  await keyboard.press('PageUp');
  await expect(focused()).toHaveValue('0.0010');
  await keyboard.press('Enter');
  await expect(ann.outcome).toHaveText('Buy 0.0010 BTC-USD at 60,000.11: waits in the book.');
  await picture(page, 'market-keyboard');

  await tabTo(/tab-positions/, true);
  await keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^Open orders/ })).toBeFocused();
  await expect(ann.orders).toHaveCount(1);
  await tabTo(/^Cancel/);
  await keyboard.press('Enter');
  await expect(ann.orders).toHaveCount(0);

  // The list of symbols and the chart.
  await tabTo(/ETH-USD/, true);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ETH-USD');
  await tabTo(/^Candles/);
  await keyboard.press('+');
  await keyboard.press('ArrowLeft');
  await keyboard.press('End');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, viewport] of [['1400', wide], ['360', narrow]] as const) {
    test(`market: no serious finding and no sideways scroll at ${width} px, ${colorScheme}`, async ({ server, profile, picture }) => {
      const reader = await Trader.look(await profile({ colorScheme, viewport }), server.url);
      const { page } = reader;
      await expect(page.locator('.chart-place canvas').first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await fitsAcross(page);
      await picture(page, `market-${width}-${colorScheme}`);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      expect(await findings(page)).toEqual([]);
      await page.getByLabel('Your name').fill('Ann');
      await page.getByRole('button', { name: 'Join as a guest' }).click();
      await reader.isVerified();
      if (viewport === wide) {
        await reader.order('Buy', 'Market', '0.02');
        await expect(page.getByTestId('profit')).toBeVisible();
        await reader.order('Sell', 'Limit', '0.02', '70000');
        await expect(reader.outcome).toContainText('waits in the book');
        expect(await findings(page)).toEqual([]);
        await fitsAcross(page);
        await picture(page, `market-trading-${width}-${colorScheme}`);
        return;
      }
      for (const panel of ['Trades', 'Order', 'Account', 'Feed', 'Book']) {
        await page.getByRole('button', { name: panel, exact: true }).click();
        expect(await findings(page)).toEqual([]);
        await fitsAcross(page);
        await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
        await picture(page, `market-${panel.toLowerCase()}-${width}-${colorScheme}`);
      }
    });
  }
}
