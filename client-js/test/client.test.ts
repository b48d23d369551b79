import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Client, type ClientOptions, NoReply, ReconnectingWebSocket, Refusal, type State } from '../src/index.js';
import type { Outgoing } from '../src/messages.js';
import { FakeServer } from '../src/testing/index.js';
import { FakeTransport } from './support/fakeUpstream.js';
import type { Transport } from '../src/transport.js';

let server: FakeServer;
let client: Client;
let states: State[];

beforeEach(() => {
  server = new FakeServer();
});
afterEach(() => client?.stop());

async function begin(options: ClientOptions = {}): Promise<Client> {
  client = new Client('http://peal.test', server.options({ ambient: server.ambient({ random: () => 0.5 }), token: 'ann', ...options }));
  states = [];
  client.on('state', (state) => states.push(state));
  client.start();
  await server.settle();
  await server.advance(0);
  return client;
}

const sent = (type: string) => server.received.filter((message) => message.type === type);
const tokens = () => sent('authenticate').map(({ data }) => data?.['token']);

describe('a token provider', () => {
  test('is asked once, and again only when its token is stale', async () => {
    const provider = vi.fn(() => 'ann');
    await begin({ token: provider });
    server.drop();
    await server.advance(5_000);
    expect(client.state.kind).toBe('live');
    expect(provider.mock.calls).toEqual([[undefined]]);
  });

  test('that throws is asked again, with the back-off', async () => {
    const provider = vi.fn(() => Promise.reject<string>(new Error('no network')));
    await begin({ token: provider });
    expect(client.state).toEqual({ kind: 'waiting', retryInMs: 500, why: 'token', offline: false });
    await server.advance(500);
    expect(client.state).toMatchObject({ retryInMs: 750 });
    expect(provider).toHaveBeenCalledTimes(2);
  });

  test('that throws at once, too', async () => {
    await begin({
      token: () => {
        throw new Error('a bug');
      },
    });
    expect(client.state).toMatchObject({ kind: 'waiting', why: 'token' });
  });

  test('that hangs is given up after 15 s and asked again', async () => {
    const provider = vi.fn<() => Promise<string>>(() => new Promise(() => {}));
    await begin({ token: provider });
    await server.advance(14_999);
    expect(client.state.kind).toBe('connecting');
    await server.advance(1);
    expect(client.state).toMatchObject({ kind: 'waiting', why: 'token' });
    provider.mockResolvedValue('ann');
    await server.advance(500);
    expect(client.state.kind).toBe('live');
  });

  test('that gives the same stale token is asked again, and nothing is sent with it', async () => {
    let token = 'ann';
    await begin({ token: () => token });
    server.drop(4401, 'token expired');
    await server.advance(120_000);
    expect(tokens()).toEqual(['ann']);
    expect(client.state).toMatchObject({ why: 'token' });
    token = 'ann2';
    server.userOf = () => 'ann';
    await server.advance(30_000);
    expect(tokens()).toEqual(['ann', 'ann2']);
    expect(client.state.kind).toBe('live');
  });

  test('is told which token is stale', async () => {
    const provider = vi.fn((stale?: string) => (stale === undefined ? 'ann' : 'ann2'));
    await begin({ token: provider });
    server.drop(4401, 'token expired');
    await server.advance(1_000);
    expect(provider.mock.calls).toEqual([[undefined], ['ann']]);
  });

  test('renews a token that is about to end, on the same connection', async () => {
    server.userOf = () => 'ann';
    await begin({ token: (stale) => `${stale ?? 'a'}n` });
    server.tell({ type: 'token_expiring', data: { expiresInMs: 60_000 } });
    await server.advance(0);
    await server.advance(0);
    expect(tokens()).toEqual(['an', 'ann']);
    expect(server.connections).toBe(1);
  });

  test('that cannot renew in time is asked again until the server closes', async () => {
    let tries = 0;
    await begin({ token: (stale) => (stale === undefined || ++tries < 3 ? 'ann' : 'ann2') });
    server.tell({ type: 'token_expiring', data: { expiresInMs: 60_000 } });
    await server.advance(10_000);
    expect(tokens()).toEqual(['ann', 'ann2']);
    expect(states.map(({ kind }) => kind)).toEqual(['connecting', 'live']);
  });

  test('that says nobody is signed in any more stops the client', async () => {
    await begin({ token: (stale) => (stale === undefined ? 'ann' : null) });
    server.drop(4401, 'token expired');
    await server.advance(1_000);
    expect(client.state).toEqual({ kind: 'stopped', why: 'token', code: 4401, reason: 'token expired' });
  });

  test('is not asked where the token is a text: that one is used up', async () => {
    server.userOf = () => undefined;
    await begin({ token: 'forged' });
    expect(client.state).toMatchObject({ kind: 'stopped', why: 'token', code: 1008 });
  });
});

