import { beforeEach, describe, expect, it } from 'vitest';
import type { Ambient } from '../../src/ambient.js';
import type { Incoming, Outgoing } from '../../src/messages.js';
import type { Link, LinkEnd, LinkEvents } from '../../src/transport.js';
import { Host } from '../../src/worker/host.js';
import { readyMillisMax, SharedLink } from '../../src/worker/sharedLink.js';
import { unseenMax } from '../../src/worker/wire.js';
import { settled } from '../support/fakeHttp.js';
import { FakeLocks } from '../support/fakeLocks.js';
import { type FakeLink, FakeTransport } from '../support/fakeUpstream.js';
import { Mailbox } from '../support/mailbox.js';

const authenticate: Outgoing = { type: 'authenticate', id: 'a', data: { token: 'T', session: true } };
const identity = { success: true, userId: 'ann', userName: 'Ann', sessionId: 'S1', resumed: false };
const entry = (offset: number, roomId = 'k'): Incoming => ({ type: 'message', offset, data: { roomId, message: `${offset}` } });

/** A tab, from its link to what its client was told. */
class FakeTab implements LinkEvents {
  readonly locks: FakeLocks;
  readonly link: Link;
  readonly opened = new Mailbox<true>();
  readonly messages = new Mailbox<Incoming>();
  readonly ended = new Mailbox<LinkEnd>();
  readonly timers: (() => void)[] = [];

  constructor(own: FakeTransport, locks: FakeLocks, connect: () => { port: MessagePort; onerror: (() => void) | null }) {
    this.locks = locks;
    const ambient: Ambient = {
      now: () => 0,
      random: () => 0.5,
      online: true,
      onWake: () => () => {},
      setTimeout: (run, millis) => this.timers.push(millis === readyMillisMax ? run : () => expect.unreachable()),
      clearTimeout: (timer) => void (this.timers[(timer as number) - 1] = () => {}),
    };
    const target = { url: new URL('http://peal.test'), path: '/chat', ambient };
    this.link = new SharedLink(own, target, this, { connect, locks: locks as unknown as LockManager });
  }

  open(): void {
    this.opened.put(true);
  }

  message(message: Incoming): void {
    this.messages.put(message);
  }

  closed(end: LinkEnd): void {
    this.ended.put(end);
  }
}

let upstream: FakeTransport;
let own: FakeTransport;
let locks: FakeLocks;
let host: Host;
/** The tabs' ports, so that a test can freeze one. */
let ports: MessagePort[];

beforeEach(() => {
  upstream = new FakeTransport();
  own = new FakeTransport();
  locks = new FakeLocks();
  ports = [];
  host = new Host({ transports: [upstream], ambient: {} as Ambient, locks: locks as unknown as LockManager });
});

function tab(): FakeTab {
  return new FakeTab(own, locks, () => {
    const { port1, port2 } = new MessageChannel();
    host.accept(port2);
    ports.push(port1);
    return { port: port1, onerror: null };
  });
}

async function openTab(message = authenticate): Promise<FakeTab> {
  const opened = tab();
  await opened.opened.take();
  opened.link.send(message);
  return opened;
}

async function signedIn(): Promise<{ readonly first: FakeTab; readonly link: FakeLink }> {
  const first = await openTab();
  const link = await upstream.links.take();
  link.open();
  link.say({ type: 'authenticated', id: (await link.sent.take()).id!, data: identity });
  await first.messages.take();
  return { first, link };
}

async function alsoSignedIn(): Promise<FakeTab> {
  const second = await openTab({ ...authenticate, id: 'other' });
  await second.messages.take();
  return second;
}

async function joined(who: FakeTab, link: FakeLink, offset: number, data: object = {}): Promise<void> {
  who.link.send({ type: 'join_room', id: 'j', data: { roomId: 'k' } });
  const { id } = await link.sent.take();
  link.say({ type: 'joined', id: id!, data: { roomId: 'k', epoch: 'E', offset, ...data } });
  await who.messages.take();
}

