import { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';

test('a killed server comes back: no gap and nothing doubled on either page', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const bo = await Person.signIn(await profile(), server.url, 'Bo');
  await ann.say('one');
  await bo.say('two');
  await expect(ann.message('two')).toHaveCount(1);

  await server.kill();
  await ann.lostConnection();
  await bo.lostConnection();
  await expect(ann.page.getByText(/Reconnecting/).first()).toBeVisible();
  await ann.say('three, while it is down');
  await expect(ann.message('three, while it is down').getByText('Sending…')).toBeVisible();
  await picture(ann.page, 'reconnecting');

  await server.start();
  await ann.isLive();
  await bo.isLive();
  await expect(ann.message('three, while it is down').getByTitle('Sent')).toBeVisible();
  await bo.say('four');
  const all = ['one', 'two', 'three, while it is down', 'four'];
  await expect.poll(() => ann.texts()).toEqual(all);
  await expect.poll(() => bo.texts()).toEqual(all);
  await expect(ann.people).toHaveText([/Ann/, /Bo/]);
  await expect(ann.page.getByText('Some history could not be recovered.')).toHaveCount(0);
  await picture(ann.page, 'reconnected');
});

/** The pages are woken, so that the growing waits between their attempts are not the test's. */
test('messages sent into a dying server arrive once', async ({ server, profile }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const bo = await Person.signIn(await profile(), server.url, 'Bo');
  const all: string[] = [];
  for (let round = 1; round <= 3; round++) {
    const text = `round ${round}`;
    all.push(text);
    await ann.composer.fill(text);
    await Promise.all([ann.composer.press('Enter'), server.kill()]);
    await server.start();
    await Promise.all([ann.wake(), bo.wake()]);
    await expect(ann.message(text).getByTitle('Sent')).toBeVisible({ timeout: 30_000 });
  }
  await bo.isLive();
  await expect.poll(() => bo.texts()).toEqual(all);
  await expect.poll(() => ann.texts()).toEqual(all);
  await ann.page.reload();
  await ann.isLive();
  await expect.poll(() => ann.texts()).toEqual(all);
});

test('history that is gone is said to be gone', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  await ann.say('before');
  await expect(ann.message('before').getByTitle('Sent')).toBeVisible();
  await server.kill();
  await server.wipe();
  await server.start();
  await ann.wake();
  await ann.isLive();
  await expect(ann.page.getByText('Some history could not be recovered.')).toBeVisible();
  await ann.say('after');
  await expect(ann.message('after').getByTitle('Sent')).toBeVisible();
  expect(await ann.texts()).toEqual(['before', 'after']);
  await picture(ann.page, 'history-lost');
});

test.describe('with tokens', () => {
  test.use({ flags: [] });

  test('a guest stays the same person across a reload and a restart', async ({ server, profile }) => {
    const ann = await Person.signIn(await profile(), server.url, 'Ann');
    const bo = await Person.signIn(await profile(), server.url, 'Bo');
    await ann.say('hello');
    await expect(bo.message('hello')).toHaveCount(1);
    await server.kill();
    await server.start();
    await Promise.all([ann.wake(), bo.wake()]);
    await ann.isLive();
    await bo.isLive();
    await ann.page.reload();
    await ann.isLive();
    await expect(ann.message('hello').getByTitle('Sent')).toBeVisible();
    await expect(bo.people).toHaveText([/Bo/, /Ann/]);
  });

  test('a token that the server no longer believes leads back to signing in', async ({ server, profile, picture }) => {
    const ann = await Person.signIn(await profile(), server.url, 'Ann');
    await server.kill();
    await server.wipe();
    await server.start();
    await ann.wake();
    await expect(ann.page.getByText('Please sign in again.')).toBeVisible({ timeout: 45_000 });
    await picture(ann.page, 'signed-out');
    await expect(ann.page.getByLabel('Your name')).toHaveValue('Ann');
    await ann.page.keyboard.press('Enter');
    await ann.isLive();
  });

  test('signing out forgets who one was', async ({ server, profile }) => {
    const ann = await Person.signIn(await profile(), server.url, 'Ann', 'tower');
    await ann.page.getByRole('button', { name: 'Sign out' }).click();
    await expect(ann.page.getByLabel('Your name')).toBeFocused();
    await ann.page.reload();
    await expect(ann.page.getByLabel('Your name')).toBeVisible();
    expect(await ann.page.evaluate(() => localStorage.getItem('peal.session'))).toBeNull();
  });
});
