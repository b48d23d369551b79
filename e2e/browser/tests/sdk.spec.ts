import { Proxy } from '../support/proxy.ts';
import { SdkPage } from '../support/sdkPage.ts';
import type { Server } from '../support/server.ts';
import { expect, test as base } from '../support/test.ts';

/** Two ways to one server, so that one of them can be in the way of somebody and not of the others. */
const test = base.extend<{ way: Proxy; otherWay: Proxy }>({
  flags: ['--open', '--rate.message=6000/60s', '--limits.connectionsPerAddress=50', '--limits.readsPerAddress=1000/1s'],
  way: async ({ server }, use) => using(server, use),
  otherWay: async ({ server }, use) => using(server, use),
});

async function using(server: Server, use: (proxy: Proxy) => Promise<void>): Promise<void> {
  const proxy = await Proxy.start(server);
  await use(proxy);
  await proxy.close();
}

/** What the room holds, as the server says itself. */
async function stored(server: Server, room = 'general'): Promise<readonly string[]> {
  const response = await fetch(`${server.url}/api/messages?room=${room}&limit=200`);
  return ((await response.json()) as { data: { message: string } }[]).map(({ data }) => data.message);
}

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);

/** Nothing lost, nothing doubled, order kept: on either page, in the room, and of each who spoke. */
async function agree(server: Server, said: Readonly<Record<string, readonly string[]>>, ...pages: readonly SdkPage[]): Promise<void> {
  const count = Object.values(said).flat().length;
  for (const page of pages) await expect.poll(async () => (await page.heard()).length, { timeout: 60_000 }).toBe(count);
  const all = await stored(server);
  for (const [name, texts] of Object.entries(said)) expect(all.filter((text) => text.startsWith(`${name} `))).toEqual(texts);
  for (const page of pages) expect(await page.heard()).toEqual(all);
}

test('what is said without a network for 30 seconds arrives', async ({ server, way, otherWay, profile }) => {
  const context = await profile();
  const ann = await SdkPage.open(context, way, 'ann');
  const bo = await SdkPage.open(await profile(), otherWay, 'bo');
  const [first, ...rest] = numbered('ann', 6) as [string, ...string[]];
  await ann.say(first);
  await bo.hears([first]);
  way.goDown();
  await context.setOffline(true);
  const began = Date.now();
  await ann.say(...rest);
  const byBo = numbered('bo', 5);
  await bo.say(...byBo);
  await bo.hears([first, ...byBo]);
  await expect.poll(() => Date.now() - began, { timeout: 40_000 }).toBeGreaterThan(30_000);
  expect(await ann.acknowledged()).toEqual([first]);
  way.comeBack();
  await context.setOffline(false);
  await ann.isLive();
  await agree(server, { ann: [first, ...rest], bo: byBo }, ann, bo);
});

test('what waits to be sent survives a reload', async ({ server, way, otherWay, profile }) => {
  const ann = await SdkPage.open(await profile(), way, 'ann');
  const bo = await SdkPage.open(await profile(), otherWay, 'bo');
  const texts = numbered('ann', 20);
  way.goDown();
  await ann.say(...texts);
  await expect.poll(() => ann.kept()).toBe(texts.length); // what is on the disk survives, not what is on its way there
  await ann.page.reload();
  await expect.poll(() => ann.state()).not.toBe('loading');
  await ann.say('ann 21');
  way.comeBack();
  await ann.wake();
  await ann.isLive();
  await agree(server, { ann: [...texts, 'ann 21'] }, bo);
});

test('a page that was frozen while its connection died goes on where it was', async ({ browserName, server, way, otherWay, profile }) => {
  test.skip(browserName !== 'chromium', 'only Chromium lets a test freeze a page');
  const ann = await SdkPage.open(await profile(), way, 'ann');
  const bo = await SdkPage.open(await profile(), otherWay, 'bo');
  const before = numbered('bo', 3);
  await bo.say(...before);
  await ann.hears(before);
  await ann.freeze();
  way.cut();
  const all = numbered('bo', 10);
  await bo.say(...all.slice(3));
  await bo.hears(all);
  await ann.thaw();
  await ann.say('ann 1');
  await agree(server, { bo: all, ann: ['ann 1'] }, ann, bo);
});

/** The pages are woken, so that the growing waits between their attempts are not the test's. */
test('a server that is killed and comes back loses and doubles nothing', async ({ server, way, otherWay, profile }) => {
  const ann = await SdkPage.open(await profile(), way, 'ann');
  const bo = await SdkPage.open(await profile(), otherWay, 'bo');
  const byAnn = numbered('ann', 40);
  const byBo = numbered('bo', 40);
  for (let round = 0; round < 2; round++) {
    const [from, to] = [round * 20, round * 20 + 20];
    await Promise.all([ann.say(...byAnn.slice(from, to)), bo.say(...byBo.slice(from, to)), server.kill()]);
    await server.start();
    await Promise.all([ann.wake(), bo.wake()]);
    await ann.isLive();
    await bo.isLive();
  }
  await agree(server, { ann: byAnn, bo: byBo }, ann, bo);
});

