import { beforeEach, describe, expect, test } from 'vitest';
import { type Choice, choiceOf, rememberedMillis } from '../src/choice.js';
import { Client, polling, sse } from '../src/index.js';
import { FakeServer } from '../src/testing/index.js';
import type { Transport } from '../src/transport.js';
import { websocket } from '../src/websocket.js';

const names = ['websocket', 'sse', 'polling'] as const;
const transports = names.map((name) => ({ name }) as Transport);

let server: FakeServer;
let kept: string | null;
let blocked: boolean;

beforeEach(() => {
  server = new FakeServer();
  kept = null;
  blocked = false;
});

const storage = {
  getItem: () => {
    if (blocked) throw new Error('blocked');
    return kept;
  },
  setItem: (_: string, value: string) => {
    if (blocked) throw new Error('blocked');
    kept = value;
  },
};

const choose = (): Choice => choiceOf(transports, server.ambient({ storage }));

function round(choice: Choice): string[] {
  const tried: string[] = [];
  do tried.push(choice.current().name);
  while (choice.failed());
  return tried;
}

describe('the choice of a transport', () => {
  test('goes through all of them without waiting, then begins anew', () => {
    const choice = choose();
    expect(round(choice)).toEqual(names);
    expect(round(choice)).toEqual(names);
  });

  test('has patience with one that worked: the server may be away', () => {
    const choice = choose();
    choice.worked();
    expect(round(choice)).toEqual(['websocket']);
    expect(round(choice)).toEqual(names);
  });

  test('remembers what worked, for the next page load too', () => {
    const choice = choose();
    choice.failed();
    choice.worked();
    expect(choice.current().name).toBe('sse');
    expect(choose().current().name).toBe('sse');
  });

  test('forgets it after a while, however often it worked', async () => {
    const choice = choose();
    choice.failed();
    choice.worked();
    await server.advance(rememberedMillis / 2);
    choice.worked();
    await server.advance(rememberedMillis / 2 + 1);
    expect(choose().current().name).toBe('websocket');
    expect(round(choice)).toEqual(names);
  });

  test('a clock that was set back makes it forget', () => {
    const choice = choose();
    choice.failed();
    choice.worked();
    server.clock.jump(-1_000);
    expect(choice.current().name).toBe('websocket');
  });

  test('does without a memory where that is blocked, and with nonsense in it', () => {
    for (const nonsense of ['', 'carrier-pigeon 7', 'sse', 'sse later']) {
      kept = nonsense;
      expect(choose().current().name, nonsense).toBe('websocket');
    }
    blocked = true;
    const choice = choose();
    choice.worked();
    expect(choice.current().name).toBe('websocket');
  });
});

test('a client whose WebSocket is blocked comes by the next way at once', async () => {
  const fallback: Transport = { ...websocket, name: 'sse' };
  const broken: Transport = {
    name: 'websocket',
    open: (target, events) => websocket.open({ ...target, ambient: server.ambient({ WebSocket: undefined as never }) }, events),
  };
  const client = new Client('http://peal.test', { ...server.options({ token: 'ann' }), transports: [broken, fallback] }).start();
  await server.advance(1);
  expect(client.state).toEqual({ kind: 'live', transport: 'sse' });
  client.stop();
});

test('behind a captive portal every way is tried again and again, its page is no answer, and then all goes on', async () => {
  const asked: string[] = [];
  const portal = async (url: unknown) => {
    asked.push((url as URL).pathname);
    return new Response('<html>Please accept our terms</html>', { headers: { 'Content-Type': 'text/html' } });
  };
  server.away = true;
  const ambient = server.ambient({ fetch: portal as typeof fetch });
  const client = new Client('http://peal.test', { ambient, token: 'ann', transports: [websocket, sse, polling] }).start();
  const said = client.room('lobby').publish('hello');
  await server.advance(60_000);
  expect(client.state).toMatchObject({ kind: 'waiting', why: 'lost' });
  expect(client.diagnostics.lastEnd).toEqual({ code: 1006, reason: 'HTTP 200', neverOpened: true });
  for (const path of ['/api/ticket', '/api/messages']) expect(asked.filter((each) => each === path).length, path).toBeGreaterThan(2);
  server.away = false;
  await server.advance(60_000);
  expect(client.state).toEqual({ kind: 'live', transport: 'websocket' });
  expect(await said).toMatchObject({ offset: 1 });
  client.stop();
});
