import { beforeEach, describe, expect, test } from 'vitest';
import { QueuedWebSocket, ReconnectingWebSocket } from '../src/index.js';
import { FakeServer } from '../src/testing/index.js';

let server: FakeServer;
let events: string[];

beforeEach(() => {
  server = new FakeServer();
  events = [];
});

const ambient = () => server.ambient({ random: () => 0.5 });
const said = () => server.received.map(({ type }) => type);
const say = (type: string) => JSON.stringify({ type, data: { userId: 'ann' } });

function watched<Socket extends ReconnectingWebSocket>(socket: Socket): Socket {
  socket.addEventListener('open', () => events.push('open'));
  socket.onmessage = ({ data }) => events.push(JSON.parse(data as string).type);
  socket.onclose = ({ code }) => events.push(`close ${code} ${socket.readyState}`);
  return socket;
}

const begin = (options = {}) => watched(new ReconnectingWebSocket('ws://peal.test/chat', { ambient: ambient(), ...options }));

describe('a ReconnectingWebSocket', () => {
  test('looks like a WebSocket', async () => {
    const socket = begin();
    expect(socket.readyState).toBe(socket.CONNECTING);
    expect(() => socket.send('x')).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
    await server.advance(0);
    expect(socket.readyState).toBe(socket.OPEN);
    socket.send(say('authenticate'));
    await server.advance(0);
    socket.close();
    expect(socket.readyState).toBe(socket.CLOSING);
    await server.advance(600_000);
    expect(events).toEqual(['open', 'authenticated', 'close 1000 3']);
    expect(server.connections).toBe(0);
  });

  test('comes back after a loss, each time a random part of a ceiling that grows', async () => {
    begin();
    await server.advance(0);
    server.drop();
    await server.advance(499);
    expect(events).toEqual(['open', 'close 1006 0']);
    await server.advance(1);
    expect(events.at(-1)).toBe('open');
    server.drop();
    await server.advance(749);
    expect(events.at(-1)).toBe('close 1006 0');
    await server.advance(1);
    expect(events.at(-1)).toBe('open');
  });

  test('gives up after as many failures in a row as it may have', async () => {
    const socket = begin({ maxReconnectAttempts: 3 });
    await server.advance(0);
    server.away = true;
    server.drop();
    await server.advance(600_000);
    expect(events).toEqual(['open', 'close 1006 0', 'close 1006 0', 'close 1006 0', 'close 1006 3']);
    server.away = false;
    socket.reconnect();
    await server.advance(0);
    expect(events.at(-1)).toBe('open');
    socket.close();
  });

  test('counts anew after ten stable seconds', async () => {
    begin({ maxReconnectAttempts: 1 });
    await server.advance(0);
    for (let loss = 0; loss < 3; loss++) {
      server.drop();
      await server.advance(10_500);
      expect(events.at(-1)).toBe('open');
    }
    server.drop();
    await server.advance(9_000);
    server.drop();
    await server.advance(0);
    expect(events.at(-1)).toBe('close 1006 3');
  });

  test.each([1000, 1002, 1003, 1007, 1008, 1009, 4401, 4403, 4409])('stays away after %i', async (code) => {
    begin();
    await server.advance(0);
    server.drop(code);
    await server.advance(600_000);
    expect(events).toEqual(['open', `close ${code} 3`]);
  });

  test('comes back in the slot that was announced', async () => {
    begin();
    await server.advance(0);
    server.restart({ afterMs: 7_000 });
    await server.advance(6_999);
    expect(events.at(-1)).toBe('close 1012 0');
    await server.advance(2);
    expect(events.at(-1)).toBe('open');
  });

  test('notices a connection that is open but dead, and hides its own pings', async () => {
    const socket = begin();
    await server.advance(0);
    socket.send(say('authenticate'));
    await server.advance(90_000);
    expect(said().filter((type) => type === 'ping')).toHaveLength(3);
    socket.send('{"type":"ping"}');
    await server.advance(0);
    server.halfOpen();
    await server.advance(40_000);
    expect(events).toEqual(['open', 'authenticated', 'pong', 'close 1006 0']);
    socket.close();
  });

  test('asks no more after a close', async () => {
    const socket = begin();
    await server.advance(0);
    socket.close();
    await server.advance(600_000);
    expect(said()).toEqual([]);
  });
});

describe('a QueuedWebSocket', () => {
  const queued = (options = {}) => watched(new QueuedWebSocket('ws://peal.test/chat', { ambient: ambient(), ...options }));

  test('sends what waited behind the open handlers and before anything new', async () => {
    const socket = queued();
    socket.onopen = () => socket.send(say('authenticate'));
    for (const type of ['a', 'b']) socket.send(say(type));
    socket.addEventListener('open', () => queueMicrotask(() => socket.send(say('c'))));
    await server.advance(1);
    expect(said()).toEqual(['authenticate', 'a', 'b', 'c']);
    expect(socket.queued).toBe(0);
    socket.close();
  });

  test('drops the oldest beyond its size, and says so', () => {
    const dropped: unknown[] = [];
    const socket = queued({ maxQueueSize: 2 });
    socket.ondropped = ({ data }) => dropped.push(data);
    for (const type of ['a', 'b', 'c', 'd']) socket.send(type);
    expect(dropped).toEqual(['a', 'b']);
    expect(socket.queued).toBe(2);
    socket.close();
  });

  test('keeps a hundred by default', () => {
    const dropped: unknown[] = [];
    const socket = queued();
    socket.addEventListener('dropped', () => dropped.push(1));
    for (let count = 0; count < 101; count++) socket.send('x');
    expect([socket.queued, dropped.length]).toEqual([100, 1]);
    socket.close();
  });

  test('stops sending where the first message ends the connection', async () => {
    const socket = queued();
    socket.onopen = () => socket.close();
    socket.send(say('a'));
    await server.advance(1);
    expect(said()).toEqual([]);
    expect(socket.queued).toBe(1);
  });
});
