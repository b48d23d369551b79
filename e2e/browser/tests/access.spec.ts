import { findings, fitsAcross } from '../support/access.ts';
import { Person } from '../support/person.ts';
import { sayAs, seed } from '../support/seed.ts';
import { expect, narrow, test, wide } from '../support/test.ts';

/** A few people talk, as they would. */
async function converse(ann: Person): Promise<void> {
  const say = (name: string, ...texts: readonly string[]) => sayAs(ann.page, name, 'general', texts);
  await ann.say('Good morning! The bells at St Mary’s rang 5,040 changes of Stedman Triples yesterday.');
  await expect(ann.messages).toHaveCount(1);
  await say('Bo Lindqvist', 'Three hours and four minutes, I hear.', 'Notes are at https://example.org/peals/2026-11-21 (with the band’s names).');
  await say('Mira', 'I was on the fourth. My arms know about it.');
  await ann.say('Respect.');
  await ann.say(
    'A longer one, to see how a paragraph sits: in change ringing every row is a permutation of the bells, no row is repeated, and each bell moves at most one place between one row and the next. That is all there is to it, and people spend their lives on it.',
  );
  await expect(ann.messages.getByTitle('Sent')).toHaveCount(3);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, viewport] of [['1400', wide], ['360', narrow]] as const) {
    test(`no serious finding and no sideways scroll at ${width} px, ${colorScheme}`, async ({ server, profile, picture }) => {
      const context = await profile({ colorScheme, viewport });
      const start = await context.newPage();
      await start.goto(server.url);
      await expect(start.getByRole('heading', { name: 'Peal' })).toBeVisible();
      await picture(start, `sign-in-${width}-${colorScheme}`);
      await start.getByRole('button', { name: 'Join as a guest' }).click();
      await expect(start.getByText('Please enter a name.')).toBeVisible();
      expect(await findings(start)).toEqual([]);
      await fitsAcross(start);
      await start.close();

      const ann = await Person.signIn(context, server.url, 'Ann Petrov');
      await converse(ann);
      await picture(ann.page, `room-${width}-${colorScheme}`);
      await seed(ann.page, 'general', ['x'.repeat(300), `https://example.org/${'path/'.repeat(40)}`, 'many words '.repeat(30)]);
      await ann.say('mine');
      await expect(ann.message('mine').getByTitle('Sent')).toBeVisible();
      await ann.page.mouse.move(0, 0);
      expect(await findings(ann.page)).toEqual([]);
      await fitsAcross(ann.page);
      await picture(ann.page, `long-words-${width}-${colorScheme}`);

      if (width === '360') {
        for (const [button, drawer] of [[/^Rooms/, 'Rooms'], [/^People/, 'People']] as const) {
          await ann.page.getByRole('button', { name: button }).click();
          await expect(ann.page.getByRole('dialog', { name: drawer })).toBeVisible();
          expect(await findings(ann.page)).toEqual([]);
          await fitsAcross(ann.page);
          await picture(ann.page, `drawer-${drawer.toLowerCase()}-${colorScheme}`);
          await ann.page.keyboard.press('Escape');
          await expect(ann.page.getByRole('dialog')).toHaveCount(0);
        }
      }

      await server.kill();
      await ann.lostConnection();
      await ann.say('waiting');
      expect(await findings(ann.page)).toEqual([]);
      await fitsAcross(ann.page);
      await picture(ann.page, `offline-${width}-${colorScheme}`);
    });
  }
}

test('everything can be done with the keyboard alone', async ({ server, profile, picture }) => {
  const page = await (await profile()).newPage();
  const { keyboard } = page;
  const focused = () => page.locator(':focus');
  await page.goto(server.url);
  await expect(page.getByLabel('Your name')).toBeFocused();
  await keyboard.type('Ann');
  await keyboard.press('Enter');

  const composer = page.getByRole('textbox', { name: 'Message to general' });
  await expect(composer).toBeFocused();
  await keyboard.type('first line');
  await keyboard.press('Shift+Enter');
  await keyboard.type('second line');
  await keyboard.press('Enter');
  await expect(page.getByTestId('message').locator('.text')).toHaveText('first line\nsecond line');
  await expect(composer).toBeFocused();

  await keyboard.press('Shift+Tab');
  await expect(page.getByRole('region', { name: 'Messages in general' })).toBeFocused();
  await picture(page, 'focus-messages');

  await page.reload();
  await expect(composer).toBeFocused();
  await expect(async () => {
    await keyboard.press('Shift+Tab');
    await expect(focused()).toHaveText('Skip to writing a message', { timeout: 100 });
  }).toPass({ intervals: [0] });
  await expect(focused()).toBeInViewport();
  await picture(page, 'focus-skip-link');
  await keyboard.press('Tab');
  await expect(focused()).toHaveText('Skip to the messages');
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Docs' })).toBeFocused();
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Market' })).toBeFocused();
  await keyboard.press('Tab');
  await expect(focused()).toHaveAccessibleName(/^Notifications/);
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'general' })).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.type('not a room');
  await keyboard.press('Enter');
  await expect(page.getByText('Letters, digits, - and _ only')).toBeVisible();
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('tower');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'tower' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message to tower' })).toBeFocused();

  await page.getByRole('link', { name: 'general' }).focus();
  await keyboard.press('Enter');
  await expect(composer).toBeFocused();

  const theme = page.getByRole('button', { name: /^Theme:/ });
  await theme.focus();
  await keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await picture(page, 'theme-chosen');

  await page.getByRole('button', { name: 'Leave general' }).focus();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'tower' })).toBeVisible();
});

test('what others write, and who comes, is said aloud', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  // Said for some seconds only.
  const joined = expect(ann.page.getByRole('status', { name: 'Comings and goings' })).toHaveText('Bo joined the room.');
  const bo = await Person.signIn(await profile(), server.url, 'Bo');
  await joined;
  await bo.say('Good evening');
  await expect(ann.page.getByRole('log')).toHaveText('Bo: Good evening');
  await expect(bo.page.getByRole('log')).toHaveText('');
});
