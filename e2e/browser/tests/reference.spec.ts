import { findings, fitsAcross } from '../support/access.ts';
import { expect, narrow, test, wide } from '../support/test.ts';

test('the messages can be read on a wide page and a narrow one, light and dark', async ({ server, profile, picture }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [wide, narrow]) {
      const page = await (await profile({ colorScheme, viewport })).newPage();
      await page.goto(`${server.url}/asyncapi`);
      const join = page.getByRole('article', { name: 'join_room' });
      await expect(join).toContainText('Enters a room');
      await expect(join.getByRole('link', { name: 'joined' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await fitsAcross(page);
      await picture(page, `asyncapi-${viewport.width}-${colorScheme}`);
    }
  }
});

test('a message has an address', async ({ server, profile }) => {
  const page = await (await profile()).newPage();
  await page.goto(`${server.url}/asyncapi#server.reconnect`);
  await expect(page.getByRole('article', { name: 'reconnect' })).toBeInViewport();
  await page.getByRole('navigation', { name: 'Messages' }).getByRole('link', { name: 'search', exact: true }).click();
  await expect(page.getByRole('article', { name: 'search', exact: true })).toBeInViewport();
  await page.goto(`${server.url}/asyncapi/`);
  await expect(page.getByRole('heading', { level: 1, name: 'Messages' })).toBeVisible();
});
