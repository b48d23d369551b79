// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Delta } from '../../src/docs/index.js';
import { Desk, insert, remove } from '../docs/desk.js';
import { type Editor, editor, shownBy } from './editors.js';

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});
afterEach(() => {
  desk.close();
  document.body.replaceChildren();
});

async function open(user = 'ann', content?: string): Promise<Editor> {
  const live = desk.open(user);
  if (content !== undefined) desk.server.write('plan', insert(content));
  await desk.advance();
  return editor(live);
}

const content = () => desk.document.content.ops;
const text = () => desk.document.content.text;

describe('the newline at the end', () => {
  test('of an empty document is Quill’s alone', async () => {
    const { quill } = await open();
    expect(quill.getText()).toBe('\n');
    expect(content()).toEqual([]);
  });

  test('stays Quill’s while one types', async () => {
    const { quill } = await open();
    quill.insertText(0, 'hello', 'user');
    await desk.advance();
    expect(text()).toBe('hello');
    quill.insertText(5, '!', 'user');
    quill.deleteText(0, 1, 'user');
    await desk.advance();
    expect(text()).toBe('ello!');
    expect(quill.getText()).toBe('ello!\n');
  });

  test('becomes the document’s with the first new line behind it', async () => {
    const { quill } = await open('ann', 'hello');
    quill.insertText(5, '\n', 'user');
    await desk.advance();
    expect(text()).toBe('hello\n\n');
    expect(quill.getText()).toBe('hello\n\n');
  });

  test('becomes the document’s with the first format of its line', async () => {
    const { quill } = await open('ann', 'title');
    quill.formatLine(0, 1, 'header', 1, 'user');
    await desk.advance();
    expect(content()).toEqual([{ insert: 'title' }, { insert: '\n', attributes: { header: 1 } }]);
  });

  test('is where it was when others write behind all, again and again', async () => {
    const { quill } = await open('ann', 'one');
    desk.server.write('plan', insert(' two', 3));
    await desk.advance();
    expect(quill.getText()).toBe('one two\n');
    desk.server.write('plan', insert('\n', 7));
    await desk.advance();
    expect(quill.getText()).toBe('one two\n');
    desk.server.write('plan', insert('three', 8));
    await desk.advance();
    expect(quill.getText()).toBe('one two\nthree\n');
    desk.server.write('plan', remove(6, 7));
    await desk.advance();
    expect(quill.getText()).toBe('one two\n');
    quill.insertText(7, '!', 'user');
    await desk.advance();
    expect(text()).toBe('one two!');
  });

  test('of a heading at the end is not taken for Quill’s', async () => {
    const { quill } = await open('ann', 'a');
    desk.server.write('plan', new Delta().retain(1).insert('\n', { header: 2 }));
    await desk.advance();
    expect(quill.getContents().ops).toEqual([{ insert: 'a' }, { insert: '\n', attributes: { header: 2 } }]);
    desk.server.write('plan', new Delta().retain(1).insert('\n', { list: 'bullet' }).delete(1));
    await desk.advance();
    expect(quill.getContents().ops).toEqual([{ insert: 'a' }, { insert: '\n', attributes: { list: 'bullet' } }]);
  });
});

describe('a block embed', () => {
  test('behind text on the same line is shown on a line of its own, and places are right', async () => {
    const { quill } = await open('ann', 'ab');
    desk.server.write('plan', new Delta().retain(1).insert({ divider: true }));
    await desk.advance();
    expect(quill.getContents().ops).toEqual([{ insert: 'a\n' }, { insert: { divider: true } }, { insert: 'b\n' }]);
    expect(text()).toBe('a\ufffcb');
    quill.insertText(4, '!', 'user');
    await desk.advance();
    expect(text()).toBe('a\ufffcb!');
    quill.deleteText(2, 1, 'user');
    await desk.advance();
    expect(desk.document.content.ops.some(({ insert }) => typeof insert === 'object')).toBe(false);
    expect(quill.getText().replaceAll('\n', '')).toBe('ab!');
  });

  test('keeps a line of Quill’s own behind it when the document’s last one is deleted', async () => {
    const { quill, document } = await open('ann', 'a\n');
    desk.server.write('plan', new Delta().retain(2).insert({ divider: true }).insert('\n'));
    await desk.advance();
    quill.deleteText(3, 1, 'user');
    await desk.advance();
    expect(document.content.ops).toEqual([{ insert: 'a\n' }, { insert: { divider: true } }]);
    expect(quill.getContents().ops).toEqual([{ insert: 'a\n' }, { insert: { divider: true } }, { insert: '\n' }]);
  });

  test('in front of which somebody types at the same time pushes nobody’s text', async () => {
    const [ann, bob] = [await open('ann', 'x\n'), await open('bob')];
    ann.quill.insertEmbed(2, 'divider', true, 'user');
    bob.quill.insertText(2, 'typed', 'user');
    await desk.advance();
    expect(shownBy(ann)).toEqual(shownBy(bob));
    expect(ann.document.content).toEqual(bob.document.content);
    ann.quill.insertText(0, '>', 'user');
    await desk.advance();
    expect(bob.quill.getText().startsWith('>x\n')).toBe(true);
  });
});

