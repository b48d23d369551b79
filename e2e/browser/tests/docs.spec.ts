import { findings, fitsAcross } from '../support/access.ts';
import { Proxy } from '../support/proxy.ts';
import { expect, narrow, test, wide } from '../support/test.ts';
import { Writer } from '../support/writer.ts';

test('two people write in one document, format, and undo each their own', async ({ server, profile, picture }) => {
  const ann = await Writer.signIn(await profile(), server.url, 'Ann');
  const hash = await ann.create('Plan');
  const bo = await Writer.signIn(await profile(), server.url, 'Bo', hash);
  await bo.isSaved();
  await expect(ann.page.getByRole('list', { name: /Here now: .*Bo/ })).toBeVisible();

  // At the same place, at the same time.
  await Promise.all([ann.type('Ann was here.'), bo.type('Bo as well.')]);
  await Promise.all([ann.isSaved(), bo.isSaved()]);
  await expect.poll(async () => JSON.stringify(await bo.lines())).toBe(JSON.stringify(await ann.lines()));
  const both = (await ann.lines()).join('');
  expect([...both].sort().join('')).toBe([...'Ann was here.Bo as well.'].sort().join(''));

  await ann.paper.press('ControlOrMeta+a');
  await ann.tool('Bold').click();
  await expect(bo.paper.locator('strong')).toHaveText(both);
  await expect(ann.tool('Bold')).toHaveAttribute('aria-pressed', 'true');
  await picture(ann.page, 'docs-two-people');

  // Bo's undo takes what Bo wrote and leaves what Ann wrote and did.
  for (let left = 3; left > 0 && (await bo.lines()).join('') !== 'Ann was here.'; left--) await bo.tool('Undo').click();
  await expect.poll(async () => (await ann.lines()).join('')).toBe('Ann was here.');
  await expect(ann.paper.locator('strong')).toHaveText('Ann was here.');
  await bo.tool('Redo').click();
  await expect.poll(async () => (await ann.lines()).join('').length).toBeGreaterThan('Ann was here.'.length);
});

test('what is written offline, and into a server that dies, is there once', async ({ server, profile, picture }) => {
  const way = await Proxy.start(server);
  const ann = await Writer.signIn(await profile(), server.url, 'Ann');
  const hash = await ann.create('Minutes');
  const bo = await Writer.signIn(await profile(), way.url, 'Bo', hash);
  await bo.isSaved();
  await ann.type('Start. ');
  await expect.poll(() => bo.lines()).toEqual(['Start. ']);

  way.goDown();
  await expect(bo.saved).toHaveText(/Offline/);
  await bo.paper.press('ControlOrMeta+End');
  await bo.type('Bo, offline.');
  await expect(bo.saved).toHaveText(/kept on this device/);
  await ann.paper.press('ControlOrMeta+Home');
  await ann.type('Ann, meanwhile. ');
  await ann.isSaved();
  await picture(bo.page, 'docs-offline');
  way.comeBack();
  await bo.wake();
  await bo.isSaved();
  const merged = ['Ann, meanwhile. Start. Bo, offline.'];
  await expect.poll(() => ann.lines()).toEqual(merged);
  await expect.poll(() => bo.lines()).toEqual(merged);

  await ann.paper.press('ControlOrMeta+End');
  await ann.type(' Into');
  await Promise.all([ann.type(' the dying server.'), server.kill()]);
  await server.start();
  await Promise.all([ann.wake(), bo.wake()]);
  await Promise.all([ann.isSaved(), bo.isSaved()]);
  const whole = ['Ann, meanwhile. Start. Bo, offline. Into the dying server.'];
  await expect.poll(() => ann.lines()).toEqual(whole);
  await expect.poll(() => bo.lines()).toEqual(whole);

  await bo.page.reload();
  await bo.isSaved();
  await expect.poll(() => bo.lines()).toEqual(whole);
  await way.close();
});

