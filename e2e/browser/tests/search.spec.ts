import { findings, fitsAcross } from '../support/access.ts';
import { Person } from '../support/person.ts';
import { seed } from '../support/seed.ts';
import { expect, narrow, test, wide } from '../support/test.ts';

const all = Array.from({ length: 330 }, (_, index) => (index === 6 ? 'Crème brûlée, 🔔 twice!' : `message ${index + 1}`));

async function search(person: Person, words: string): Promise<void> {
  if ((await person.page.getByRole('dialog').count()) === 0) await person.page.getByRole('button', { name: /^Search in/ }).click();
  await expect(person.page.getByRole('searchbox')).toBeVisible();
  await person.page.getByRole('searchbox').fill(words);
  await person.page.keyboard.press('Enter');
}

test('what was said long ago is found, and read on from there to the end', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann', 'lobby');
  await seed(ann.page, 'archive', all);
  await ann.joinRoom('archive');
  const { keyboard } = ann.page;
  await ann.page.getByRole('button', { name: 'Search in archive' }).focus();
  await keyboard.press('Enter');
  await expect(ann.page.getByRole('searchbox')).toBeFocused();
  await expect(async () => {
    await search(ann, 'creme bru');
    await expect(ann.page.getByTestId('hit')).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await expect(ann.page.getByTestId('hit').locator('mark')).toHaveText(['Crème', 'brûlée']);
  await picture(ann.page, 'search-found');
  await ann.page.getByTestId('hit').focus();
  await keyboard.press('Enter');

  const found = ann.message('Crème brûlée, 🔔 twice!');
  await expect(found).toBeFocused();
  await expect(found).toBeInViewport();
  await expect(ann.message('message 9')).toBeInViewport();
  await expect(ann.message('message 330')).toHaveCount(0);
  await picture(ann.page, 'search-led-to');

  const list = ann.page.getByRole('region', { name: 'Messages in archive' });
  await expect(async () => {
    await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await expect(ann.message('message 330')).toBeInViewport({ timeout: 500 });
  }).toPass();
  expect(await ann.texts()).toEqual(all);

  await search(ann, 'creme bru');
  await ann.page.getByTestId('hit').click();
  await expect(found).toBeInViewport();
  await ann.page.getByRole('button', { name: 'To the newest' }).click();
  await expect(ann.message('message 330')).toBeInViewport();
  await ann.say('and now');
  await expect(ann.message('and now')).toBeInViewport();
});

test('hits come page by page, and nothing found is said', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann', 'lobby');
  await seed(ann.page, 'archive', all.slice(0, 50));
  await ann.joinRoom('archive');
  const hits = ann.page.getByTestId('hit');
  await expect(async () => {
    await search(ann, 'message');
    await expect(hits.first()).toContainText('message 50', { timeout: 1_000 });
  }).toPass();
  await expect(hits).toHaveCount(20);
  await ann.page.getByRole('button', { name: 'Search further back' }).click();
  await expect(hits).toHaveCount(40);
  await search(ann, 'nowhere');
  await expect(ann.page.getByText(/^Nothing found\./)).toBeVisible();
  await expect(hits).toHaveCount(0);
});

test.describe('with a low limit', () => {
  test.use({ flags: ['--open', '--rate.search=1/60s'] });

  test('too many searches say when the next one may be', async ({ server, profile }) => {
    const ann = await Person.signIn(await profile(), server.url, 'Ann');
    await search(ann, 'one');
    await expect(ann.page.getByText(/^Nothing found\./)).toBeVisible();
    await search(ann, 'two');
    await expect(ann.page.getByText(/^Too many searches at once\. Search again at \d/)).toBeVisible();
  });
});

test('the search has no serious finding, wide and narrow, light and dark', async ({ server, profile, picture }) => {
  const start = await Person.signIn(await profile(), server.url, 'Ann', 'lobby');
  await seed(start.page, 'archive', [...all.slice(0, 9), `Crème ${'long words '.repeat(60)}${'x'.repeat(100)}`]);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, viewport] of [['1400', wide], ['360', narrow]] as const) {
      const ann = await Person.signIn(await profile({ colorScheme, viewport }), server.url, 'Ann Petrov', 'archive');
      await expect(async () => {
        await search(ann, 'creme');
        await expect(ann.page.getByTestId('hit')).toHaveCount(2, { timeout: 1_000 });
      }).toPass();
      expect(await findings(ann.page)).toEqual([]);
      await fitsAcross(ann.page);
      await picture(ann.page, `search-${width}-${colorScheme}`);
      await ann.page.getByTestId('hit').last().click();
      await expect(ann.message('Crème brûlée, 🔔 twice!')).toBeFocused();
      expect(await findings(ann.page)).toEqual([]);
      await fitsAcross(ann.page);
      await picture(ann.page, `search-led-to-${width}-${colorScheme}`);
      await ann.page.close();
    }
  }
});
