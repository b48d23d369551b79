import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NoReply } from '../../src/index.js';
import { Delta, type DocumentState, type LiveDocument, openDocument } from '../../src/docs/index.js';
import { Desk, insert, remove } from './desk.js';

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.close());

async function pair(content = ''): Promise<readonly [LiveDocument, LiveDocument]> {
  const both = [desk.open('ann'), desk.open('bob')] as const;
  if (content) desk.server.write('plan', insert(content), 'eve');
  await desk.advance();
  return both;
}

const place = (index: number, length = 0) => ({ index, length });

describe('writing', () => {
  test('two at the same place at the same time see the same', async () => {
    const [ann, bob] = await pair();
    expect(ann.state).toMatchObject({ kind: 'live', saved: true, role: 'editor' });
    ann.edit(insert('one '));
    bob.edit(insert('two '));
    expect(ann.content.text).toBe('one ');
    expect(ann.state).toMatchObject({ saved: false, pending: 1 });
    await desk.advance();
    expect(ann.content.text).toBe('one two ');
    expect(bob.content).toEqual(ann.content);
    expect(desk.document.content).toEqual(ann.content);
    expect(ann.state).toMatchObject({ saved: true, pending: 0, revision: 2 });
  });

  test('while one is on its way makes one more of all that follows', async () => {
    const [ann] = await pair();
    for (const [index, letter] of [...'hello'].entries()) ann.edit(insert(letter, index));
    expect(ann.state).toMatchObject({ pending: 5 });
    await desk.advance();
    expect(desk.sent('operation').map(({ data }) => (data!['operation'] as { ops: unknown }).ops)).toEqual([
      [{ insert: 'h' }],
      [{ retain: 1 }, { insert: 'ello' }],
    ]);
  });

  test('takes ops as they come', async () => {
    const [ann] = await pair();
    ann.edit([{ insert: '' }, { insert: 'a' }, { insert: 'b' }, { retain: 0 }]);
    ann.edit({ ops: [] });
    expect(ann.content.ops).toEqual([{ insert: 'ab' }]);
    expect(ann.state.pending).toBe(1);
  });

  test.each([
    ['behind the end', remove(1, 3)],
    ['inside a surrogate pair', insert('x', 2)],
    ['half a surrogate pair', insert('\ud83d')],
    ['over half a pair', remove(1, 1)],
  ])('%s is refused at once, and nothing changes', async (_, change) => {
    const [ann] = await pair('a\u{1f600}');
    expect(() => ann.edit(change)).toThrow(RangeError);
    expect(ann.content.text).toBe('a\u{1f600}');
    await desk.advance();
    expect(desk.sent('operation')).toEqual([]);
  });

  test('is for those who may: a role is the server’s word, and may change', async () => {
    desk.document.roles.set('ann', 'reader');
    const [ann] = await pair('text');
    expect(ann.canEdit).toBe(false);
    expect(() => ann.edit(insert('x'))).toThrow(expect.objectContaining({ code: 'read_only' }));
    desk.server.toDocument('plan', { type: 'role_changed', data: { documentId: 'plan', userId: 'ann', role: 'editor' } });
    await desk.advance();
    expect(ann.canEdit).toBe(true);
    desk.server.toDocument('plan', { type: 'document_renamed', data: { documentId: 'plan', title: 'Roadmap' } });
    desk.server.toDocument('plan', { type: 'document_deleted', data: { documentId: 'plan' } });
    await desk.advance();
    expect(ann.state).toMatchObject({ kind: 'refused', title: 'Roadmap', refusal: { code: 'not_found' } });
  });

  test('before there is content is refused', () => {
    const ann = desk.open('ann');
    expect(ann.state.kind).toBe('opening');
    expect(() => ann.edit(insert('x'))).toThrow('Read only');
  });
});

test('a document that the server refuses says why', async () => {
  desk.server.intercept = ({ type, id }) =>
    type === 'join_document' ? { type: 'error', id: id!, data: { code: 'forbidden', message: 'Forbidden', retry: false } } : undefined;
  const ann = desk.open('ann');
  await desk.advance();
  expect(ann.state).toMatchObject({ kind: 'refused', refusal: { code: 'forbidden' } });
  await expect(ann.versions()).rejects.toMatchObject({ code: 'forbidden' });
});

describe('a connection that is lost', () => {
  test('leaves what is there, and edits wait', async () => {
    const [ann] = await pair('text');
    const kinds: DocumentState['kind'][] = [];
    ann.on('state', ({ kind }) => kinds.at(-1) !== kind && kinds.push(kind));
    desk.server.away = true;
    desk.server.drop();
    await desk.advance();
    ann.edit(insert('more '));
    expect(ann.state).toMatchObject({ kind: 'offline', saved: false, pending: 1, kept: false });
    await expect(ann.comments()).rejects.toBeInstanceOf(NoReply);
    desk.server.away = false;
    await desk.advance(30_000);
    expect(kinds).toEqual(['offline', 'live']);
    expect(desk.document.content.text).toBe('more text');
  });

  test('does not take undo away', async () => {
    const [ann] = await pair();
    ann.edit(insert('mine'));
    await desk.advance();
    desk.server.write('plan', insert('theirs ', 4), 'bob');
    desk.server.restart();
    await desk.advance(10_000);
    expect(ann.undo()).toBe(true);
    await desk.advance();
    expect(desk.document.content.text).toBe('theirs ');
    expect(ann.undo()).toBe(false);
    expect(ann.redo()).toBe(true);
    await desk.advance();
    expect(desk.document.content.text).toBe('minetheirs ');
  });
});