test('a reload while offline keeps what was written', async ({ server, profile }) => {
  const ann = await Writer.signIn(await profile(), server.url, 'Ann');
  await ann.create('Draft');
  await ann.type('Known. ');
  await ann.isSaved();
  await server.kill();
  await expect(ann.saved).toHaveText(/Offline/);
  await ann.type('Not yet known.');
  await expect(ann.saved).toHaveText(/kept on this device/);
  await server.start();
  await ann.page.reload();
  await ann.isSaved();
  await expect.poll(() => ann.lines()).toEqual(['Known. Not yet known.']);
});

test('comments, versions and who wrote what', async ({ server, profile, picture }) => {
  const ann = await Writer.signIn(await profile(), server.url, 'Ann');
  const hash = await ann.create('Essay');
  await ann.type('The first thought.');
  await ann.isSaved();
  const bo = await Writer.signIn(await profile(), server.url, 'Bo', hash);
  await bo.isSaved();

  await bo.paper.press('ControlOrMeta+a');
  await bo.tool('Comment on the selection').click();
  await bo.page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Is it really the first?');
  await bo.page.getByRole('button', { name: 'Comment', exact: true }).click();
  await ann.page.getByRole('button', { name: 'Comments: 1 open' }).click();
  await expect(ann.page.getByText('Is it really the first?')).toBeVisible();
  await expect(bo.paper).toBeFocused();
  await ann.page.getByRole('button', { name: 'Reply' }).click();
  await ann.page.getByRole('textbox', { name: 'Reply' }).fill('It is.');
  await ann.page.getByRole('textbox', { name: 'Reply' }).press('ControlOrMeta+Enter');
  await expect(bo.page.getByText('It is.')).toBeVisible();
  await picture(ann.page, 'docs-comments');
  await ann.page.getByRole('button', { name: 'Resolve' }).click();
  await expect(bo.page.getByText('Is it really the first?')).toHaveCount(0);

  await ann.page.getByRole('button', { name: 'History', exact: true }).click();
  await ann.page.getByLabel('Name for the document as it is now').fill('First draft');
  await ann.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(ann.page.getByRole('button', { name: /First draft/ })).toBeVisible();
  await bo.paper.press('ControlOrMeta+a');
  await bo.type('All gone.');
  await expect.poll(() => ann.lines()).toEqual(['All gone.']);
  await ann.page.getByRole('button', { name: /First draft/ }).click();
  await expect(ann.page.locator('.preview-paper')).toContainText('The first thought.');
  await picture(ann.page, 'docs-history');
  await ann.page.getByRole('button', { name: 'Restore this version' }).click();
  await expect.poll(() => bo.lines()).toEqual(['The first thought.']);
});

test('print and export: HTML, Markdown, text, Delta; and a Markdown file comes in', async ({ server, profile }) => {
  const ann = await Writer.signIn(await profile(), server.url, 'Ann');
  await ann.page.getByLabel('Import a file of text or Markdown').setInputFiles({
    name: 'notes.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from('# Notes\n\nSome **bold** words.\n\n- one\n- two\n'),
  });
  await expect(ann.title).toHaveValue('notes');
  await ann.isSaved();
  await expect(ann.paper.locator('h1')).toHaveText('Notes');
  await expect(ann.paper.locator('strong')).toHaveText('bold');
  await expect(ann.page.getByText('6 words')).toBeVisible();
  for (const [item, name, part] of [
    ['Save as HTML', 'notes.html', '<h1>Notes</h1>'],
    ['Save as Markdown', 'notes.md', '- one\n- two'],
    ['Save as plain text', 'notes.txt', 'Some bold words.'],
    ['Save as Delta (JSON)', 'notes.json', '"bold": true'],
  ] as const) {
    await ann.page.locator('summary', { hasText: '' }).first().click();
    const [download] = await Promise.all([ann.page.waitForEvent('download'), ann.page.getByRole('button', { name: item }).click()]);
    expect(download.suggestedFilename()).toBe(name);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString('utf8')).toContain(part);
  }
});

