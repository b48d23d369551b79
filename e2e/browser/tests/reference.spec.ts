import { findings, fitsAcross } from '../support/access.ts';
import { expect, narrow, test, wide } from '../support/test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, viewport] of [['1400', wide], ['360', narrow]] as const) {
    test(`the messages can be read at ${width} px, ${colorScheme}`, async ({ server, profile, picture }) => {
      const page = await (await profile({ colorScheme, viewport })).newPage();
      await page.goto(`${server.url}/asyncapi`);
      const chat = page.getByRole('article', { name: 'join_room' });
      await expect(chat).toContainText('Enters a room');
      await expect(chat.getByRole('link', { name: 'joined' })).toBeVisible();
      await expect(page.getByTestId('message')).toHaveCount(31);
      expect(await findings(page)).toEqual([]);
      await fitsAcross(page);
      await picture(page, `asyncapi-${width}-${colorScheme}`);
    });
  }
}

test('a message has an address', async ({ server, profile }) => {
  const page = await (await profile()).newPage();
  await page.goto(`${server.url}/asyncapi#server.reconnect`);
  await expect(page.getByRole('article', { name: 'reconnect' })).toBeInViewport();
  await page.getByRole('navigation', { name: 'Messages' }).getByRole('link', { name: 'search', exact: true }).click();
  await expect(page.getByRole('article', { name: 'search', exact: true })).toBeInViewport();
  await page.goto(`${server.url}/asyncapi/`);
  await expect(page.getByRole('heading', { level: 1, name: 'Messages' })).toBeVisible();
});
