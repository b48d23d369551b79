import { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';

test('a killed server comes back: no gap and nothing doubled on either page', async ({ server, profile, picture }) => {
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const away = await profile();
  const bo = await Person.signIn(away, server.url, 'Bo');
  await ann.say('one');
  await expect(bo.message('one')).toHaveCount(1);
  await bo.say('two');
  await expect(ann.message('two')).toHaveCount(1);

  await server.kill();
  await ann.lostConnection();
  await bo.lostConnection();
  await expect(ann.page.getByText(/Reconnecting/).first()).toBeVisible();
  await ann.say('three, while it is down');
  await expect(ann.message('three, while it is down').getByText('Sending…')).toBeVisible();
  await picture(ann.page, 'reconnecting');

  await away.setOffline(true);
  await server.start();
  await ann.isLive();
  await expect(ann.message('three, while it is down').getByTitle('Sent')).toBeVisible();
  await ann.say('four, while Bo is away');
  await expect(ann.message('four, while Bo is away').getByTitle('Sent')).toBeVisible();
  await expect(bo.page.getByText('You are offline.')).toBeVisible();
  await picture(bo.page, 'offline');

  await away.setOffline(false);
  await bo.isLive();
  await bo.say('five');
  const all = ['one', 'two', 'three, while it is down', 'four, while Bo is away', 'five'];
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

test.describe('who talks all the time', () => {
  test.use({ flags: ['--open', '--rate.message=6000/60s', '--rate.typing=6000/60s'] });
  const roundsMax = 2;
  const keyMillis = 25;
  const afterwards = 5;

  test('loses and doubles nothing when the server is killed and comes back, on either page', async ({ server, profile, picture }) => {
    const ann = await Person.signIn(await profile(), server.url, 'Ann');
    const bo = await Person.signIn(await profile(), server.url, 'Bo');
    let over = false;
    const talk = async (person: Person): Promise<readonly string[]> => {
      const said: string[] = [];
      for (let left = afterwards; left > 0; left -= over ? 1 : 0) {
        const text = `${person.name} says ${said.length + 1}`;
        await person.composer.pressSequentially(text, { delay: keyMillis });
        await person.composer.press('Enter');
        said.push(text);
      }
      return said;
    };
    const talking = Promise.all([talk(ann), talk(bo)]);
    for (let round = 1; round <= roundsMax; round++) {
      await hasSentMore(ann);
      await hasSentMore(bo);
      await server.kill();
      await expect(ann.page.getByText('Sending…')).not.toHaveCount(0);
      await server.start();
      await Promise.all([ann.wake(), bo.wake()]);
    }
    await hasSentMore(ann);
    await hasSentMore(bo);
    over = true;
    const [byAnn, byBo] = await talking;
    await expect(ann.page.getByText('Sending…')).toHaveCount(0);
    await expect(bo.page.getByText('Sending…')).toHaveCount(0);

    await expect.poll(() => bo.messages.count()).toBe(byAnn.length + byBo.length);
    await expect.poll(() => ann.texts()).toEqual(await bo.texts());
    const all = await ann.texts();
    expect(all.filter((text) => text.startsWith('Ann'))).toEqual(byAnn);
    expect(all.filter((text) => text.startsWith('Bo'))).toEqual(byBo);
    await expect(ann.page.getByText('Some history could not be recovered.')).toHaveCount(0);
    await picture(ann.page, 'talked-through');

    await ann.page.reload();
    await expect(ann.messages).not.toHaveCount(0);
    const again = await ann.texts();
    expect(again).toEqual(all.slice(-again.length));
  });

  async function hasSentMore(person: Person): Promise<void> {
    const sent = person.messages.getByTitle('Sent');
    const before = await sent.count();
    await expect.poll(() => sent.count()).toBeGreaterThan(before + 2);
  }
});

test('who comes back within the grace time has neither left nor come', async ({ server, profile }) => {
  const watched = await profile();
  const moves: string[] = [];
  watched.on('page', (page) =>
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const { type, data } = JSON.parse(String(payload)) as { type: string; data?: { userName?: string } };
        if (type === 'user_joined' || type === 'user_left') moves.push(`${data?.userName} ${type}`);
      }),
    ),
  );
  const ann = await Person.signIn(watched, server.url, 'Ann');
  const cuttable = await profile();
  let cut = () => {};
  let connections = 0;
  await cuttable.routeWebSocket(/\/chat$/, (page) => {
    connections++;
    const through = page.connectToServer();
    cut = () => {
      void through.close({ code: 4000 });
      void page.close({ code: 1011 });
    };
  });
  const bo = await Person.signIn(cuttable, server.url, 'Bo');
  await expect(ann.people).toHaveText([/Ann/, /Bo/]);
  cut();
  // Its wait begins anywhere in its first second: what the page says of it may be over before anyone looks.
  await expect.poll(() => connections).toBe(2);
  await bo.isLive();
  await bo.say('back');
  await expect(ann.message('back')).toHaveCount(1);
  expect(moves).toEqual(['Bo user_joined']);
  await expect(ann.people).toHaveText([/Ann/, /Bo/]);
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
