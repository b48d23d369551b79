import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client, type Incoming, type Outgoing } from '../../src/index.js';
import { Delta, openDocument } from '../../src/docs/index.js';
import { Replica } from '../../src/docs/replica.js';
import { Session, type SessionOwner } from '../../src/docs/session.js';
import { FakeTransport } from '../support/fakeUpstream.js';
import { Desk, insert, remove } from './desk.js';

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.close());

/** The connection ends when the server has taken the next operation: neither it nor its acknowledgement comes back. */
function loseAnswer(): void {
  desk.server.intercept = ({ type }) => {
    if (type !== 'operation') return undefined;
    desk.server.intercept = () => undefined;
    desk.server.delayMs = 50;
    desk.server.clock.setTimeout(() => desk.server.drop(), 1);
    return undefined;
  };
}

/** Every operation is refused so, once. */
function refuseOnce(code: string, retry = false): void {
  desk.server.intercept = ({ type, id }) => {
    if (type !== 'operation') return undefined;
    desk.server.intercept = () => undefined;
    return { type: 'error', id: id!, data: { code, message: code, retry, ...(retry && { retryAfterMs: 200 }) } };
  };
}

describe('an operation whose acknowledgement is lost', () => {
  test('is found in the replay and not sent again', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    loseAnswer();
    ann.edit(insert('hello'));
    await desk.advance(1);
    ann.edit(insert(' world', 5));
    await desk.advance(10_000);
    expect(desk.document.content.text).toBe('hello world');
    expect(desk.sent('operation').map(({ data }) => data?.['seq'])).toEqual([1, 2]);
    expect(ann.state).toMatchObject({ kind: 'live', saved: true, revision: 2 });
  });

  test('and that never arrived is sent again as it was first, though others wrote meanwhile', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    desk.server.halfOpen();
    ann.edit(insert('mine'));
    await desk.advance();
    expect(desk.sent('operation')).toEqual([]);
    desk.server.drop();
    desk.server.write('plan', insert('theirs '));
    ann.edit(insert('!', 4));
    await desk.advance(10_000);
    const [first, second] = desk.sent('operation').map(({ data }) => data!);
    expect(first).toMatchObject({ seq: 1, revision: 0, operation: { ops: [{ insert: 'mine' }] } });
    expect(second).toMatchObject({ seq: 2, revision: 2 });
    expect(ann.content.text).toBe('theirs mine!');
    expect(desk.document.content.ops).toEqual(ann.content.ops);
  });

  test('is not in the document twice where the history was cut meanwhile', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    desk.server.delayMs = 50;
    ann.edit(insert('hello'));
    await desk.advance(60);
    expect(desk.document.content.text).toBe('hello');
    desk.server.drop();
    desk.server.write('plan', insert('>'));
    desk.document.trim();
    ann.edit(insert(' world', 5));
    await desk.advance(10_000);
    const first = desk.sent('operation').filter(({ data }) => data?.['seq'] === 1);
    expect(first).toHaveLength(2);
    expect(first[0]!.data).toEqual(first[1]!.data);
    expect(desk.document.content.text).toBe('>hello world');
    expect(ann.content.ops).toEqual(desk.document.content.ops);
    expect(ann.state).toMatchObject({ saved: true });
  });
});

describe('a history that broke off', () => {
  test('takes what was pending and never arrived along', async () => {
    const ann = desk.open('ann');
    desk.server.write('plan', insert('The fox.'));
    await desk.advance();
    desk.server.halfOpen();
    ann.edit(insert('quick ', 4));
    ann.edit(insert('!', 14));
    await desk.advance();
    desk.server.drop();
    desk.server.write('plan', insert('Look: '));
    desk.document.trim();
    await desk.advance(10_000);
    expect(ann.content.text).toBe('Look: The quick fox.!');
    expect(desk.document.content.ops).toEqual(ann.content.ops);
    expect(ann.state).toMatchObject({ kind: 'live', saved: true });
  });

  test('that begins anew under another name takes it along too, and tells the whole content', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    ann.edit(insert('lost '));
    await desk.advance();
    desk.server.away = true;
    desk.server.restart({ losesData: true, downMs: 5_000 });
    ann.edit(insert('kept', 5));
    await desk.advance();
    const contents: string[] = [];
    ann.on('content', ({ text }) => contents.push(text));
    await desk.advance(60_000);
    expect(contents).toEqual(['kept']);
    expect(desk.document.content.text).toBe('kept');
  });

  test('with the operation in flight in it does not take that along again', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    loseAnswer();
    ann.edit(insert('hello'));
    await desk.advance(1);
    desk.document.epoch = 'another';
    ann.edit(insert('!', 5));
    await desk.advance(10_000);
    expect(desk.document.content.text).toBe('hello!');
    expect(ann.content.ops).toEqual(desk.document.content.ops);
  });
});

