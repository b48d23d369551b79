import { afterEach, describe, expect, it, vi } from 'vitest';
import closes from '../../spec/src/main/resources/dev/peal/spec/vectors/client-closes.json';
import statuses from '../../spec/src/main/resources/dev/peal/spec/vectors/client-statuses.json';
import { sse } from '../src/sse.js';
import type { Incoming } from '../src/messages.js';
import type { Link } from '../src/transport.js';
import { type Asked, authenticate, FakeEventSource, FakeHttp, type FakeStream, problem, settled } from './support/fakeHttp.js';

const authenticated = { type: 'authenticated', data: { success: true, userId: 'ann', userName: 'Ann', sessionId: 'S1', resumed: false } };
const entry = (offset: number): Incoming => ({ type: 'message', offset, data: { roomId: 'k', message: `${offset}` } });

interface Signed {
  readonly http: FakeHttp;
  readonly link: Link;
  readonly stream: FakeStream;
  readonly opening: Asked;
}

async function signedIn(): Promise<Signed> {
  const http = new FakeHttp();
  const link = http.start(sse);
  await http.opened.take();
  link.send(authenticate);
  (await http.asked.take()).answer({ ticket: 'abc', expiresInMs: 30_000 });
  const opening = await http.asked.take();
  const stream = opening.stream();
  stream.write('retry: 2000\n: hello\n\n');
  stream.push(authenticated);
  expect(await http.messages.take()).toEqual({ ...authenticated, id: 'a' });
  return { http, link, stream, opening };
}

afterEach(() => vi.unstubAllGlobals());

describe('signing in over an event stream', () => {
  it('gets a ticket with the token, and opens the stream with nothing but the ticket', async () => {
    const http = new FakeHttp();
    const link = http.start(sse);
    await http.opened.take();
    link.send({ ...authenticate, data: { token: 'T', session: true, sessionId: 'S0' } });
    const ticket = await http.asked.take();
    expect([ticket.method, ticket.path, ticket.headers.get('Authorization')]).toEqual(['POST', '/api/ticket', 'Bearer T']);
    expect(ticket.body).toEqual({ session: true, sessionId: 'S0' });
    ticket.answer({ ticket: 'abc', expiresInMs: 30_000 });
    const opening = await http.asked.take();
    expect([opening.method, opening.path, `${opening.query}`, [...opening.headers]]).toEqual(['GET', '/events', 'ticket=abc', []]);
  });

  it('calls nothing before it has returned', () => {
    const http = new FakeHttp();
    http.start(sse);
    expect(http.opened.held).toEqual([]);
  });

  it('does not open after it was closed', async () => {
    const http = new FakeHttp();
    http.start(sse).close();
    await Promise.resolve();
    expect(http.opened.held).toEqual([]);
  });

  it('names who it is where there is no token', async () => {
    const http = new FakeHttp();
    http.start(sse).send({ type: 'authenticate', id: 1, data: { userId: 'ann', userName: 'Ann', session: true } });
    const ticket = await http.asked.take();
    expect(ticket.body).toEqual({ session: true, userId: 'ann', userName: 'Ann' });
    expect(ticket.headers.has('Authorization')).toBe(false);
  });

  it('shows a fresh token on the session that it has', async () => {
    const { http, link } = await signedIn();
    link.send({ type: 'authenticate', id: 'b', data: { token: 'U' } });
    const asked = await http.asked.take();
    expect([asked.path, asked.headers.get('Authorization'), asked.headers.get('Peal-Session')]).toEqual(['/api/messages', 'Bearer U', 'S1']);
    asked.answer({ ...authenticated, id: 'b' });
    expect(await http.messages.take()).toEqual({ ...authenticated, id: 'b' });
  });
});

