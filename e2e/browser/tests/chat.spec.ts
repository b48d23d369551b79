import { Person } from '../support/person.ts';
import { seed } from '../support/seed.ts';
import { expect, test } from '../support/test.ts';

test('two people see each other come, type, talk and leave', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  // Shown for some seconds only.
  const joined = expect(ann.activity).toHaveText('Bo joined');
  const bo = await Person.signIn(await profile(), server.url, 'Bo');
  await joined;
  await expect(ann.people).toHaveText([/Ann/, /Bo/]);
  await expect(bo.people).toHaveText([/Bo/, /Ann/]);

  await bo.composer.pressSequentially('Hello');
  await expect(ann.activity).toHaveText('Bo is typing…');
  await picture(ann.page, 'typing');
  await bo.composer.press('Enter');
  await expect(ann.message('Hello')).toHaveCount(1);
  await expect(bo.message('Hello')).toHaveCount(1);
  await expect(bo.message('Hello').getByTitle('Sent')).toBeVisible();
  await expect(ann.activity).not.toContainText('typing');

  await ann.say('Hi, Bo');
  await expect(bo.message('Hi, Bo')).toHaveCount(1);
  expect(await ann.texts()).toEqual(['Hello', 'Hi, Bo']);
  expect(await bo.texts()).toEqual(['Hello', 'Hi, Bo']);

  await bo.page.close();
  await expect(ann.activity).toHaveText('Bo left');
  await expect(ann.people).toHaveText([/Ann/]);
});

test('an address that names no room gives way to that of the room that is shown', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann', 'lobby');
  await ann.page.evaluate(() => (location.hash = '#/room/no room!'));
  await expect(ann.page).toHaveURL(/#\/room\/lobby$/);
});

test('the address that carries the WebSocket shows a browser the page', async ({ server, profile }) => {
  const page = await (await profile()).newPage();
  await page.goto(`${server.url}/chat`);
  await expect(page.getByLabel('Your name')).toBeVisible();
});

test('typing is forgotten when nothing more is heard of it', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const bo = await Person.signIn(await profile(), server.url, 'Bo');
  await bo.composer.pressSequentially('Well');
  await expect(ann.activity).toHaveText('Bo is typing…');
  await expect(ann.activity).toHaveText('');
});

test('the newest fifty are shown, and older ones come by scrolling', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann', 'lobby');
  const all = Array.from({ length: 170 }, (_, index) => `message ${index + 1}`);
  await seed(ann.page, 'archive', all);
  await ann.joinRoom('archive');
  await expect(ann.message('message 170')).toBeInViewport();
  expect((await ann.texts()).length).toBeLessThan(all.length);
  await picture(ann.page, 'history-newest');

  const list = ann.page.getByRole('region', { name: 'Messages in archive' });
  await expect(async () => {
    await list.evaluate((element) => (element.scrollTop = 0));
    await expect(ann.message('message 1')).toBeInViewport({ timeout: 500 });
  }).toPass();
  await picture(ann.page, 'history-oldest');
  expect(await ann.texts()).toEqual(all);

  await ann.page.getByRole('button', { name: 'To the newest' }).click();
  await expect(ann.message('message 170')).toBeInViewport();
});

test('what is being read stays in place while older messages come', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann', 'lobby');
  await seed(ann.page, 'archive', Array.from({ length: 160 }, (_, index) => `message ${index + 1}`));
  await ann.joinRoom('archive');
  await expect(ann.message('message 160')).toBeInViewport();
  const list = ann.page.getByRole('region', { name: 'Messages in archive' });
  const before = await ann.messages.count();
  // Where the first line in sight is, read before anything that the scrolling brings about.
  const [reading, top] = await list.evaluate((element): [string, number] => {
    element.scrollTop = 300;
    const edge = element.getBoundingClientRect().top;
    const line = [...element.querySelectorAll('[data-testid=message]')].find((each) => each.getBoundingClientRect().top >= edge);
    return [line?.querySelector('.text')?.textContent ?? '', line?.getBoundingClientRect().top ?? 0];
  });
  expect(reading).toMatch(/^message \d+$/);
  await expect.poll(() => ann.messages.count()).toBeGreaterThan(before);
  const after = await ann.message(reading).evaluate((element) => element.getBoundingClientRect().top);
  expect(Math.abs(after - top)).toBeLessThan(2);
});

test('rooms count what is unread, across a reload too', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const bo = await Person.signIn(await profile(), server.url, 'Bo', 'tower');
  await ann.joinRoom('tower');
  await ann.roomLink('general').click();
  await bo.say('one');
  await bo.say('two');
  await expect(ann.roomLink('tower')).toHaveText(/2 unread/);
  await expect(ann.page).toHaveTitle(/^\(2\)/);
  await picture(ann.page, 'unread');

  await ann.page.reload();
  await ann.isLive();
  await expect(ann.roomLink('tower')).toHaveText(/2 unread/);
  await bo.say('three');
  await expect(ann.roomLink('tower')).toHaveText(/3 unread/);

  await ann.roomLink('tower').click();
  await expect(ann.message('three')).toBeVisible();
  await expect(ann.page.getByText('New', { exact: true })).toBeVisible();
  await picture(ann.page, 'unread-opened');
  await expect(ann.roomLink('tower')).not.toHaveText(/unread/);
  await expect(ann.page).toHaveTitle(/^tower/);
});

test('a deep link opens its room', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann', 'deep-link_7');
  await expect(ann.roomLink('deep-link_7')).toHaveAttribute('aria-current', 'page');
});

test('a second tab of the same person is no second person', async ({ server, profile }) => {
  const context = await profile();
  const ann = await Person.signIn(context, server.url, 'Ann');
  const bo = await Person.signIn(await profile(), server.url, 'Bo');
  const tab = await context.newPage();
  await tab.goto(`${server.url}/#/room/general`);
  await expect(tab.locator('[data-connection=live]')).toBeVisible();
  await ann.say('from the first tab');
  await expect(tab.getByText('from the first tab')).toHaveCount(1);
  await ann.joinRoom('tower');
  await expect(tab.getByRole('link', { name: 'tower' })).toBeVisible();
  await ann.roomLink('general').click();
  await expect(bo.people).toHaveText([/Bo/, /Ann/]);
  await tab.close();
  await bo.say('still here?');
  await expect(ann.message('still here?')).toHaveCount(1);
  await expect(bo.people).toHaveText([/Bo/, /Ann/]);
});

test('a message is text, whatever is in it, and only web addresses are links', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const bo = await Person.signIn(await profile(), server.url, '<b>Bo</b>');
  const evil = '<img src=x onerror="document.title=1"> javascript:alert(1) https://example.org/?a=<b>';
  await bo.say(evil);
  await expect(ann.messages.locator('.text')).toHaveText(evil);
  await expect(ann.messages.locator('img, b')).toHaveCount(0);
  const link = ann.messages.getByRole('link');
  await expect(link).toHaveAttribute('href', 'https://example.org/?a=');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(ann.people).toHaveText([/Ann/, /<b>Bo<\/b>/]);
});

test('too many messages at once are held, said so, and not lost', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  for (let number = 1; number <= 11; number++) await ann.say(`fast ${number}`);
  await expect(ann.messages).toHaveCount(11);
  await expect(ann.message('fast 11')).toContainText('Goes out at');
  await expect(ann.message('fast 10').getByTitle('Sent')).toBeVisible();
  await picture(ann.page, 'held');
});