describe('a server that refuses an operation', () => {
  test('for now gets it again, with the same number', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    refuseOnce('unavailable', true);
    ann.edit(insert('hello'));
    await desk.advance(10);
    expect(ann.state.saved).toBe(false);
    await desk.advance(200);
    expect(ann.state.saved).toBe(true);
    expect(desk.sent('operation').map(({ data }) => data?.['seq'])).toEqual([1, 1]);
  });

  test('without a word gets it again', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    desk.server.intercept = (message) => (message.type === 'operation' ? { type: 'nothing', data: {} } : undefined);
    ann.edit(insert('hello'));
    await desk.advance(1);
    desk.server.intercept = () => undefined;
    await desk.advance(20_000);
    expect(desk.document.content.text).toBe('hello');
    expect(ann.state.saved).toBe(true);
  });

  test('for good does not have it: it is taken back and offered, and what came later stays', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    const rejected: unknown[] = [];
    ann.on('rejected', ({ operation, refusal }) => rejected.push([operation.ops, refusal.code]));
    refuseOnce('invalid_operation');
    ann.edit(insert('bad'));
    ann.edit(insert('good', 3));
    desk.server.write('plan', insert('>'));
    await desk.advance(1_000);
    expect(rejected).toEqual([[[{ insert: 'bad' }], 'invalid_operation']]);
    expect(ann.content.text).toBe('>good');
    expect(desk.document.content.ops).toEqual(ann.content.ops);
    expect(ann.state).toMatchObject({ kind: 'live', saved: true });
  });

  test.each(['revision_unknown', 'revision_pruned'])('as %s gets it on what it has', async (code) => {
    const ann = desk.open('ann');
    desk.server.write('plan', insert('one '));
    await desk.advance();
    refuseOnce(code);
    ann.edit(insert('two', 4));
    await desk.advance(1_000);
    expect(desk.document.content.text).toBe('one two');
    expect(desk.sent('operation').map(({ data }) => data?.['seq'])).toEqual([1, 2]);
    expect(ann.content.ops).toEqual(desk.document.content.ops);
  });

  test('as one who is not there lets one join again', async () => {
    const ann = desk.open('ann');
    await desk.advance();
    refuseOnce('not_a_member');
    ann.edit(insert('hello'));
    await desk.advance(1_000);
    expect(desk.document.content.text).toBe('hello');
  });
});

test('a revision that is missing is asked for', async () => {
  const ann = desk.open('ann');
  await desk.advance();
  const { document } = desk;
  document.take({ operation: insert('unheard '), revision: 0 }, { userId: 'eve', userName: null }, 0);
  desk.server.write('plan', insert('heard'), 'bob');
  await desk.advance();
  expect(ann.content.ops).toEqual(document.content.ops);
  expect(desk.sent('join_document').at(-1)!.data).toMatchObject({ since: { revision: 0 } });
});

test('an own operation that comes back as another one is believed, and what is shown is the server’s again', async () => {
  const ann = desk.open('ann');
  await desk.advance();
  const { document } = desk;
  const take = document.take.bind(document);
  document.take = (operation, ...by) => take({ ...operation, operation: insert('HELLO') }, ...by);
  ann.edit(insert('hello'));
  ann.edit(insert('!', 5));
  await desk.advance(1);
  document.take = take;
  await desk.advance(1_000);
  expect(ann.content.ops).toEqual(document.content.ops);
  expect(ann.state).toMatchObject({ kind: 'live', saved: true });
});