describe('what is sent over an event stream', () => {
  it('is posted one after the other, in order, each reply handed up', async () => {
    const { http, link } = await signedIn();
    for (const id of [1, 2, 3]) link.send({ type: 'message', id, data: { roomId: 'k', message: 'hi' } });
    expect(link.bufferedAmount).toBeGreaterThan(0);
    for (const id of [1, 2, 3]) {
      const asked = await http.asked.take();
      expect(asked.body).toEqual({ type: 'message', id, data: { roomId: 'k', message: 'hi' } });
      expect(asked.headers.get('Content-Type')).toBe('application/json');
      expect(http.asked.held).toEqual([]);
      asked.answer({ type: 'ack', id, data: { roomId: 'k', epoch: 'E', offset: id } });
      expect(await http.messages.take()).toMatchObject({ type: 'ack', id });
    }
    link.send({ type: 'ping' });
    await http.asked.take();
    expect(link.bufferedAmount).toBe(JSON.stringify({ type: 'ping' }).length);
  });

  it('may be answered without data, which is empty data', async () => {
    const { http, link } = await signedIn();
    link.send({ type: 'ping' });
    (await http.asked.take()).answer({ type: 'pong' });
    expect(await http.messages.take()).toEqual({ type: 'pong', data: {} });
    expect(http.ended.held).toEqual([]);
  });

  it('is refused with an error that is its reply, and the link stays', async () => {
    const { http, link } = await signedIn();
    link.send({ type: 'message', id: 1, data: { roomId: 'k', message: 'hi' } });
    const error = { type: 'error', id: 1, data: { code: 'rate_limited', message: 'Rate limit exceeded', retry: true, retryAfterMs: 1_200 } };
    (await http.asked.take()).answer(error, { 'Retry-After': '2' }, 429);
    expect(await http.messages.take()).toEqual(error);
    expect(http.ended.held).toEqual([]);
  });

  it('ends the link where no answer comes', async () => {
    const { http, link } = await signedIn();
    link.send({ type: 'message', id: 1, data: { roomId: 'k', message: 'hi' } });
    const asked = await http.asked.take();
    http.pass(15_000);
    expect(await http.ended.take()).toEqual({ code: 1006, reason: 'silence', neverOpened: false });
    expect(asked.signal.aborted).toBe(true);
  });

  it('ends the link where the session is not known any more, so that a new one is asked for', async () => {
    const { http, link } = await signedIn();
    link.send({ type: 'message', id: 1, data: { roomId: 'k', message: 'hi' } });
    (await http.asked.take()).refuse(410, problem);
    expect(await http.ended.take()).toMatchObject({ code: 1013, neverOpened: false });
  });
});

describe('an acknowledgement over an event stream', () => {
  async function inRoom(): Promise<Signed> {
    const signed = await signedIn();
    signed.link.send({ type: 'join_room', id: 'j', data: { roomId: 'k' } });
    (await signed.http.asked.take()).answer({ type: 'joined', id: 'j', data: { roomId: 'k', epoch: 'E', offset: 6 } });
    await signed.http.messages.take();
    return signed;
  }

  async function acknowledged({ http, link }: Signed, type: string, offset: number): Promise<Incoming> {
    const ack = { type: 'ack', id: offset, data: { roomId: 'k', epoch: 'E', offset } };
    link.send({ type, id: offset, data: { roomId: 'k', message: 'hi' } });
    (await http.asked.take()).answer(ack);
    await settled();
    return ack;
  }

  it('comes behind the push of the same message, and behind those of others before it', async () => {
    const signed = await inRoom();
    const ack = await acknowledged(signed, 'message', 8);
    expect(signed.http.messages.held).toEqual([]);
    signed.stream.push(entry(7));
    signed.stream.push(entry(8));
    signed.stream.push(entry(9));
    const { messages } = signed.http;
    expect([await messages.take(), await messages.take(), await messages.take(), await messages.take()]).toEqual([entry(7), entry(8), ack, entry(9)]);
  });

  it('of a chat, which is not pushed to its sender, comes behind what was before it', async () => {
    const signed = await inRoom();
    const acks = [await acknowledged(signed, 'chat', 8), await acknowledged(signed, 'chat', 9)];
    expect(signed.http.messages.held).toEqual([]);
    signed.stream.push(entry(7));
    const { messages } = signed.http;
    expect([await messages.take(), await messages.take(), await messages.take()]).toEqual([entry(7), ...acks]);
  });

  it('of what was stored before, or in a room that was left, waits for nothing', async () => {
    const signed = await inRoom();
    expect([await acknowledged(signed, 'message', 5), signed.http.messages.held]).toEqual([await signed.http.messages.take(), []]);
    const waiting = await acknowledged(signed, 'message', 9);
    signed.link.send({ type: 'leave_room', id: 'l', data: { roomId: 'k' } });
    const left = { type: 'ack', id: 'l', data: { roomId: 'k' } };
    (await signed.http.asked.take()).answer(left);
    expect([await signed.http.messages.take(), await signed.http.messages.take()]).toEqual([waiting, left]);
  });
});