describe('others', () => {
  test('are there by name, and are gone', async () => {
    const [ann, bob] = await pair();
    expect([...ann.users.keys()].sort()).toEqual(['ann', 'bob']);
    await bob.close();
    await desk.advance();
    expect([...ann.users.keys()]).toEqual(['ann']);
    expect(bob.state.kind).toBe('closed');
  });

  test('have cursors, which go with every edit', async () => {
    const [ann, bob] = await pair('one two');
    bob.setCursor(place(4, 3));
    await desk.advance();
    const seen = () => [...ann.cursors.values()].map(({ userId, range }) => [userId, range]);
    expect(seen()).toEqual([['bob', place(4, 3)]]);
    ann.edit(insert('>> '));
    expect(seen()).toEqual([['bob', place(7, 3)]]);
    await desk.advance();
    bob.setCursor(place(10));
    await desk.advance();
    bob.edit(insert('!', 10));
    await desk.advance();
    expect(seen()).toEqual([['bob', place(11)]]);
    ann.edit(insert('?', 11));
    expect(seen()).toEqual([['bob', place(11)]]);
  });

  test('hear of a cursor at most ten times a second, and not where they know', async () => {
    const [ann, bob] = await pair('one two three');
    for (let index = 0; index < 10; index++) ann.setCursor(place(index));
    await desk.advance(1_000);
    expect(desk.sent('cursor_position')).toHaveLength(2);
    ann.edit(insert('x', 9));
    ann.setCursor(place(10));
    await desk.advance(1_000);
    expect(desk.sent('cursor_position')).toHaveLength(2);
    expect([...bob.cursors.values()][0]!.range).toEqual(place(10));
  });

  test('learn where one is in what they have, not in what they will have', async () => {
    const [ann, bob] = await pair('0123456789');
    desk.server.delayMs = 40;
    ann.edit(insert('abc', 2));
    ann.edit(remove(2, 8));
    ann.setCursor(place(9));
    await desk.advance(1_000);
    expect(ann.content.ops).toEqual(bob.content.ops);
    expect([...bob.cursors.values()][0]!.range).toEqual(place(9));
  });

  test('who come later learn where one is', async () => {
    const [ann] = await pair('text');
    ann.setCursor(place(2));
    await desk.advance(1_000);
    const cid = desk.open('cid');
    await desk.advance(1_000);
    expect([...cid.cursors.values()].map(({ range }) => range)).toEqual([place(2)]);
  });

  test('who went while one was away are not seen any more', async () => {
    const [ann, bob] = await pair('text');
    bob.setCursor(place(2));
    await desk.advance();
    expect(ann.cursors.size).toBe(1);
    desk.clients[1]!.stop();
    desk.server.drop();
    await desk.advance(10_000);
    expect(ann.cursors.size).toBe(0);
    expect([...ann.users.keys()]).toEqual(['ann']);
  });

  test('on a revision that is not here yet are shown when it is', async () => {
    const [ann] = await pair('text');
    const position = { documentId: 'plan', userId: 'bob', userName: 'Bob', clientId: 'b', position: 7 };
    desk.server.toDocument('plan', { type: 'cursor_position', data: { ...position, revision: 2 } });
    await desk.advance();
    expect(ann.cursors.size).toBe(0);
    desk.server.write('plan', insert('more '));
    await desk.advance();
    expect([...ann.cursors.values()]).toEqual([{ clientId: 'b', userId: 'bob', userName: 'Bob', range: place(7) }]);
    desk.server.toDocument('plan', { type: 'cursor_position', data: { ...position, position: { index: 900, length: 9 }, revision: 1 } });
    await desk.advance();
    expect([...ann.cursors.values()][0]!.range).toEqual(place(9));
  });
});

