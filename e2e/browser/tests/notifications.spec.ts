import { findings, fitsAcross } from '../support/access.ts';
import { Person } from '../support/person.ts';
import { Program } from '../support/program.ts';
import { expect, narrow, test, wide } from '../support/test.ts';

test('a notification is announced, waits for its reader, and stays read', async ({ server, profile }) => {
  const program = await Program.of(server);
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const userId = await ann.userId();
  await program.notify(userId, { title: 'Your invoice is paid', body: 'Thank you.' });
  await expect(ann.bell(1)).toBeVisible();
  await expect(ann.page.getByRole('status', { name: 'New notifications' })).toHaveText('New notification: Your invoice is paid');

  await ann.page.close();
  await program.notify(userId, { message: 'While you were away' });
  await server.kill();
  await server.start();
  const page = await ann.page.context().newPage();
  await page.goto(server.url);
  const again = new Person(page, 'Ann');
  await again.bell(2).focus();
  await page.keyboard.press('Enter');
  await expect(again.notifications).toHaveText([/While you were away/, /Your invoice is paid\s*Thank you\./]);
  await expect(again.notifications.getByText('new', { exact: true })).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(again.bell(0)).toBeFocused();

  await page.reload();
  await again.isLive();
  await again.bell(0).click();
  await expect(again.notifications).toHaveCount(2);
  await expect(again.notifications.getByText('new', { exact: true })).toHaveCount(0);
});

test('what was read stays read, also where the page was gone before the server heard of it', async ({ server, profile }) => {
  const program = await Program.of(server);
  const context = await profile();
  let deaf = true;
  await context.routeWebSocket(/\/chat$/, (page) => {
    const through = page.connectToServer();
    page.onMessage((frame) => {
      if (!deaf || !String(frame).includes('"type":"read"')) through.send(frame);
    });
  });
  const ann = await Person.signIn(context, server.url, 'Ann');
  await program.notify(await ann.userId(), { title: 'one' });
  await ann.bell(1).click();
  await expect(ann.page.getByRole('dialog', { name: 'Notifications' })).toBeVisible();
  await ann.page.keyboard.press('Escape');
  await expect(ann.bell(0)).toBeVisible();
  deaf = false;
  await ann.page.reload();
  await ann.isLive();
  await expect(ann.bell(0)).toBeVisible();
  await expect.poll(() => ann.page.evaluate(() => localStorage.getItem('peal.notifications.read'))).toBeNull();
});

test('what is read in one tab is read in the other; what comes while the panel is open is read at once', async ({ server, profile }) => {
  const program = await Program.of(server);
  const context = await profile();
  const ann = await Person.signIn(context, server.url, 'Ann');
  const page = await context.newPage();
  await page.goto(server.url);
  const tab = new Person(page, 'Ann');
  await program.notify(await ann.userId(), { title: 'one' });
  await expect(ann.bell(1)).toBeVisible();
  await expect(tab.bell(1)).toBeVisible();
  await tab.bell(1).click();
  await expect(ann.bell(0)).toBeVisible();
  await program.notify(await ann.userId(), { title: 'two' });
  await expect(tab.notifications).toHaveText([/two/, /one/]);
  await expect(ann.bell(0)).toBeVisible();
});

test('older notifications come page by page', async ({ server, profile }) => {
  const program = await Program.of(server);
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const userId = await ann.userId();
  await ann.page.close();
  const page = await ann.page.context().newPage();
  for (let number = 1; number <= 60; number++) await program.notify(userId, { title: `number ${number}` });
  await page.goto(server.url);
  const again = new Person(page, 'Ann');
  await again.bell(60).click();
  await expect(again.notifications).toHaveCount(60);
  await expect(again.bell(0)).toBeAttached();
  await page.reload();
  await again.bell(0).click();
  await expect(again.notifications.first()).toHaveText('number 60');
  await expect(again.notifications).not.toHaveCount(60);
  const older = page.getByRole('button', { name: 'Show older' });
  await older.click();
  await expect(again.notifications).toHaveCount(60);
  await expect(again.notifications.last()).toHaveText('number 1');
});

test('a notification is text, whatever is in it, and only web addresses are links', async ({ server, profile }) => {
  const program = await Program.of(server);
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  const userId = await ann.userId();
  await program.notify(userId, { title: '<img src=x onerror=alert(1)>', url: 'javascript:alert(1)' });
  await program.notify(userId, { title: 'Report', url: 'https://example.org/report' });
  await program.notify(userId, { roomId: 'general', score: [1, 2] });
  await ann.bell(3).click();
  await expect(ann.notifications).toHaveText([/\{"roomId":"general","score":\[1,2\]\}/, /Report/, /<img src=x onerror=alert\(1\)>/]);
  await expect(ann.notifications.locator('img')).toHaveCount(0);
  await expect(ann.notifications.getByRole('link')).toHaveText('https://example.org/report');
});

test('an announcement to everybody is shown until it is dismissed', async ({ server, profile, picture }) => {
  const program = await Program.of(server);
  const ann = await Person.signIn(await profile(), server.url, 'Ann');
  await program.broadcast({ title: 'Maintenance at noon', body: 'For ten minutes.', url: 'https://example.org/status' });
  await expect(ann.page.getByTestId('broadcast')).toContainText('Maintenance at noon');
  await expect(ann.page.getByRole('status', { name: 'New notifications' })).toHaveText('New notification: Maintenance at noon');
  await expect(ann.bell(0)).toBeVisible();
  await picture(ann.page, 'announcement');
  expect(await findings(ann.page)).toEqual([]);
  await ann.page.getByRole('button', { name: 'Dismiss: Maintenance at noon' }).click();
  await expect(ann.page.getByTestId('broadcast')).toHaveCount(0);
});

test('the notifications have no serious finding, wide and narrow, light and dark', async ({ server, profile, picture }) => {
  const program = await Program.of(server);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, viewport] of [['1400', wide], ['360', narrow]] as const) {
      const ann = await Person.signIn(await profile({ colorScheme, viewport }), server.url, 'Ann Petrov');
      const userId = await ann.userId();
      await program.notify(userId, { title: 'Your invoice is paid', body: `No. 2026-11 ${'x'.repeat(120)}`, url: `https://example.org/${'path/'.repeat(20)}` });
      await program.notify(userId, { text: 'Mira mentioned you in tower.' });
      await program.broadcast({ title: 'Maintenance at noon', body: 'For ten minutes.' });
      await expect(ann.bell(2)).toBeVisible();
      await expect(ann.page.getByTestId('broadcast')).toHaveCount(1);
      expect(await findings(ann.page)).toEqual([]);
      await fitsAcross(ann.page);
      await picture(ann.page, `bell-${width}-${colorScheme}`);
      await ann.bell(2).click();
      await expect(ann.notifications).toHaveCount(2);
      expect(await findings(ann.page)).toEqual([]);
      await fitsAcross(ann.page);
      await picture(ann.page, `notifications-${width}-${colorScheme}`);
      await ann.page.close();
    }
  }
});