describe('what an event stream says', () => {
  it('is handed up, whatever its pieces', async () => {
    const { http, stream } = await signedIn();
    const text = `data: ${JSON.stringify(entry(1))}\r\n\r\n: still here\n\nid: k@E:1\n\ndata: ${JSON.stringify(entry(2))}\n\n`;
    for (const piece of text) stream.write(piece);
    expect([await http.messages.take(), await http.messages.take()]).toEqual([entry(1), entry(2)]);
  });

  it('waits for the reply to a join, as the replay comes behind it', async () => {
    const { http, link, stream } = await signedIn();
    link.send({ type: 'join_room', id: 'j', data: { roomId: 'k', since: { epoch: 'E', offset: 1 } } });
    const join = await http.asked.take();
    stream.push(entry(2));
    stream.push(entry(3));
    const joined = { type: 'joined', id: 'j', data: { roomId: 'k', epoch: 'E', offset: 2, recovered: true } };
    await settled();
    expect(http.messages.held).toEqual([]);
    join.answer(joined);
    expect([await http.messages.take(), await http.messages.take(), await http.messages.take()]).toEqual([joined, entry(2), entry(3)]);
  });

  it('ends the link as a close frame does', async () => {
    const { http, stream } = await signedIn();
    stream.push({ type: 'reconnect', data: { afterMs: 2_500 } });
    stream.push({ type: 'close', data: { code: 1012, reason: 'restart' } });
    expect(await http.messages.take()).toEqual({ type: 'reconnect', data: { afterMs: 2_500 } });
    expect(await http.ended.take()).toEqual({ code: 1012, reason: 'restart', neverOpened: false });
  });

  it('ends the link with its own end, a failure, or what is no message', async () => {
    for (const cut of [(stream: FakeStream) => stream.end(), (stream: FakeStream) => stream.fail(), (stream: FakeStream) => stream.write('data: <html>\n\n')]) {
      const { http, stream } = await signedIn();
      cut(stream);
      expect(await http.ended.take()).toEqual({ code: 1006, reason: '', neverOpened: false });
      await settled();
      expect(http.timers).toBe(0);
    }
  });

  it('ends the link when nothing comes for 40 seconds; a comment is something', async () => {
    const { http, stream } = await signedIn();
    http.pass(39_999);
    stream.write(': still here\n\n');
    stream.push(entry(1));
    await http.messages.take();
    http.pass(39_999);
    expect(http.ended.held).toEqual([]);
    http.pass(1);
    expect(await http.ended.take()).toEqual({ code: 1006, reason: 'silence', neverOpened: false });
  });
});

describe('an event stream that is closed from this side', () => {
  it('says nothing more, and nothing of it stays', async () => {
    const { http, link, stream, opening } = await signedIn();
    link.send({ type: 'message', id: 1, data: { roomId: 'k', message: 'hi' } });
    link.send({ type: 'message', id: 2, data: { roomId: 'k', message: 'ho' } });
    const asked = await http.asked.take();
    stream.push(entry(1));
    link.close();
    await settled();
    expect([opening.signal.aborted, asked.signal.aborted]).toEqual([true, true]);
    expect([http.messages.held, http.ended.held, http.asked.held, http.timers]).toEqual([[], [], [], 0]);
  });
});