test('a picture by its address is shown to everyone', async ({ server, profile }) => {
  const ann = await Writer.signIn(await profile(), server.url, 'Ann');
  const hash = await ann.create('Pictures');
  const bo = await Writer.signIn(await profile(), server.url, 'Bo', hash);
  // The picture lives on another site: the policy of the page has to let it in.
  for (const { page } of [ann, bo]) {
    await page.route('https://pictures.example/**', (route) => route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>' }));
  }
  await ann.tool('Picture by its address').click();
  await ann.page.getByRole('textbox', { name: /^Address/ }).fill('https://pictures.example/bell.svg');
  await ann.page.getByRole('button', { name: 'Insert a picture' }).click();
  for (const { paper } of [ann, bo]) await expect.poll(() => paper.locator('img').evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBe(40);
});

test('hostile HTML that is pasted becomes harmless text', async ({ server, browser }) => {
  // Not a profile: the browser tells that the policy forbids handlers in the pasted page, which is where they end.
  const context = await browser.newContext();
  const ann = await Writer.signIn(context, server.url, 'Ann');
  await ann.create('Paste');
  await ann.paper.click();
  await ann.paper.evaluate((root) => {
    const data = new DataTransfer();
    data.setData('text/html', '<b onclick="window.hit=1">bold</b><a href="javascript:window.hit=1">link</a><img src="x" onerror="window.hit=1"><script>window.hit=1</script><iframe src="https://example.org"></iframe>');
    root.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await ann.isSaved();
  await expect(ann.paper.locator('strong')).toHaveText('bold');
  await expect(ann.paper.locator('iframe, script, img[src=x], [href^=javascript]')).toHaveCount(0);
  expect(await ann.page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBeUndefined();
  await context.close();
});

test.describe('with tokens', () => {
  test.use({ flags: ['--auth.guestsPerHour=100'] });

  test('a document is its owner’s; a link gives a role, and can be taken back', async ({ server, profile }) => {
    const ann = await Writer.signIn(await profile(), server.url, 'Ann');
    const hash = await ann.create('Private');
    await ann.type('Secret.');
    await ann.isSaved();
    const bo = await Writer.signIn(await profile(), server.url, 'Bo', hash);
    await expect(bo.page.getByText('There is no such document, or you may not see it.').first()).toBeVisible();

    const address = await ann.share('May read');
    expect(new URL(address).search).toBe('');
    await bo.page.evaluate((to) => (location.hash = to), new URL(address).hash);
    await bo.isSaved();
    await expect.poll(() => bo.lines()).toEqual(['Secret.']);
    expect(bo.page.url()).not.toContain('share=');
    await expect(bo.page.getByText('You may read')).toBeVisible();
    await expect(bo.paper).toHaveAttribute('contenteditable', 'false');
    await bo.page.getByRole('link', { name: 'My documents' }).click();
    await expect(bo.page.getByRole('list', { name: 'My documents' })).toContainText('Private');

    await ann.page.getByRole('button', { name: 'Share', exact: true }).click();
    await ann.page.getByRole('button', { name: 'Revoke' }).click();
    await expect(ann.page.getByRole('button', { name: 'Revoke' })).toHaveCount(0);
    const cy = await Writer.signIn(await profile(), server.url, 'Cy', new URL(address).hash);
    await expect(cy.page.getByText('This link does not work any more.')).toBeVisible();
  });

  test('whoever may edit a document may give it another title', async ({ server, profile }) => {
    const ann = await Writer.signIn(await profile(), server.url, 'Ann');
    await ann.create('Old name');
    const bo = await Writer.signIn(await profile(), server.url, 'Bo', new URL(await ann.share('May edit')).hash);
    await bo.isSaved();
    await bo.title.fill('New name');
    await bo.title.press('Enter');
    await expect(ann.title).toHaveValue('New name');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, viewport] of [['1400', wide], ['360', narrow]] as const) {
    test(`documents: no serious finding and no sideways scroll at ${width} px, ${colorScheme}`, async ({ server, profile, picture }) => {
      const ann = await Writer.signIn(await profile({ colorScheme, viewport }), server.url, 'Ann Petrov');
      expect(await findings(ann.page)).toEqual([]);
      await picture(ann.page, `docs-empty-${width}-${colorScheme}`);
      await ann.create('Minutes of the ringing committee, November');
      await ann.paper.evaluate((root) => {
        const data = new DataTransfer();
        data.setData(
          'text/html',
          '<h1>Minutes</h1><p>The band met at <strong>seven</strong>. <em>Stedman</em> was rung, and <a href="https://example.org/bells">all was well</a>.</p>' +
            '<ul><li>Repair of the fourth</li><li>New ropes</li></ul><ol><li>Practice</li><li>Outing</li></ol><blockquote>No row is repeated.</blockquote>' +
            `<p>${'longword'.repeat(40)}</p><pre>plain hunt on eight</pre>`,
        );
        root.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      });
      await ann.isSaved();
      await ann.page.mouse.move(0, 0);
      expect(await findings(ann.page)).toEqual([]);
      await fitsAcross(ann.page, '[role=toolbar], .ql-code-block-container');
      await picture(ann.page, `docs-editor-${width}-${colorScheme}`);
      for (const panel of ['Comments', 'History', 'Share'] as const) {
        await ann.page.getByRole('button', { name: panel, exact: true }).click();
        await expect(ann.page.getByRole('heading', { name: panel, exact: true })).toBeVisible();
        expect(await findings(ann.page)).toEqual([]);
        await picture(ann.page, `docs-${panel.toLowerCase()}-${width}-${colorScheme}`);
        await ann.page.getByRole('button', { name: /^Close/ }).click();
      }
      await ann.page.getByRole('link', { name: 'My documents' }).click();
      await expect(ann.page.getByRole('list', { name: 'My documents' })).toBeVisible();
      expect(await findings(ann.page)).toEqual([]);
      await fitsAcross(ann.page);
      await picture(ann.page, `docs-shelf-${width}-${colorScheme}`);
    });
  }
}

test('documents by keyboard alone', async ({ server, profile }) => {
  const ann = await Writer.signIn(await profile(), server.url, 'Ann');
  await ann.page.getByLabel('Title of the new document').focus();
  await ann.page.keyboard.type('By keyboard');
  await ann.page.keyboard.press('Enter');
  await expect(ann.title).toHaveValue('By keyboard');
  await ann.isSaved();
  await expect(ann.paper).toBeFocused();
  await ann.title.focus();
  await ann.page.keyboard.press('Enter');
  await expect(ann.paper).toBeFocused();
  await ann.page.keyboard.press('ControlOrMeta+b');
  await ann.page.keyboard.type('Loud');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await ann.lines()).join('')).toBe('');
  await ann.page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(ann.paper.locator('strong')).toHaveText('Loud');
  await ann.tool('Bold').focus();
  await ann.page.keyboard.press('ArrowRight');
  await expect(ann.tool('Italic')).toBeFocused();
  await ann.page.keyboard.press('End');
  await expect(ann.tool('Comment on the selection')).toBeFocused();

  await ann.paper.press('ControlOrMeta+a');
  await ann.page.keyboard.press('ControlOrMeta+k');
  await expect(ann.page.getByRole('textbox', { name: 'Address', exact: true })).toBeFocused();
  await ann.page.keyboard.type('example.org');
  await ann.page.keyboard.press('Enter');
  await expect(ann.paper).toBeFocused();
  await expect(ann.paper.locator('a')).toHaveText('Loud');
  await expect(ann.paper.locator('a')).toHaveAttribute('href', /^https:\/\/example\.org/);
  await ann.page.getByRole('button', { name: 'Comments', exact: true }).press('Enter');
  await ann.page.getByRole('button', { name: 'Close the panel' }).press('Enter');
  await expect(ann.paper).toBeFocused();

  await ann.page.getByRole('link', { name: 'My documents' }).press('Enter');
  const bin = ann.page.getByRole('button', { name: 'Delete By keyboard' });
  await bin.press('Enter');
  const sure = ann.page.getByRole('button', { name: 'Delete for everybody' });
  await expect(sure).toBeFocused();
  await ann.page.keyboard.press('Escape');
  await expect(bin).toBeFocused();
  await ann.page.keyboard.press('Enter');
  await expect(sure).toBeFocused();
  await ann.page.keyboard.press('Enter');
  await expect(ann.page.getByRole('link', { name: /By keyboard/ })).toHaveCount(0);
  await expect(ann.page.getByLabel('Title of the new document')).toBeFocused();
});
