import { describe, expect, it } from 'vitest';
import type { Incoming, Outgoing } from '../src/messages.js';
import { polling } from '../src/polling.js';
import type { Link } from '../src/transport.js';
import { type Asked, authenticate, FakeHttp, problem, settled } from './support/fakeHttp.js';

const authenticated = { type: 'authenticated', id: 'a', data: { success: true, userId: 'ann', userName: 'Ann' } };
const entry = (offset: number, roomId = 'k'): Incoming => ({ type: 'message', offset, data: { roomId, message: `${offset}` } });
const standing = (position: string, recovered = 'true') => ({ 'Peal-Position': position, 'Peal-Recovered': recovered });
const join = (roomId: string, since?: object) => ({ type: 'join_room', id: roomId, data: { roomId, ...(since && { since }) } });
const joined = (roomId: string, offset: number, more = {}) => ({ type: 'joined', id: roomId, data: { roomId, epoch: 'E', offset, ...more } });

const post = ({ method }: Asked) => method === 'POST';
/** A poll of rooms, and one of notifications and broadcasts. */
const ofRooms = ({ method, query }: Asked) => method === 'GET' && query.has('room');
const own = ({ method, query }: Asked) => method === 'GET' && !query.has('room');

interface Signed {
  readonly http: FakeHttp;
  readonly link: Link;
}

async function signedIn(): Promise<Signed> {
  const http = new FakeHttp();
  const link = http.start(polling);
  await http.opened.take();
  link.send(authenticate);
  link.send(join('k'));
  (await http.asked.take()).answer(authenticated);
  expect(await http.messages.take()).toEqual(authenticated);
  return { http, link };
}

/** In room `k`, at offset 7; the poll that waits there. */
async function inRoom(): Promise<Signed & { readonly poll: Asked }> {
  const { http, link } = await signedIn();
  (await http.asked.take(post)).answer(joined('k', 7));
  await http.messages.take();
  return { http, link, poll: await http.asked.take(ofRooms) };
}

describe('signing in by polling', () => {
  it('posts the message with the token, and asks for no session', async () => {
    const http = new FakeHttp();
    const link = http.start(polling);
    await http.opened.take();
    link.send({ ...authenticate, data: { token: 'T', session: true, sessionId: 'S0' } });
    const asked = await http.asked.take();
    expect([asked.method, asked.path, asked.headers.get('Authorization')]).toEqual(['POST', '/api/messages', 'Bearer T']);
    expect(asked.body).toEqual({ type: 'authenticate', id: 'a', data: { token: 'T' } });
    asked.answer(authenticated);
    expect(await http.messages.take()).toEqual(authenticated);
  });

  it('says with every message whose it is where there is no token', async () => {
    const http = new FakeHttp();
    const link = http.start(polling);
    link.send({ type: 'authenticate', id: 'a', data: { userId: 'ann', userName: 'Ann' } });
    link.send({ type: 'message', id: 1, data: { roomId: 'k', message: 'hi' } });
    (await http.asked.take()).answer(authenticated);
    await http.messages.take();
    expect((await http.asked.take(post)).body).toEqual({ type: 'message', id: 1, data: { roomId: 'k', message: 'hi', userId: 'ann', userName: 'Ann' } });
  });
});

