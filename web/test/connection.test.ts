import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection, type ConnectionOwner, type ConnectionState, type Renewal } from '../src/connection/connection';
import { pingIntervalMillis, pongTimeoutMillis } from '../src/connection/heartbeat';
import { NoReply, Refusal, replyTimeoutMillis } from '../src/connection/requests';
import type { Frame } from '../src/wire/frames';
import { FakeWorld, settled } from './support/fakeSocket';

class Owner implements ConnectionOwner {
  token = 'first';
  renewal: Renewal = 'renewed';
  readonly states: ConnectionState[] = [];
  readonly frames: Frame[] = [];
  lives = 0;
  credentials = () => ({ token: this.token });
  renew = async () => {
    if (this.renewal === 'renewed') this.token = 'renewed';
    return this.renewal;
  };
  changed = (state: ConnectionState) => void this.states.push(state);
  live = () => void this.lives++;
  received = (frame: Frame) => void this.frames.push(frame);
}

let world: FakeWorld;
let owner: Owner;
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers();
  world = new FakeWorld();
  owner = new Owner();
  connection = new Connection(owner, world);
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

async function goLive(): Promise<void> {
  connection.start();
  await settled();
  world.socket.authenticate();
  await settled();
}

describe('coming to life', () => {
  test('authenticates first, and is live when that is answered', async () => {
    connection.start();
    await settled();
    expect(connection.state.kind).toBe('connecting');
    world.socket.open();
    expect(world.socket.sent).toEqual([{ type: 'authenticate', id: 'r1', data: { token: 'first', session: true } }]);
    world.socket.answer('authenticate', 'authenticated', { userId: 'ann' });
    await settled();
    expect(connection.state.kind).toBe('live');
    expect(owner.lives).toBe(1);
  });

  test('gives up on a server that does not answer', async () => {
    connection.start();
    await settled();
    world.socket.open();
    vi.advanceTimersByTime(15_000);
    expect(connection.state.kind).toBe('waiting');
    expect(world.socket.closedWith).toBe(4000);
  });

  test('a refused sign-in signs out', async () => {
    connection.start();
    await settled();
    world.socket.open();
    world.socket.answer('authenticate', 'error', { code: 'forbidden', message: 'Forbidden', retry: false });
    await settled();
    expect(connection.state.kind).toBe('signedOut');
  });

  test('a sign-in refused for now is tried again, not earlier than asked for', async () => {
    connection.start();
    await settled();
    world.socket.open();
    world.socket.answer('authenticate', 'error', { code: 'rate_limited', message: 'x', retry: true, retryAfterMs: 5_000 });
    await settled();
    expect(connection.state.kind).toBe('waiting');
    vi.advanceTimersByTime(5_000);
    expect(world.sockets).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(world.sockets).toHaveLength(2);
  });
});