describe('without a WebSocket', () => {
  test('a document says so, and opens when there is one', async () => {
    const transport = new FakeTransport();
    const polling = { open: transport.open.bind(transport), name: 'polling' as const };
    const client = new Client('http://peal.test', desk.server.options({ transports: [polling] })).start();
    desk.clients.push(client);
    const document = openDocument(client, 'plan');
    const link = await transport.links.take();
    await desk.advance();
    link.open();
    const { id } = await link.sent.take(({ type }) => type === 'authenticate');
    link.say({ type: 'authenticated', id: id!, data: { success: true, userId: 'ann', userName: null } });
    await desk.advance();
    expect(document.state).toMatchObject({ kind: 'refused', refusal: { code: 'websocket_needed' } });
    expect(link.sent.held.filter(({ type }) => type === 'join_document')).toEqual([]);
    expect(() => document.edit(insert('x'))).toThrow('Read only');
  });
});

test('where only documents are, no connection is tried that carries none', async () => {
  const asked: string[] = [];
  const ambient = desk.server.ambient({
    WebSocket: class {
      constructor() {
        throw new Error('blocked');
      }
    } as unknown as typeof WebSocket,
    fetch: async (url) => {
      asked.push(String(url));
      throw new TypeError('no network');
    },
  });
  const client = new Client('http://peal.test', { path: '/docs', userId: 'ann', ambient }).start();
  desk.clients.push(client);
  await desk.advance(60_000);
  expect(client.diagnostics.failures).toBeGreaterThan(1);
  expect(asked).toEqual([]);
});

describe('what comes at once with the answer to a join', () => {
  async function joined(answer: (join: Outgoing) => readonly Incoming[]) {
    const transport = new FakeTransport();
    const client = new Client('http://peal.test', desk.server.options({ transports: [transport] })).start();
    desk.clients.push(client);
    const document = openDocument(client, 'plan');
    const link = await transport.links.take();
    await desk.advance();
    link.open();
    const { id } = await link.sent.take(({ type }) => type === 'authenticate');
    link.say({ type: 'authenticated', id: id!, data: { success: true, userId: 'ann', userName: null } });
    for (const message of answer(await link.sent.take(({ type }) => type === 'join_document'))) link.say(message);
    await desk.advance();
    return document;
  }

  test('is not lost, though nobody could look at the answer before', async () => {
    const data = { documentId: 'plan', epoch: 'E', revision: 1, role: 'editor', title: 'Plan', users: [] };
    const operation = { documentId: 'plan', userId: 'bob', operation: { ops: [{ insert: 'b' }] }, revision: 2 };
    const document = await joined(({ id }) => [
      { type: 'document', id: id!, data: { ...data, content: { ops: [{ insert: 'a' }] } } },
      { type: 'operation', offset: 2, data: operation },
    ]);
    expect(document.content.text).toBe('ba');
    expect(document.state).toMatchObject({ kind: 'live', revision: 2, title: 'Plan' });
  });
});

test('an operation is not sent before its owner lets it go, though the connection comes back meanwhile', async () => {
  const client = new Client('http://peal.test', desk.server.options({ token: 'ann' })).start();
  desk.clients.push(client);
  let letGo = () => {};
  const nothing = () => {};
  const owner: SessionOwner = {
    ...{ joined: nothing, confirmed: nothing, changed: nothing, replaced: nothing, moved: nothing, rejected: nothing, refused: nothing },
    departing: () => new Promise((resolve) => (letGo = resolve)),
  };
  const session = new Session(client, 'plan', new Replica('ann-1'), owner);
  client.on('signed_in', () => session.connected());
  client.on('push', ({ type, data }) => type === 'operation' && session.received(data as never));
  await desk.advance();
  session.replica.edit(insert('hello'));
  session.flush();
  await desk.advance();
  desk.server.drop();
  await desk.advance(10_000);
  expect(session.state).toBe('joined');
  expect(desk.sent('operation')).toEqual([]);
  letGo();
  await desk.advance();
  expect(desk.document.content.text).toBe('hello');
});

test('deleting what another one is typing into leaves what they typed', async () => {
  const [ann, bob] = [desk.open('ann'), desk.open('bob')];
  desk.server.write('plan', insert('one two'));
  await desk.advance();
  ann.edit(remove(7));
  bob.edit(new Delta().retain(3).insert(' and'));
  await desk.advance();
  expect(ann.content.text).toBe(' and');
  expect(bob.content.text).toBe(' and');
});