test('an embed that this page cannot show takes its place', async () => {
  const { quill } = await open('ann', 'ab');
  desk.server.write('plan', new Delta().retain(1).insert({ formula: 'x' }));
  await desk.advance();
  quill.insertText(2, '!', 'user');
  await desk.advance();
  expect(content()).toEqual([{ insert: 'a' }, { insert: { formula: 'x' } }, { insert: '!b' }]);
});

test('a carriage return, which Quill would drop, keeps its place', async () => {
  const { quill } = await open('ann', 'a\r\nb');
  quill.insertText(4, '!', 'user');
  await desk.advance();
  expect(text()).toBe('a\r\nb!');
});

describe('what others do', () => {
  test('comes silently', async () => {
    const { quill } = await open('ann', 'one');
    const told = vi.fn();
    quill.on('text-change', told);
    desk.server.write('plan', insert('more '));
    await desk.advance();
    expect(quill.getText()).toBe('more one\n');
    expect(told).not.toHaveBeenCalled();
  });

  test('waits while an input method is at work, and then both are there', async () => {
    const { quill, document } = await open('ann', 'one');
    const line = quill.root.querySelector('p')!;
    line.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    expect(quill.composition.isComposing).toBe(true);
    desk.server.write('plan', insert('more '));
    await desk.advance();
    expect(document.content.text).toBe('more one');
    expect(quill.getText()).toBe('one\n');
    (line.firstChild as Text).data = 'one\u00e9';
    line.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    await desk.advance();
    expect(quill.getText()).toBe('more one\u00e9\n');
    expect(text()).toBe('more one\u00e9');
  });

  test('comes behind what was typed in the same moment and not told yet', async () => {
    const live = desk.open('ann');
    desk.server.write('plan', insert('one'));
    await desk.advance();
    // The page's observer is told later than the server's word is handled.
    const off = live.on('change', () => {
      (quill.root.querySelector('p')!.firstChild as Text).data = 'one two';
      off();
    });
    const { quill } = editor(live);
    desk.server.write('plan', insert('more '));
    await desk.advance();
    expect(quill.getText()).toBe('more one two\n');
    expect(text()).toBe('more one two');
  });

  test('that begins anew replaces what is shown', async () => {
    const { quill } = await open('ann', 'one');
    desk.server.restart({ losesData: true });
    desk.server.write('plan', insert('another'));
    await desk.advance(20_000);
    expect(quill.getText()).toBe('another\n');
  });
});

describe('what the server would refuse', () => {
  test('is left out, in the document and on the page', async () => {
    const { quill } = await open('ann', 'ab');
    const hostile = [
      { insert: 'link', attributes: { link: 'javascript:alert(1)', bold: true } },
      { insert: { video: 'https://a.example/v' } },
      { insert: { image: 'data:text/html,x' } },
      { insert: 'big', attributes: { size: 'calc(1px)', color: 'url(x)', table: 'row' } },
    ];
    quill.updateContents([{ retain: 1 }, ...hostile], 'user');
    await desk.advance();
    expect(content()).toEqual([{ insert: 'a' }, { insert: 'link', attributes: { bold: true } }, { insert: '\nbigb' }]);
    expect(quill.getContents().ops).toEqual([{ insert: 'a' }, { insert: 'link', attributes: { bold: true } }, { insert: '\nbigb\n' }]);
  });

  test('of hostile HTML leaves the text', async () => {
    const { quill } = await open();
    const html =
      '<p onclick="x()">one<script>x()</script><style>p{}</style> <a href="javascript:x()">two</a></p>' +
      '<iframe src="https://a.example"></iframe><img src="x" onerror="x()"><p style="position:fixed">three</p>';
    quill.clipboard.dangerouslyPasteHTML(0, html, 'user');
    await desk.advance();
    expect(text()).toMatch(/^one two\n[^]*three\n?$/);
    expect(JSON.stringify(content())).not.toMatch(/javascript|onclick|onerror|iframe|position/);
    expect(quill.root.innerHTML).not.toMatch(/<script|onerror|javascript|<iframe/);
    expect(shownBy({ quill } as Editor).length).toBeGreaterThanOrEqual(desk.document.content.length);
  });
});

