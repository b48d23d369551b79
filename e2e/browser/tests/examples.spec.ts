import type { Page } from '@playwright/test';
import { findings, fitsAcross } from '../support/access.ts';
import { expect, narrow, test } from '../support/test.ts';

const kinds = ['websocket', 'events', 'polling'] as const;

async function enter(page: Page, url: string, kind: string, name: string): Promise<void> {
  await page.goto(`${url}/examples/`);
  await page.getByRole('main').locator(`a[href$="${kind}.html"]`).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join the lobby' }).click();
  await expect(page.getByRole('status')).toHaveText('Connected.');
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message to lobby').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** What is shown, without the names. */
const texts = (page: Page) => page.getByRole('log').locator('p').evaluateAll((lines) => lines.map((line) => line.lastChild?.textContent));

for (const mode of ['open', 'token'] as const) {
  test.describe(mode, () => {
    test.use({ flags: mode === 'open' ? ['--open'] : ['--auth.guestsPerHour=1000'] });

    for (const kind of kinds) {
      test(`${kind}: two people talk, and nothing is lost over a restart`, async ({ server, profile, picture }) => {
        const ann = await (await profile({ viewport: narrow })).newPage();
        const bo = await (await profile()).newPage();
        await enter(bo, server.url, 'websocket', 'Bo');
        await say(bo, 'before Ann came');
        await enter(ann, server.url, kind, 'Ann');
        await say(ann, 'hello <b>Bo</b>');
        const all = ['before Ann came', 'hello <b>Bo</b>'];
        await expect.poll(() => texts(bo)).toEqual(all);
        await expect.poll(() => texts(ann)).toEqual(all);
        expect(await findings(ann)).toEqual([]);
        await fitsAcross(ann);
        await picture(ann, `example-${kind}-${mode}`);

        await server.kill();
        await expect(ann.getByRole('status')).toHaveText(/Connection lost|Connecting/);
        await expect(bo.getByRole('status')).toHaveText(/Connection lost|Connecting/);
        await server.start();
        await expect(bo.getByRole('status')).toHaveText('Connected.', { timeout: 60_000 });
        await say(bo, 'after the restart');
        all.push('after the restart');
        await expect.poll(() => texts(bo)).toEqual(all);
        await expect.poll(() => texts(ann), { timeout: 60_000 }).toEqual(all);
      });
    }
  });
}

test('the overview leads to each example and its source', async ({ server, profile }) => {
  const page = await (await profile({ viewport: narrow })).newPage();
  await page.goto(`${server.url}/examples/`);
  expect(await findings(page)).toEqual([]);
  await fitsAcross(page);
  for (const kind of kinds) {
    for (const file of [`${kind}.html`, `${kind}.js`]) {
      await expect(page.locator(`a[href="/examples/${file}"]`)).toBeVisible();
      expect((await page.request.get(`${server.url}/examples/${file}`)).status()).toBe(200);
    }
  }
});