describe('a poll', () => {
  it('waits in the room behind the position that its join was answered with', async () => {
    const { poll } = await inRoom();
    expect([poll.method, poll.path, `${poll.query}`, poll.headers.get('Authorization')]).toEqual([
      'GET',
      '/api/messages',
      'wait=25&room=k&since=k%40E%3A7',
      'Bearer T',
    ]);
  });

  it('hands up what comes and goes on behind it, a little later', async () => {
    const { http, poll } = await inRoom();
    poll.answer([entry(8), entry(9)], standing('E:9'));
    expect([await http.messages.take(), await http.messages.take()]).toEqual([entry(8), entry(9)]);
    await settled();
    expect(http.asked.held.filter(ofRooms)).toEqual([]);
    http.pass(250);
    expect((await http.asked.take(ofRooms)).query.getAll('since')).toEqual(['k@E:9']);
  });

  it('hands up messages of a megabyte whole, several in one answer', async () => {
    const { http, poll } = await inRoom();
    const large = [8, 9, 10].map((offset) => ({ ...entry(offset), data: { roomId: 'k', message: 'é'.repeat(1 << 19) } }));
    poll.answer(large, standing('E:10'));
    for (const each of large) expect(await http.messages.take()).toEqual(each);
    await settled();
    http.pass(250);
    expect((await http.asked.take(ofRooms)).query.getAll('since')).toEqual(['k@E:10']);
  });

  it.each([429, 503])('that comes too often is asked again when the server says, %s', async (status) => {
    const { http, poll } = await inRoom();
    poll.refuse(status, problem, '2');
    await settled();
    http.pass(1_999);
    await settled();
    expect([http.asked.held.filter(ofRooms), http.ended.held]).toEqual([[], []]);
    http.pass(1);
    expect((await http.asked.take(ofRooms)).query.getAll('since')).toEqual(['k@E:7']);
  });

  it('pauses after an answer without entries', async () => {
    const { http, poll } = await inRoom();
    poll.answer([], standing('E:7'));
    await settled();
    expect(http.asked.held.filter(ofRooms)).toEqual([]);
    http.pass(1_000);
    expect((await http.asked.take(ofRooms)).query.getAll('since')).toEqual(['k@E:7']);
  });

  it('replays from where the client is, and from nowhere else', async () => {
    const { http, link } = await inRoom();
    link.send(join('recovered', { epoch: 'E', offset: 3 }));
    link.send(join('lost', { epoch: 'D', offset: 3 }));
    (await http.asked.take(post)).answer(joined('recovered', 5, { recovered: true }));
    (await http.asked.take(post)).answer(joined('lost', 5, { recovered: false, reason: 'epoch_changed', oldest: 1 }));
    const poll = await http.asked.take(ofRooms);
    expect(poll.query.getAll('room')).toEqual(['k', 'recovered', 'lost']);
    expect(poll.query.getAll('since')).toEqual(['k@E:7', 'recovered@E:3', 'lost@E:5']);
    poll.answer([entry(4, 'recovered'), entry(6, 'lost')], standing('k@E:7, recovered@E:4, lost@E:6', 'k=true, recovered=true, lost=true'));
    await settled();
    http.pass(250);
    expect((await http.asked.take(ofRooms)).query.getAll('since')).toEqual(['k@E:7', 'recovered@E:4', 'lost@E:6']);
  });

  it('asks for more rooms than one address can name in turns', async () => {
    const { http, link } = await inRoom();
    const rooms = Array.from({ length: 25 }, (_, index) => `r${index}`);
    for (const room of rooms) link.send(join(room));
    for (const room of rooms) (await http.asked.take(post)).answer(joined(room, 0));
    const first = await http.asked.take(ofRooms);
    expect([first.query.getAll('room'), first.query.get('wait')]).toEqual([['k', ...rooms.slice(0, 19)], '1']);
    first.answer([entry(8)], standing(['k@E:8', ...rooms.slice(0, 19).map((room) => `${room}@E:0`)].join(', ')));
    await settled();
    http.pass(250);
    const second = await http.asked.take(ofRooms);
    expect(second.query.getAll('room').slice(0, 7)).toEqual([...rooms.slice(19), 'k']);
    expect(second.query.getAll('since')[6]).toBe('k@E:8');
  });

  it('starts anew once, when the last of several joins is answered', async () => {
    const { http, link, poll } = await inRoom();
    for (const room of ['a', 'b', 'c']) link.send(join(room));
    for (const room of ['a', 'b', 'c']) {
      expect(poll.signal.aborted).toBe(false);
      (await http.asked.take(post)).answer(joined(room, 0));
      await http.messages.take();
    }
    expect((await http.asked.take(ofRooms)).query.getAll('room')).toEqual(['k', 'a', 'b', 'c']);
    expect([poll.signal.aborted, http.asked.held.filter(ofRooms), http.ended.held]).toEqual([true, [], []]);
  });

  it('leaves a room', async () => {
    const { http, link } = await inRoom();
    link.send(join('a'));
    (await http.asked.take(post)).answer(joined('a', 0));
    expect((await http.asked.take(ofRooms)).query.getAll('room')).toEqual(['k', 'a']);
    link.send({ type: 'leave_room', id: 1, data: { roomId: 'k' } });
    (await http.asked.take(post)).answer({ type: 'ack', id: 1, data: { roomId: 'k' } });
    expect((await http.asked.take(ofRooms)).query.getAll('room')).toEqual(['a']);
  });

  it('joins nothing where the server refuses', async () => {
    const { http, link } = await inRoom();
    link.send(join('secret'));
    (await http.asked.take(post)).answer({ type: 'error', id: 'secret', data: { code: 'forbidden', message: 'Forbidden', retry: false } }, {}, 403);
    expect((await http.asked.take(ofRooms)).query.getAll('room')).toEqual(['k']);
  });

  it('ends the link where history was lost, so that the client joins again and hears of it', async () => {
    const { http, poll } = await inRoom();
    poll.answer([], { ...standing('F:3', 'false'), 'Peal-Reason': 'epoch_changed', 'Peal-Oldest': '1' });
    expect(await http.ended.take()).toEqual({ code: 4001, reason: 'history lost', neverOpened: false });
  });

  it('ends the link where nothing says how it stands, rather than to ask the same again', async () => {
    const { http, poll } = await inRoom();
    poll.answer([entry(8)]);
    expect(await http.ended.take()).toMatchObject({ code: 1006 });
    expect(http.asked.held.filter(ofRooms)).toEqual([]);
  });

  it('ends the link when no answer comes for 40 seconds, or no network is there', async () => {
    const silent = await inRoom();
    silent.http.pass(40_000);
    expect(await silent.http.ended.take()).toEqual({ code: 1006, reason: 'silence', neverOpened: false });
    const cut = await inRoom();
    cut.poll.fail();
    expect(await cut.http.ended.take()).toEqual({ code: 1006, reason: '', neverOpened: false });
  });

  it.each([
    [401, problem, undefined, { code: 1008, reason: 'Invalid authentication' }],
    [429, problem, undefined, { code: 1013 }],
    [200, 'text/html', undefined, { code: 1006 }],
    [302, 'text/html', undefined, { code: 1006 }],
    [500, problem, undefined, { code: 1013 }],
  ] as const)('that is answered %s %s ends the link', async (status, type, retryAfter, end) => {
    const { http, poll } = await inRoom();
    poll.refuse(status, type, retryAfter);
    expect(await http.ended.take()).toMatchObject(end);
    await settled();
    expect([http.asked.held.filter(ofRooms), http.timers]).toEqual([[], 0]);
  });

  it('stops with the link', async () => {
    const { http, link, poll } = await inRoom();
    link.close();
    await settled();
    expect([poll.signal.aborted, http.ended.held, http.asked.held.filter(ofRooms), http.timers]).toEqual([true, [], [], 0]);
  });
});