for (const transport of ['sse', 'polling'] as const) {
  test(`where no WebSocket comes through${transport === 'polling' ? ' and no stream either' : ''}, ${transport} does`, async ({ server, way, otherWay, profile }) => {
    way.blocksWebSockets = true;
    way.holdsStreams = transport === 'polling';
    const ann = await SdkPage.open(await profile(), way, 'ann');
    const bo = await SdkPage.open(await profile(), otherWay, 'bo');
    expect([await ann.transport(), await bo.transport()]).toEqual([transport, 'websocket']);
    const byAnn = numbered('ann', 20);
    const byBo = numbered('bo', 20);
    await Promise.all([ann.say(...byAnn), bo.say(...byBo)]);
    await agree(server, { ann: byAnn, bo: byBo }, ann, bo);
    way.cut();
    await bo.say('bo 21');
    await ann.say('ann 21');
    await agree(server, { ann: [...byAnn, 'ann 21'], bo: [...byBo, 'bo 21'] }, ann, bo);
    expect(await ann.transport()).toBe(transport);
  });
}

test('two tabs with one outbox send everything once', async ({ server, way, otherWay, profile }) => {
  const context = await profile();
  const tab = await SdkPage.open(context, way, 'ann');
  const other = await SdkPage.open(context, way, 'ann');
  const bo = await SdkPage.open(await profile(), otherWay, 'bo');
  const [byTab, byOther] = [numbered('tab', 20), numbered('other', 20)];
  way.goDown();
  await tab.say(...byTab);
  await other.say(...byOther);
  way.comeBack();
  await Promise.all([tab.wake(), other.wake()]);
  await agree(server, { tab: byTab, other: byOther }, tab, other, bo);
});

test('what a tab could not send before it was closed, another one sends', async ({ server, way, otherWay, profile }) => {
  const context = await profile();
  const tab = await SdkPage.open(context, way, 'ann');
  const other = await SdkPage.open(context, way, 'ann');
  const bo = await SdkPage.open(await profile(), otherWay, 'bo');
  way.goDown();
  await tab.say(...numbered('tab', 5));
  await expect.poll(() => tab.kept()).toBe(5); // as above: what is on the disk
  await tab.page.close();
  way.comeBack();
  await other.wake();
  await agree(server, { tab: numbered('tab', 5) }, other, bo);
});

test.describe('one connection for all tabs', () => {
  const webSockets = (proxy: Proxy) => proxy.asked.filter((path) => path.startsWith('/chat')).length;

  test('is shared, and outlives the tab that asked for it first', async ({ server, way, otherWay, profile }) => {
    const context = await profile();
    const first = await SdkPage.open(context, way, 'ann', { shared: true });
    const second = await SdkPage.open(context, way, 'ann', { shared: true });
    const bo = await SdkPage.open(await profile(), otherWay, 'bo');
    await Promise.all([first.say(...numbered('first', 10)), second.say(...numbered('second', 10)), bo.say(...numbered('bo', 10))]);
    const said = { first: numbered('first', 10), second: numbered('second', 10), bo: numbered('bo', 10) };
    await agree(server, said, first, second, bo);
    expect(webSockets(way)).toBe(1);
    await first.page.close();
    await second.say('second 11');
    await bo.say('bo 11');
    await agree(server, { ...said, second: numbered('second', 11), bo: numbered('bo', 11) }, second, bo);
    expect(webSockets(way)).toBe(1);
  });

  test('goes on when one tab is frozen, and that one catches up', async ({ browserName, server, way, otherWay, profile }) => {
    test.skip(browserName !== 'chromium', 'only Chromium lets a test freeze a page');
    const context = await profile();
    const frozen = await SdkPage.open(context, way, 'ann', { shared: true });
    const second = await SdkPage.open(context, way, 'ann', { shared: true });
    const bo = await SdkPage.open(await profile(), otherWay, 'bo');
    await frozen.freeze();
    await bo.say(...numbered('bo', 20));
    await second.hears(numbered('bo', 20));
    await second.say(...numbered('second', 5));
    await frozen.thaw();
    await agree(server, { bo: numbered('bo', 20), second: numbered('second', 5) }, frozen, second, bo);
  });

  test('comes back with the server for all of them', async ({ server, way, profile }) => {
    const context = await profile();
    const first = await SdkPage.open(context, way, 'ann', { shared: true });
    const second = await SdkPage.open(context, way, 'ann', { shared: true });
    await Promise.all([first.say(...numbered('first', 10)), second.say(...numbered('second', 10)), server.kill()]);
    await server.start();
    await Promise.all([first.wake(), second.wake()]);
    await agree(server, { first: numbered('first', 10), second: numbered('second', 10) }, first, second);
  });
});