describe('an event stream that is not given', () => {
  const cases: [status: number, type: string | undefined, retryAfter: string | undefined, end: object][] = [
    [403, problem, undefined, { code: 4403, neverOpened: false }],
    [400, problem, undefined, { code: 1003, neverOpened: false }],
    [410, problem, undefined, { code: 1013, neverOpened: false }],
    [429, problem, '3', { code: 1013, afterMs: 3_000, neverOpened: false }],
    [429, problem, 'soon', { code: 1013, neverOpened: false }],
    [503, problem, '10', { code: 1013, afterMs: 10_000, neverOpened: false }],
    [503, 'text/html', '10', { code: 1006, afterMs: 10_000, neverOpened: true }],
    [500, problem, undefined, { code: 1013, neverOpened: false }],
    [401, 'text/html', undefined, { code: 1006, neverOpened: true }],
    [200, 'text/html', undefined, { code: 1006, neverOpened: true }],
    [404, 'text/html', undefined, { code: 1006, neverOpened: true }],
    [204, undefined, undefined, { code: 1006, neverOpened: true }],
  ];

  it.each(cases)('%s %s, Retry-After %s', async (status, type, retryAfter, end) => {
    for (const ticketGiven of [false, true]) {
      const http = new FakeHttp();
      http.start(sse).send(authenticate);
      const ticket = await http.asked.take();
      if (ticketGiven) ticket.answer({ ticket: 'abc' });
      const refused = ticketGiven ? await http.asked.take() : ticket;
      refused.refuse(status, type, retryAfter);
      const ended = await http.ended.take();
      expect(ended).toMatchObject(end);
      expect('afterMs' in ended).toBe('afterMs' in end);
      await settled();
      expect([http.asked.held, http.timers]).toEqual([[], 0]);
    }
  });

  it.each([
    [false, { code: 1008, reason: 'Invalid authentication', neverOpened: false }],
    [true, { code: 1013, reason: 'ticket used', neverOpened: false }],
  ])('says by 401 that the token is wrong where a ticket was asked for, and nothing of it where that was given: %s', async (ticketGiven, end) => {
    const http = new FakeHttp();
    http.start(sse).send(authenticate);
    if (ticketGiven) (await http.asked.take()).answer({ ticket: 'abc' });
    (await http.asked.take()).refuse(401, problem);
    expect(await http.ended.take()).toEqual(end);
  });

  it.each(statuses.cases.filter(({ then }) => then !== 'open'))('does what the vectors of spec/ say: $status $contentType, Retry-After $retryAfter', async (vector) => {
    const http = new FakeHttp();
    http.start(sse).send(authenticate);
    // Of the token, only who gives tickets speaks.
    if (vector.then !== 'new_token') (await http.asked.take()).answer({ ticket: 'abc' });
    (await http.asked.take()).refuse(vector.status, vector.contentType, vector.retryAfter);
    const { code, reason, afterMs } = await http.ended.take();
    const verdict = closes.cases.find((close) => close.code === code && (code !== 1008 || close.reason === reason));
    expect([verdict?.then, afterMs]).toEqual([vector.then, vector.atLeastMs]);
  });

  it('is given up where a proxy holds it back', async () => {
    const http = new FakeHttp();
    http.start(sse).send(authenticate);
    (await http.asked.take()).answer({ ticket: 'abc' });
    await http.asked.take();
    http.pass(15_000);
    expect(await http.ended.take()).toEqual({ code: 1006, reason: 'silence', neverOpened: true });
  });

  it('ends the link where there is no network', async () => {
    const http = new FakeHttp();
    http.start(sse).send(authenticate);
    (await http.asked.take()).fail();
    expect(await http.ended.take()).toEqual({ code: 1006, reason: '', neverOpened: true });
  });
});

describe('where bodies cannot be read as they come', () => {
  async function subscribed() {
    vi.stubGlobal('TextDecoderStream', undefined);
    const http = new FakeHttp();
    const link = http.start(sse);
    link.send(authenticate);
    (await http.asked.take()).answer({ ticket: 'abc' });
    const source = await FakeEventSource.made.take();
    source.push(authenticated);
    await http.messages.take();
    return { http, link, source };
  }

  it('an EventSource takes their place, with the ticket', async () => {
    const { http, link, source } = await subscribed();
    expect(`${source.url}`).toBe('http://peal.test/events?ticket=abc');
    source.push(entry(1));
    expect(await http.messages.take()).toEqual(entry(1));
    link.close();
    expect(source.closed).toBe(true);
  });

  it('and does not come back by itself', async () => {
    const { http, source } = await subscribed();
    source.onerror?.();
    expect(await http.ended.take()).toEqual({ code: 1006, reason: '', neverOpened: false });
    expect(source.closed).toBe(true);
  });
});