describe('a poll of notifications and broadcasts', () => {
  const notification = { type: 'notification', offset: 3, data: { title: 'three' } };
  const broadcast = { type: 'notification', data: { title: 'noon' } };

  it('hands up the newest notifications, and broadcasts from then on', async () => {
    const { http } = await inRoom();
    const first = await http.asked.take(own);
    expect([first.query.getAll('since'), first.headers.get('Authorization')]).toEqual([[], 'Bearer T']);
    first.answer([broadcast, notification], standing('notifications@E:3, broadcasts@F:1'));
    expect(await http.messages.take()).toEqual(notification);
    await settled();
    http.pass(25_000);
    const second = await http.asked.take(own);
    expect(second.query.getAll('since')).toEqual(['notifications@E:3', 'broadcasts@F:1']);
    second.answer([broadcast], standing('notifications@E:3, broadcasts@F:2'));
    expect(await http.messages.take()).toEqual(broadcast);
  });

  it('goes on behind the one log of a caller who is not signed in', async () => {
    const { http } = await inRoom();
    (await http.asked.take(own)).answer([broadcast], standing('broadcasts@F:1'));
    await settled();
    http.pass(25_000);
    const second = await http.asked.take(own);
    expect(second.query.getAll('since')).toEqual(['broadcasts@F:1']);
    second.answer([broadcast], standing('broadcasts@F:2', 'broadcasts=true'));
    expect(await http.messages.take()).toEqual(broadcast);
  });

  it('waits where no room is joined', async () => {
    const http = new FakeHttp();
    http.start(polling).send(authenticate);
    (await http.asked.take()).answer(authenticated);
    expect((await http.asked.take(own)).query.get('wait')).toBe('25');
  });

  it('holds no connection for itself beside that of the rooms', async () => {
    const { http } = await inRoom();
    (await http.asked.take(own)).answer([notification], standing('notifications@E:3, broadcasts@F:1'));
    await settled();
    http.pass(24_999);
    await settled();
    expect(http.asked.held.filter(own)).toEqual([]);
    http.pass(1);
    expect((await http.asked.take(own)).query.get('wait')).toBe('0');
  });

  it('is not doubled by a fresh token', async () => {
    const { http, link } = await inRoom();
    await http.asked.take(own);
    link.send({ ...authenticate, id: 'b' });
    (await http.asked.take(post)).answer({ ...authenticated, id: 'b' });
    await http.messages.take();
    await settled();
    expect(http.asked.held.filter(own)).toEqual([]);
  });
});

describe('a message of a megabyte', () => {
  const megabyte = 'x'.repeat(1 << 20);
  const said = (id: number, message: string): Outgoing => ({ type: 'message', id, data: { roomId: 'k', message } });
  const ack = (id: number, offset: number): Incoming => ({ type: 'ack', id, data: { roomId: 'k', epoch: 'E', offset } });

  it('goes and comes whole', async () => {
    const { http, link, poll } = await inRoom();
    link.send(said(1, megabyte));
    const asked = await http.asked.take(post);
    expect((asked.body as Outgoing).data).toMatchObject({ message: megabyte });
    const large = { ...entry(8), data: { roomId: 'k', message: megabyte } };
    poll.answer([large], standing('E:8'));
    expect(await http.messages.take()).toEqual(large);
    asked.answer(ack(1, 8));
    expect(await http.messages.take()).toEqual(ack(1, 8));
  });

  it.each([problem, 'text/html'])('that is too large is refused, and the next one goes: %s', async (type) => {
    const { http, link } = await inRoom();
    link.send(said(1, megabyte));
    link.send(said(2, 'short'));
    (await http.asked.take(post)).refuse(413, type);
    expect(await http.messages.take()).toEqual({ type: 'error', id: 1, data: { code: 'body_too_large', message: 'Too large', retry: false } });
    const next = await http.asked.take(post);
    expect(next.body).toMatchObject(said(2, 'short'));
    next.answer({ type: 'error', id: 2, data: { code: 'not_a_member', message: 'No', retry: false } });
    expect(await http.messages.take()).toMatchObject({ id: 2 });
    expect(http.ended.held).toEqual([]);
  });
});