describe('after a loss', () => {
  test('waits the jittered time, then comes back', async () => {
    await goLive();
    world.socket.end(1006);
    expect(connection.state).toEqual({ kind: 'waiting', retryAt: Date.now() + 500, offline: false });
    vi.advanceTimersByTime(499);
    expect(world.sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await settled();
    world.socket.authenticate();
    await settled();
    expect(owner.lives).toBe(2);
  });

  test('says so if the machine is offline, and tries all the same', async () => {
    await goLive();
    world.isOnline = false;
    world.socket.end(1006);
    expect(connection.state).toMatchObject({ kind: 'waiting', offline: true });
    vi.advanceTimersByTime(500);
    expect(world.sockets).toHaveLength(2);
  });

  test('the ceiling grows with each failure, and falls back only after ten stable seconds', async () => {
    await goLive();
    world.socket.end(1006);
    vi.advanceTimersByTime(500);
    await settled();
    world.socket.end(1006);
    expect(connection.state).toMatchObject({ retryAt: Date.now() + 750 });
    vi.advanceTimersByTime(750);
    await settled();
    world.socket.authenticate();
    await settled();
    vi.advanceTimersByTime(9_999);
    world.socket.end(1006);
    expect(connection.state).toMatchObject({ retryAt: Date.now() + 1_125 });
    vi.advanceTimersByTime(1_125);
    await settled();
    world.socket.authenticate();
    await settled();
    vi.advanceTimersByTime(10_000);
    world.socket.end(1006);
    expect(connection.state).toMatchObject({ retryAt: Date.now() + 500 });
  });

  test('comes back in the slot that a restarting server announced', async () => {
    await goLive();
    world.socket.push({ type: 'reconnect', data: { afterMs: 7_000 } });
    world.socket.end(1012);
    vi.advanceTimersByTime(6_999);
    expect(world.sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(world.sockets).toHaveLength(2);
  });

  test('4401 gets a new token before it comes back', async () => {
    await goLive();
    world.socket.end(4401);
    vi.advanceTimersByTime(500);
    await settled();
    world.socket.open();
    expect(world.socket.last('authenticate').data).toEqual({ token: 'renewed', session: true });
  });

  test('4401 without a new token to be had signs out', async () => {
    await goLive();
    owner.renewal = 'refused';
    world.socket.end(4401);
    vi.advanceTimersByTime(500);
    await settled();
    expect(connection.state.kind).toBe('signedOut');
    expect(world.sockets).toHaveLength(1);
  });

  test('4401 while the token service is away keeps trying', async () => {
    await goLive();
    owner.renewal = 'unreachable';
    world.socket.end(4401);
    vi.advanceTimersByTime(500);
    await settled();
    expect(connection.state.kind).toBe('waiting');
    owner.renewal = 'renewed';
    vi.advanceTimersByTime(1_000);
    await settled();
    expect(world.sockets).toHaveLength(2);
  });

  test.each([1002, 1009, 4403, 4409])('%i ends it until someone asks', async (code) => {
    await goLive();
    world.socket.end(code);
    vi.advanceTimersByTime(3_600_000);
    expect(connection.state.kind).toBe('stopped');
    expect(world.sockets).toHaveLength(1);
    connection.start();
    expect(world.sockets).toHaveLength(2);
  });

  test('what an older socket still says is ignored', async () => {
    await goLive();
    const [old] = world.sockets;
    old?.end(1006);
    vi.advanceTimersByTime(500);
    await settled();
    world.socket.authenticate();
    await settled();
    old?.push({ type: 'message', data: {} });
    old?.end(4403);
    expect(owner.frames).toEqual([]);
    expect(connection.state.kind).toBe('live');
  });

  test('waking up ends the waiting', async () => {
    await goLive();
    world.socket.end(1006);
    connection.wake();
    expect(world.sockets).toHaveLength(2);
    vi.advanceTimersByTime(500);
    expect(world.sockets).toHaveLength(2);
  });

  test('a stop is final, whatever was under way', async () => {
    await goLive();
    connection.stop();
    vi.advanceTimersByTime(3_600_000);
    expect(world.sockets).toHaveLength(1);
    expect(world.socket.closedWith).toBe(1000);
  });
});

describe('the heartbeat', () => {
  test('pings after 30 quiet seconds, and drops a connection that stays quiet for 10 more', async () => {
    await goLive();
    vi.advanceTimersByTime(pingIntervalMillis);
    expect(world.socket.last('ping')).toEqual({ type: 'ping', data: {} });
    vi.advanceTimersByTime(pongTimeoutMillis - 1);
    expect(connection.state.kind).toBe('live');
    vi.advanceTimersByTime(1);
    expect(connection.state.kind).toBe('waiting');
  });

  test('any frame counts as life', async () => {
    await goLive();
    for (let beat = 0; beat < 5; beat++) {
      vi.advanceTimersByTime(pingIntervalMillis - 1);
      world.socket.push({ type: 'typing', data: {} });
    }
    expect(world.socket.count('ping')).toBe(0);
    vi.advanceTimersByTime(pingIntervalMillis);
    world.socket.push({ type: 'pong' });
    vi.advanceTimersByTime(pongTimeoutMillis);
    expect(connection.state.kind).toBe('live');
  });

  test('a page that wakes up asks at once', async () => {
    await goLive();
    connection.wake();
    expect(world.socket.count('ping')).toBe(1);
  });
});

describe('requests', () => {
  test('end with the reply of their id', async () => {
    await goLive();
    const reply = connection.request('presence', { roomId: 'k' });
    world.socket.push({ type: 'presence', id: 'unknown', data: {} });
    world.socket.answer('presence', 'presence', { total: 2 });
    expect((await reply).data).toEqual({ total: 2 });
    expect(owner.frames).toHaveLength(1);
  });

  test('end with what the server refused', async () => {
    await goLive();
    const reply = connection.request('message', {});
    const refused = expect(reply).rejects.toMatchObject({ code: 'rate_limited', retry: true, retryAfterMillis: 1_200 });
    world.socket.answer('message', 'error', { code: 'rate_limited', message: 'x', retry: true, retryAfterMs: 1_200 });
    await refused;
    await expect(reply).rejects.toBeInstanceOf(Refusal);
  });

  test('end without a reply when the connection does, or takes too long', async () => {
    await goLive();
    const lost = expect(connection.request('message', {})).rejects.toBeInstanceOf(NoReply);
    world.socket.end(1006);
    await lost;
    await expect(connection.request('message', {})).rejects.toBeInstanceOf(NoReply);
    vi.advanceTimersByTime(500);
    await settled();
    world.socket.authenticate();
    await settled();
    const late = expect(connection.request('message', {})).rejects.toBeInstanceOf(NoReply);
    vi.advanceTimersByTime(replyTimeoutMillis);
    await late;
  });

  test('what is no frame is ignored', async () => {
    await goLive();
    for (const data of ['', '[]', '7', '{"type":7}', 'not JSON', new ArrayBuffer(1)]) world.socket.onmessage?.({ data });
    expect(owner.frames).toEqual([]);
    expect(connection.state.kind).toBe('live');
  });
});

describe('a session', () => {
  const sessionOf = (index: number) => world.sockets[index]?.last('authenticate').data;
  const welcome = (sessionId?: string) => {
    world.socket.open();
    world.socket.answer('authenticate', 'authenticated', { userId: 'ann', ...(sessionId === undefined ? {} : { sessionId }) });
  };

  test('is asked for, and presented by each connection that follows', async () => {
    connection.start();
    await settled();
    welcome('s1');
    await settled();
    world.socket.end(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    welcome('s2');
    await settled();
    world.socket.end(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    world.socket.open();
    expect([0, 1, 2].map(sessionOf)).toEqual([
      { token: 'first', session: true },
      { token: 'first', session: true, sessionId: 's1' },
      { token: 'first', session: true, sessionId: 's2' },
    ]);
  });

  test('survives an attempt that failed, and a renewed token', async () => {
    connection.start();
    await settled();
    welcome('s1');
    await settled();
    world.socket.end(4401);
    await vi.advanceTimersByTimeAsync(1_000);
    world.socket.end(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    world.socket.open();
    expect(sessionOf(2)).toEqual({ token: 'renewed', session: true, sessionId: 's1' });
  });

  test('is no part of fresh credentials on a live connection', async () => {
    connection.start();
    await settled();
    welcome('s1');
    await settled();
    void connection.reauthenticate();
    expect(sessionOf(0)).toEqual({ token: 'first' });
  });

  test('ends with the page that stops, and is not missed where the server has none', async () => {
    connection.start();
    await settled();
    welcome('s1');
    await settled();
    connection.stop();
    connection.start();
    await settled();
    welcome();
    await settled();
    world.socket.end(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    world.socket.open();
    expect(sessionOf(1)).toEqual({ token: 'first', session: true });
    expect(sessionOf(2)).toEqual({ token: 'first', session: true });
  });
});