describe('a server that is not Peal', () => {
  test('says nothing: given up after 15 s, and tried later', async () => {
    server.intercept = () => ({ type: 'welcome', data: {} });
    await begin();
    await server.advance(15_000);
    expect(client.state.kind).toBe('waiting');
  });

  test('echoes: its echo is no sign-in', async () => {
    server.intercept = (message) => message as never;
    await begin();
    expect(client.state.kind).toBe('connecting');
  });

  test('says what is no message: nothing happens', async () => {
    await begin();
    const texts = ['', '[]', '7', 'null', '{"type":7}', '<html>', '{"type":"message","data":7}'];
    for (const text of texts) server.raw(text);
    await server.advance(1_000);
    expect(client.state.kind).toBe('live');
  });

  test('refuses: a WebSocket that tells an error and no close, as Node 22 has it, is at its end at once', async () => {
    class Refused {
      onerror: (() => void) | undefined;
      constructor() {
        queueMicrotask(() => this.onerror?.());
      }
      close() {}
    }
    await begin({ ambient: server.ambient({ WebSocket: Refused as never }) });
    expect(client.state).toMatchObject({ kind: 'waiting', why: 'lost' });
    expect(client.diagnostics.lastEnd).toEqual({ code: 1006, reason: '', neverOpened: true });
    const closes: unknown[] = [];
    const socket = new ReconnectingWebSocket('ws://peal.test', { ambient: server.ambient({ WebSocket: Refused as never }) });
    socket.onclose = ({ code }) => closes.push(code);
    await server.settle();
    expect(closes).toEqual([1006]);
    socket.close();
  });

  test('answers 200 with a page: the connection fails, and is tried later', async () => {
    server.away = true;
    await begin();
    expect(client.state).toMatchObject({ kind: 'waiting', why: 'lost' });
    expect(client.diagnostics.lastEnd).toEqual({ code: 1006, reason: '', neverOpened: true });
  });
});

describe('every close code', () => {
  test('ends in a state that says what is next, and a start begins anew', async () => {
    for (let code = 1000; code < 5000; code += code < 1020 ? 1 : 61) {
      await begin({ token: () => 'ann' });
      server.drop(code, '');
      await server.advance(0);
      expect(['waiting', 'stopped'], `${code}`).toContain(client.state.kind);
      client.start();
      await server.advance(0);
      client.stop();
    }
  });
});

describe('the network', () => {
  test('a page that wakes waits no longer', async () => {
    await begin();
    server.drop();
    await server.settle();
    server.wake();
    await server.advance(0);
    await server.advance(0);
    expect(client.state.kind).toBe('live');
  });

  test('no wake shortens the time that the server named', async () => {
    await begin();
    server.restart({ afterMs: 5_000 });
    await server.advance(0);
    server.wake();
    await server.advance(4_999);
    expect(client.state).toMatchObject({ kind: 'waiting', retryInMs: 5_000 });
    await server.advance(10);
    expect(client.state.kind).toBe('live');
  });

  test('a machine that slept asks at once, and is not judged for the time asleep', async () => {
    await begin();
    await server.advance(30_000 - 1);
    server.halfOpen();
    server.clock.sleep(3_600_000);
    await server.advance(0);
    expect(client.state.kind).toBe('live');
    await server.advance(10_000);
    expect(client.state.kind).not.toBe('live');
    await server.advance(1_000);
    expect(client.state.kind).toBe('live');
  });

  test('a machine that slept while it waited for an answer asks again', async () => {
    await begin();
    server.halfOpen();
    await server.advance(37_000);
    server.clock.sleep(3_600_000);
    await server.advance(9_000);
    expect(states.map(({ kind }) => kind)).toEqual(['connecting', 'live']);
    await server.advance(2_000);
    expect(client.diagnostics.lastEnd).toMatchObject({ reason: 'no pong' });
  });

  test('a machine whose timers stood still in its sleep asks soon after', async () => {
    await begin();
    await server.advance(7_000);
    server.halfOpen();
    server.clock.jump(3_600_000);
    await server.advance(15_000);
    expect(client.diagnostics.lastEnd).toMatchObject({ reason: 'no pong' });
  });

  test('a clock that is set costs a probe at most', async () => {
    await begin();
    server.clock.jump(86_400_000);
    await server.advance(5_000);
    server.clock.jump(-172_800_000);
    await server.advance(60_000);
    expect(states.map(({ kind }) => kind)).toEqual(['connecting', 'live']);
  });

  test('a machine without a network says so', async () => {
    await begin({ ambient: server.ambient({ online: false }) });
    server.drop();
    await server.settle();
    expect(client.state).toMatchObject({ kind: 'waiting', offline: true });
  });
});