describe('undo', () => {
  const press = (quill: Editor['quill'], more: KeyboardEventInit = {}) =>
    quill.root.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true, ...more }));

  test('by the key takes one’s own back, and not what others wrote', async () => {
    const { quill } = await open();
    quill.focus();
    quill.insertText(0, 'mine', 'user');
    await desk.advance();
    desk.server.write('plan', insert('theirs ', 4));
    await desk.advance();
    press(quill);
    await desk.advance();
    expect(text()).toBe('theirs ');
    expect(quill.getText()).toBe('theirs \n');
    press(quill, { shiftKey: true });
    await desk.advance();
    expect(text()).toBe('minetheirs ');
  });

  test('by the browser’s menu is the document’s too', async () => {
    const { quill, document } = await open();
    quill.insertText(0, 'mine', 'user');
    quill.root.dispatchEvent(new InputEvent('beforeinput', { inputType: 'historyUndo', bubbles: true, cancelable: true }));
    expect(document.content.text).toBe('');
  });

  test('is Quill’s again when the binding is gone', async () => {
    const { quill, document, binding } = await open();
    quill.insertText(0, 'mine', 'user');
    await desk.advance();
    binding.destroy();
    quill.insertText(4, ' alone', 'user');
    quill.history.undo();
    expect(quill.getText()).toBe('mine\n');
    expect(document.content.text).toBe('mine');
  });
});

describe('who may only read', () => {
  test('cannot type, until they may', async () => {
    desk.document.roles.set('ann', 'reader');
    const { quill } = await open('ann', 'read me');
    expect(quill.isEnabled()).toBe(false);
    desk.document.roles.set('ann', 'editor');
    desk.server.drop();
    await desk.advance(10_000);
    expect(quill.isEnabled()).toBe(true);
  });

  test('sees what the document has, whatever a program does to Quill', async () => {
    desk.document.roles.set('ann', 'commenter');
    const { quill } = await open('ann', 'read me');
    quill.insertText(0, 'not ', 'api');
    expect(quill.getText()).toBe('read me\n');
    expect(text()).toBe('read me');
  });
});

describe('cursors', () => {
  class Cursors {
    readonly all = new Map<string, { name: string; color: string; range?: unknown }>();
    createCursor = (id: string, name: string, color: string) => this.all.set(id, { name, color });
    moveCursor = (id: string, range: unknown) => (this.all.get(id)!.range = range);
    removeCursor = (id: string) => this.all.delete(id);
    clearCursors = () => this.all.clear();
  }

  test('of others are shown where they are, and go with them', async () => {
    const ann = desk.open('ann');
    const bob = desk.open('bob');
    desk.server.write('plan', insert('one two'));
    await desk.advance();
    const cursors = new Cursors();
    const { quill } = editor(ann, { cursors, color: () => 'red' });
    bob.setCursor({ index: 4, length: 3 });
    await desk.advance();
    expect([...cursors.all.values()]).toEqual([{ name: 'bob', color: 'red', range: { index: 4, length: 3 } }]);
    quill.insertText(0, '>', 'user');
    expect([...cursors.all.values()][0]!.range).toEqual({ index: 5, length: 3 });
    await bob.close();
    await desk.advance();
    expect(cursors.all.size).toBe(0);
  });

  test('of one’s own are told in the document’s places', async () => {
    const { quill } = await open('ann', 'ab');
    const bob = desk.open('bob');
    desk.server.write('plan', new Delta().retain(1).insert({ divider: true }));
    await desk.advance();
    quill.setSelection(3, 1, 'user');
    await desk.advance(300);
    expect([...bob.cursors.values()].map(({ range }) => range)).toEqual([{ index: 2, length: 1 }]);
  });
});