describe('comments', () => {
  test('are made, answered, changed, resolved, reopened and deleted', async () => {
    const [ann, bob] = await pair('one two three');
    const told: unknown[] = [];
    bob.on('comment', ({ comment }) => told.push(comment?.text));
    const made = ann.addComment(place(4, 3), 'two?');
    await desk.advance();
    const comment = await made;
    expect(comment).toMatchObject({ range: place(4, 3), quote: 'two', text: 'two?', userId: 'ann', resolved: false, replies: [] });
    const { commentId } = comment;
    for (const step of [() => bob.reply(commentId, 'yes'), () => bob.resolveComment(commentId), () => ann.editComment(commentId, 'two!')]) {
      const done = step();
      await desk.advance();
      await done;
    }
    const listed = bob.comments();
    await desk.advance();
    const [only] = await listed;
    expect(only).toMatchObject({ text: 'two!', resolved: true, replies: [{ userId: 'bob', text: 'yes' }] });
    for (const step of [() => ann.deleteComment(commentId, only!.replies[0]!.replyId), () => bob.reopenComment(commentId)]) {
      const done = step();
      await desk.advance();
      await done;
    }
    expect((await bob.comments())[0]).toMatchObject({ resolved: false, replies: [] });
    void ann.deleteComment(commentId);
    await desk.advance();
    expect(await bob.comments()).toEqual([]);
    expect(told).toEqual(['two?', 'two?', 'two?', 'two!', 'two!', 'two!', undefined]);
  });

  test('go with the text, in front of an edit at once, and end with it', async () => {
    const [ann, bob] = await pair('one two three');
    void ann.addComment(place(4, 3), 'here');
    await desk.advance();
    const all = bob.comments();
    await desk.advance();
    await all;
    const range = async () => (await bob.comments())[0]!.range;
    bob.edit(insert('>> '));
    expect(await range()).toEqual(place(7, 3));
    ann.edit(insert('[', 5));
    await desk.advance();
    expect(await range()).toEqual(place(7, 4));
    bob.edit(remove(6, 6));
    expect(await range()).toBeNull();
  });

  test('on text that is still on its way wait for it', async () => {
    const [ann] = await pair('one');
    desk.server.delayMs = 50;
    ann.edit(insert(' two', 3));
    const made = ann.addComment(place(4, 3), 'new');
    ann.edit(insert('zero '));
    await desk.advance(2_000);
    expect(await made).toMatchObject({ range: place(9, 3), quote: 'two' });
  });

  test('on text that is gone before it is there are refused', async () => {
    const [ann] = await pair('one');
    const made = ann.addComment(place(0, 3), 'gone');
    ann.edit(remove(3));
    await expect(made).rejects.toMatchObject({ code: 'invalid_message' });
  });

  test('that come on an earlier revision are where that part is now', async () => {
    const [ann] = await pair('one two');
    desk.server.write('plan', insert('zero '));
    await desk.advance();
    const comment = { commentId: 'c', range: place(4, 3), quote: '', text: '', userId: null, userName: null, timestamp: 0, resolved: false, replies: [] };
    desk.server.toDocument('plan', { type: 'comment', data: { documentId: 'plan', commentId: 'c', revision: 1, comment } });
    const seen: unknown[] = [];
    ann.on('comment', ({ comment }) => seen.push(comment?.range));
    await desk.advance();
    expect(seen).toEqual([place(9, 3)]);
  });
});

describe('the past', () => {
  test('is looked at, named, told who wrote it, and brought back', async () => {
    const [ann, bob] = await pair('first');
    const named = ann.nameVersion('one word');
    await desk.advance();
    await named;
    bob.edit(insert(' second', 5));
    await desk.advance();
    const changes: string[] = [];
    ann.on('change', ({ source }) => changes.push(source));
    const asked = Promise.all([ann.versions(), ann.contentAt(1), ann.authorship(), ann.history({ limit: 1 })]);
    await desk.advance();
    const [versions, content, authors, history] = await asked;
    expect(versions).toMatchObject([{ name: 'one word', revision: 1, userId: 'ann' }]);
    expect(content.text).toBe('first');
    expect(authors.map(({ userId, length }) => [userId, length])).toEqual([['eve', 5], ['bob', 7]]);
    expect(history).toMatchObject({ oldest: 0, newest: 2, operations: [{ revision: 2, userId: 'bob' }] });
    const restored = ann.restore(1);
    await desk.advance();
    await restored;
    expect([ann.content.text, bob.content.text]).toEqual(['first', 'first']);
    expect(changes).toEqual(['restore']);
  });
});

describe('closing', () => {
  test('sends what is left, and says goodbye', async () => {
    const [ann, bob] = await pair();
    ann.edit(insert('last'));
    ann.edit(insert(' words', 4));
    const closed = ann.close();
    expect(() => ann.edit(insert('more'))).toThrow('Read only');
    await desk.advance();
    await closed;
    expect(bob.content.text).toBe('last words');
    expect([...bob.users.keys()]).toEqual(['bob']);
    bob.edit(insert('!'));
    await desk.advance();
    expect(ann.content.text).toBe('last words');
  });

  test('one of two of the same document leaves the other one in it', async () => {
    const ann = desk.open('ann');
    const again = openDocument(desk.clients[0]!, 'plan');
    await desk.advance();
    again.edit(insert('both'));
    await desk.advance();
    expect(ann.content.text).toBe('both');
    void again.close();
    await desk.advance();
    desk.server.write('plan', insert('not '));
    await desk.advance();
    expect(ann.content.text).toBe('not both');
    void ann.close();
    await desk.advance();
    expect(desk.server.editors('plan')).toEqual([]);
  });

  test('twice is harmless, and without a connection ends at once', async () => {
    const [ann] = await pair();
    desk.server.away = true;
    desk.server.drop();
    ann.edit(new Delta().insert('lost'));
    await ann.close();
    await ann.close();
    expect(ann.state).toMatchObject({ kind: 'closed', saved: false, kept: false });
  });
});