describe('one connection for several tabs', () => {
  it('is opened and signed in once, and each tab has the answer', async () => {
    const first = await openTab();
    const second = await openTab({ ...authenticate, id: 7 });
    const link = await upstream.links.take();
    link.open();
    const asked = await link.sent.take();
    expect(asked).toEqual({ ...authenticate, id: asked.id });
    await settled();
    link.say({ type: 'authenticated', id: asked.id!, data: identity });
    const third = await openTab({ ...authenticate, id: 'c' });
    expect(await first.messages.take()).toEqual({ type: 'authenticated', id: 'a', data: identity });
    expect(await second.messages.take()).toEqual({ type: 'authenticated', id: 7, data: identity });
    expect(await third.messages.take()).toEqual({ type: 'authenticated', id: 'c', data: identity });
    expect([upstream.links.held, link.sent.held]).toEqual([[], []]);
  });

  it('carries no documents, and says so', async () => {
    const { first, link } = await signedIn();
    first.link.send({ type: 'join_document', id: 'd', data: { documentId: 'plan' } });
    expect(await first.messages.take()).toMatchObject({ type: 'error', id: 'd', data: { code: 'own_connection_needed', retry: false } });
    expect(link.sent.held).toEqual([]);
  });

  it('is another one for another user', async () => {
    const token = (sub: string, more: string) => `h.${btoa(JSON.stringify({ iss: 'peal', sub, more }))}.s`;
    await openTab({ ...authenticate, data: { token: token('ann', 'first') } });
    await openTab({ ...authenticate, data: { token: token('ann', 'second') } });
    await openTab({ ...authenticate, data: { token: token('bo', 'first') } });
    await openTab({ ...authenticate, data: { userId: 'ann' } });
    await settled();
    expect(upstream.links.held).toHaveLength(3);
  });

  it('gives each reply to who asked, with the id that it was asked with', async () => {
    const { first, link } = await signedIn();
    const second = await alsoSignedIn();
    first.link.send({ type: 'ping', id: 'same' });
    const one = await link.sent.take();
    second.link.send({ type: 'ping', id: 'same' });
    const two = await link.sent.take();
    expect(one.id).not.toEqual(two.id);
    link.say({ type: 'error', id: two.id!, data: { code: 'rate_limited' } });
    link.say({ type: 'pong', id: one.id!, data: {} });
    expect(await first.messages.take()).toEqual({ type: 'pong', id: 'same', data: {} });
    expect(await second.messages.take()).toEqual({ type: 'error', id: 'same', data: { code: 'rate_limited' } });
  });

  it('gives pushes to the tabs that are in the room, and what is for all to all', async () => {
    const { first, link } = await signedIn();
    const second = await alsoSignedIn();
    await joined(first, link, 7);
    link.say(entry(8));
    const broadcast = { type: 'notification', data: { title: 'noon' } };
    link.say(broadcast);
    expect([await first.messages.take(), await first.messages.take(), await second.messages.take()]).toEqual([entry(8), broadcast, broadcast]);
  });

  it('lets a second tab join behind the newest entry, though the server repeats what the first one lacks', async () => {
    const { first, link } = await signedIn();
    const second = await alsoSignedIn();
    await joined(first, link, 7);
    second.link.send({ type: 'join_room', id: 'k', data: { roomId: 'k' } });
    const join = await link.sent.take();
    expect(join.data).toEqual({ roomId: 'k', since: { epoch: 'E', offset: 7 } });
    link.say({ type: 'joined', id: join.id!, data: { roomId: 'k', epoch: 'E', offset: 8, recovered: true } });
    expect(await second.messages.take()).toEqual({ type: 'joined', id: 'k', data: { roomId: 'k', epoch: 'E', offset: 8 } });
    link.say(entry(8));
    expect(await first.messages.take()).toEqual(entry(8));
  });

  it('leaves a room with the last tab that is in it', async () => {
    const { first, link } = await signedIn();
    const second = await alsoSignedIn();
    await joined(first, link, 7);
    await joined(second, link, 7, { recovered: true });
    const leave = { type: 'leave_room', id: 'l', data: { roomId: 'k' } };
    first.link.send(leave);
    expect(await first.messages.take()).toEqual({ type: 'ack', id: 'l', data: { roomId: 'k' } });
    expect(link.sent.held).toEqual([]);
    second.link.send(leave);
    const left = await link.sent.take();
    expect(left).toEqual({ ...leave, id: left.id });
  });

  it('shows the chat of one tab to the others, which the server tells only to other connections', async () => {
    const { first, link } = await signedIn();
    const second = await alsoSignedIn();
    await joined(first, link, 7);
    await joined(second, link, 7, { recovered: true });
    first.link.send({ type: 'chat', id: 'c', data: { roomId: 'k', message: 'hi' } });
    link.say({ type: 'ack', id: (await link.sent.take()).id!, data: { roomId: 'k', epoch: 'E', offset: 8 } });
    expect((await link.sent.take()).data).toEqual({ roomId: 'k', since: { epoch: 'E', offset: 7 } });
  });

  it('ends for all, with what the server said', async () => {
    const { first, link } = await signedIn();
    const second = await alsoSignedIn();
    const end = { code: 1012, reason: 'restart', afterMs: 300, neverOpened: false };
    link.end(end);
    expect([await first.ended.take(), await second.ended.take()]).toEqual([end, end]);
    await openTab();
    await upstream.links.take();
  });

  it('never opened where it did not, so that another transport is tried', async () => {
    const first = await openTab();
    const end = { code: 1006, reason: '', neverOpened: true };
    (await upstream.links.take()).end(end);
    expect(await first.ended.take()).toEqual(end);
  });

  it('is closed with the last tab, by its word or because it is gone', async () => {
    const { first, link } = await signedIn();
    const second = await alsoSignedIn();
    first.link.close();
    second.link.send({ type: 'ping', id: 1 });
    await link.sent.take();
    expect(link.closed).toBe(false);
    locks.takeAway();
    await settled();
    expect([link.closed, first.ended.held, second.ended.held]).toEqual([true, [], []]);
  });

  it('does not wait for a tab that does not read, which comes back and joins again', async () => {
    const { first, link } = await signedIn();
    const second = await alsoSignedIn();
    await joined(first, link, 0);
    await joined(second, link, 0, { recovered: true });
    const [, frozen] = ports as [MessagePort, MessagePort];
    const read = frozen.onmessage;
    const unread: MessageEvent[] = [];
    frozen.onmessage = (event) => unread.push(event);
    for (let offset = 1; offset <= unseenMax + 500; offset++) {
      link.say(entry(offset));
      expect((await first.messages.take()).offset).toBe(offset);
    }
    await settled();
    expect(unread.length).toBeLessThan(unseenMax + 100);
    for (const event of unread) read?.call(frozen, event);
    expect((await second.ended.take()).code).toBe(4001);
    expect([first.ended.held, link.closed]).toEqual([[], false]);
  });
});

describe('a tab without a worker', () => {
  const alone = (onConnect: (worker: { port: MessagePort; onerror: (() => void) | null }) => void) =>
    new FakeTab(own, locks, () => {
      const worker = { port: new MessageChannel().port1, onerror: null };
      onConnect(worker);
      return worker;
    });

  async function usesItsOwn(who: FakeTab): Promise<void> {
    const link = await own.links.take();
    link.open();
    await who.opened.take();
    who.link.send(authenticate);
    expect(await link.sent.take()).toEqual(authenticate);
    link.say(entry(1));
    expect(await who.messages.take()).toEqual(entry(1));
    who.link.close();
    expect(link.closed).toBe(true);
  }

  it('has a connection of its own where the script cannot be loaded', async () => {
    let fail: () => void = () => expect.unreachable();
    const who = alone((worker) => (fail = () => worker.onerror?.()));
    fail();
    await usesItsOwn(who);
  });

  it('has one of its own where the worker does not answer', async () => {
    const who = alone(() => {});
    who.timers[0]?.();
    await usesItsOwn(who);
  });
});