describe('rooms', () => {
  test('requests end with the data of their reply', async () => {
    await begin();
    const room = client.room('lobby');
    server.say('lobby', 'hello');
    const asked = [room.presence(), room.history({ limit: 1 }), room.search('hell')] as const;
    await server.advance(0);
    const [presence, history, search] = await Promise.all(asked);
    expect(presence).toMatchObject({ total: 1, members: [{ userId: 'ann' }] });
    expect(history.entries).toHaveLength(1);
    expect(search.results[0]?.data['message']).toBe('hello');
  });

  test('entries that a link tells in one breath with the answer to a join are heard, as Node tells what comes in one packet', async () => {
    const heard: number[] = [];
    const breathless: Transport = {
      name: 'websocket',
      open: (_, events) => {
        queueMicrotask(() => events.open());
        const send = ({ type, id = '' }: Outgoing) => {
          if (type === 'authenticate') events.message({ type: 'authenticated', id, data: { success: true } });
          if (type !== 'join_room') return;
          events.message({ type: 'joined', id, data: { roomId: 'lobby', epoch: 'E', offset: 7 } });
          for (const offset of [8, 9]) events.message({ type: 'message', offset, data: { roomId: 'lobby', message: 'hi' } });
          events.closed({ code: 4403, reason: 'Forbidden', neverOpened: false });
        };
        return { send, close: () => {}, bufferedAmount: 0 };
      },
    };
    const made = await begin({ transports: [breathless] });
    made.room('lobby').on('entry', ({ offset }) => heard.push(offset));
    await server.settle();
    expect(heard).toEqual([8, 9]);
    expect(made.state).toMatchObject({ kind: 'stopped', code: 4403 });
  });

  test('requests without a connection, or without an answer, say so', async () => {
    await begin();
    const room = client.room('lobby');
    server.halfOpen();
    const asked = expect(room.presence()).rejects.toBeInstanceOf(NoReply);
    await server.advance(15_000);
    await asked;
    client.stop();
    await expect(room.history()).rejects.toBeInstanceOf(NoReply);
  });

  test('what comes in one piece with the answer to a join is not lost: Node hands both on before anybody looks', async () => {
    const transport = new FakeTransport();
    await begin({ transports: [transport] });
    const room = client.room('lobby');
    const link = await transport.links.take();
    link.open();
    const { id } = await link.sent.take();
    link.say({ type: 'authenticated', id: id!, data: { success: true, userId: 'ann', userName: null } });
    const join = await link.sent.take(({ type }) => type === 'join_room');
    const seen: number[] = [];
    room.on('entry', ({ offset }) => seen.push(offset));
    link.say({ type: 'joined', id: join.id!, data: { roomId: 'lobby', epoch: 'E', offset: 4, durability: 'memory' } });
    link.say({ type: 'message', offset: 5, data: { roomId: 'lobby', message: 'at once' } });
    await server.advance(0);
    expect(seen).toEqual([5]);
    expect(room.position).toEqual({ epoch: 'E', offset: 5 });
  });

  test('a name that is none is refused at once', async () => {
    await begin();
    expect(() => client.room('abc\n')).toThrow(Refusal);
  });

  test('a publish into a room that was left is refused, and what waited there too', async () => {
    await begin();
    const room = client.room('lobby');
    const waited = expect(room.publish('one')).rejects.toMatchObject({ code: 'not_a_member' });
    room.leave();
    await waited;
    await expect(room.publish('two')).rejects.toMatchObject({ code: 'not_a_member' });
    expect(client.rooms).toEqual([]);
  });

  test('a handler that throws keeps nobody from hearing', async () => {
    const thrown = vi.fn();
    const surfaced = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((run) => {
      try {
        run();
      } catch (error) {
        thrown(error);
      }
    });
    await begin();
    const heard = vi.fn();
    client.room('lobby').on('message', () => {
      throw new Error('a bug of the program');
    });
    client.room('lobby').on('message', heard);
    await server.advance(0);
    server.say('lobby', 'hello');
    await server.advance(0);
    surfaced.mockRestore();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(thrown).toHaveBeenCalledTimes(1);
  });

  test('one message more than may wait is refused', async () => {
    client = new Client('http://peal.test', server.options());
    const room = client.room('lobby');
    for (let count = 0; count < 1_000; count++) void room.publish(`m${count}`);
    await expect(room.publish('too much')).rejects.toMatchObject({ code: 'outbox_full', retry: true });
    expect(client.diagnostics.pending).toBe(1_000);
  });
});

describe('notifications', () => {
  test('come once each, but anew from a server that lost its data', async () => {
    await begin();
    const heard: unknown[] = [];
    client.on('notification', ({ data }) => heard.push(data['title']));
    const notify = (offset: number | undefined, title: string) =>
      server.tell({ type: 'notification', ...(offset !== undefined && { offset }), data: { title } });
    notify(1, 'a');
    notify(1, 'a');
    notify(1, 'b');
    notify(undefined, 'c');
    notify(undefined, 'c');
    await server.advance(0);
    expect(heard).toEqual(['a', 'b', 'c', 'c']);
  });
});
