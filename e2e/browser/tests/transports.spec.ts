import type { BrowserContext, Route } from '@playwright/test';
import { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';

/** As a proxy does that knows no WebSocket. */
async function withoutWebSocket(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript(() => {
    class Refused extends EventTarget {
      readyState = 0;
      bufferedAmount = 0;
      onclose: ((event: { code: number; reason: string }) => void) | undefined;
      constructor() {
        super();
        setTimeout(() => this.onclose?.({ code: 1006, reason: '' }));
      }
      send() {}
      close() {}
    }
    Object.assign(globalThis, { WebSocket: Refused });
  });
  return context;
}

async function talk(ann: Person, bo: Person): Promise<void> {
  await ann.say('one');
  await expect(bo.message('one')).toHaveCount(1);
  await bo.say('two');
  await bo.say('three');
  await expect(ann.message('three')).toHaveCount(1);
  await ann.say('four');
  await expect(ann.message('four').getByTitle('Sent')).toBeVisible();
  await expect.poll(() => ann.texts()).toEqual(['one', 'two', 'three', 'four']);
  await expect.poll(() => bo.texts()).toEqual(['one', 'two', 'three', 'four']);
}

const transport = (person: Person) => person.page.evaluate(() => localStorage.getItem('peal.transport')?.split(' ')[0]);

test('without WebSocket the page talks over an event stream', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const bo = await Person.signIn(await withoutWebSocket(await profile()), server.url, 'Bo');
  expect(await transport(bo)).toBe('sse');
  await expect(ann.people).toHaveText([/Ann/, /Bo/]);
  await talk(ann, bo);
  await picture(bo.page, 'event-stream');
});

test('without WebSocket and streams the page polls', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const context = await withoutWebSocket(await profile());
  await context.route(/\/events/, (route: Route) => route.abort());
  const bo = await Person.signIn(context, server.url, 'Bo');
  expect(await transport(bo)).toBe('polling');
  await talk(ann, bo);
});

test('what waits to be sent survives a reload, and arrives once and in order', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const context = await profile();
  let swallow = true;
  await context.routeWebSocket(/\/chat$/, (page) => {
    const through = page.connectToServer();
    page.onMessage((text) => {
      const { type } = JSON.parse(String(text)) as { type: string };
      if (type !== 'message' || !swallow) through.send(text);
    });
  });
  const bo = await Person.signIn(context, server.url, 'Bo');
  for (const text of ['one', 'two', 'three']) await bo.say(text);
  await expect(bo.page.getByText('Sending…')).toHaveCount(3);
  await expect.poll(() => rows(bo)).toBe(3); // what is on the disk survives, not what is on its way there
  await bo.page.reload();
  await bo.isLive();
  await expect.poll(() => bo.texts()).toEqual(['one', 'two', 'three']);
  await expect(bo.page.getByText('Sending…')).toHaveCount(3);
  await picture(bo.page, 'waiting-after-reload');
  swallow = false;
  await bo.page.reload();
  await bo.isLive();
  await expect.poll(() => ann.texts()).toEqual(['one', 'two', 'three']);
  await expect(bo.page.getByText('Sending…')).toHaveCount(0);
  expect(await bo.texts()).toEqual(['one', 'two', 'three']);
  await bo.page.reload();
  await bo.isLive();
  await expect.poll(() => bo.texts()).toEqual(['one', 'two', 'three']);
  expect(await ann.texts()).toEqual(['one', 'two', 'three']);
});

test('signing out discards what was not sent', async ({ server, profile }) => {
  const context = await profile();
  await context.routeWebSocket(/\/chat$/, (page) => {
    const through = page.connectToServer();
    page.onMessage((text) => {
      if ((JSON.parse(String(text)) as { type: string }).type !== 'message') through.send(text);
    });
  });
  const ann = await Person.signIn(context, server.url, 'Ann');
  await ann.say('never sent');
  await expect(ann.page.getByText('Sending…')).toBeVisible();
  await expect.poll(() => rows(ann)).toBe(1);
  await ann.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(ann.page.getByLabel('Your name')).toBeFocused();
  await expect.poll(() => rows(ann)).toBe(0);
});

/** How many messages wait in the browser's database. */
function rows(person: Person): Promise<number> {
  return person.page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('peal', 1);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const count = opening.result.transaction('outbox').objectStore('outbox').count();
          count.onsuccess = () => {
            opening.result.close();
            resolve(count.result);
          };
          count.onerror = () => reject(count.error);
        };
      }),
  );
}
