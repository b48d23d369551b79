import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client, type ClientOptions, NoReply, Refusal } from '../../src/index.js';
import { type Documents, documents } from '../../src/docs/index.js';
import { FakeServer } from '../../src/testing/index.js';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

let server: FakeServer;
let client: Client;
let asked: Asked[];
let answer: (asked: Asked) => Response | Promise<Response>;

const json = (body: unknown, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers });

beforeEach(() => {
  server = new FakeServer();
  asked = [];
  answer = () => json({});
});
afterEach(() => client.stop());

function api(options: ClientOptions = { token: 'ann' }): Documents {
  const fetch = async (url: URL, { method, headers, body }: RequestInit) => {
    const one = { method: method!, path: url.pathname + url.search, headers: headers as Record<string, string>, body: body && JSON.parse(body as string) };
    asked.push(one);
    return answer(one);
  };
  client = new Client('http://peal.test', server.options({ ...options, ambient: server.ambient({ fetch: fetch as typeof globalThis.fetch }) }));
  return documents(client);
}

test('each call is one request', async () => {
  const mine = api();
  await mine.list();
  await mine.list('a/b');
  await mine.create('Plan');
  await mine.rename('d1', 'Road map');
  await mine.access('d1');
  await mine.setRole('d1', 'bob@a.example', 'reader');
  await mine.removeAccess('d1', 'bob/x');
  await mine.createLink('d1', 'commenter');
  await mine.revokeLink('d1', 'l1');
  await mine.redeem('s3cret');
  await mine.remove('d1');
  expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['GET', '/api/docs', undefined],
    ['GET', '/api/docs?after=a%2Fb', undefined],
    ['POST', '/api/docs', { title: 'Plan' }],
    ['PATCH', '/api/docs/d1', { title: 'Road map' }],
    ['GET', '/api/docs/d1/access', undefined],
    ['PUT', '/api/docs/d1/access/bob%40a.example', { role: 'reader' }],
    ['DELETE', '/api/docs/d1/access/bob%2Fx', undefined],
    ['POST', '/api/docs/d1/links', { role: 'commenter' }],
    ['DELETE', '/api/docs/d1/links/l1', undefined],
    ['POST', '/api/docs/redeem', { secret: 's3cret' }],
    ['DELETE', '/api/docs/d1', undefined],
  ]);
  expect(asked.every(({ headers }) => headers['Authorization'] === 'Bearer ann')).toBe(true);
});

test('an answer without a body is one', async () => {
  answer = () => new Response(null, { status: 204 });
  await expect(api().rename('d1', 'x')).resolves.toBeUndefined();
});

test('in open mode the caller says who they are', async () => {
  await api({ userId: 'Änn' }).list();
  expect(asked[0]!.headers).toEqual({ 'Peal-User': '%C3%84nn' });
});

describe('a token that is not taken any more', () => {
  test('is replaced once, and the request made again', async () => {
    let tokens = 0;
    answer = ({ headers }) => (headers['Authorization'] === 'Bearer t1' ? json({ code: 'not_authenticated' }, 401) : json({ documents: [] }));
    await expect(api({ token: () => `t${++tokens}` }).list()).resolves.toEqual({ documents: [] });
    expect(asked).toHaveLength(2);
  });

  test('and has no successor ends in the refusal', async () => {
    answer = () => json({ code: 'not_authenticated', title: 'Unauthorized' }, 401);
    await expect(api({ token: (stale) => (stale ? null : 't1') }).list()).rejects.toMatchObject({ code: 'not_authenticated', retry: false });
    expect(asked).toHaveLength(1);
  });
});

describe('what does not succeed', () => {
  test('is a refusal, by the problem’s code', async () => {
    answer = () => json({ code: 'forbidden', detail: 'Only the owner may.' }, 403);
    await expect(api().remove('d1')).rejects.toEqual(new Refusal({ code: 'forbidden', message: 'Only the owner may.' }));
    answer = () => json({ code: 'rate_limited', title: 'Too many' }, 429, { 'Retry-After': '3' });
    await expect(documents(client).list()).rejects.toMatchObject({ code: 'rate_limited', retry: true, retryAfterMs: 3_000 });
    answer = () => new Response('<html>', { status: 502 });
    await expect(documents(client).list()).rejects.toMatchObject({ code: 'http_502', retry: true });
  });

  test('for want of a network is no reply', async () => {
    answer = () => Promise.reject(new TypeError('fetch failed'));
    await expect(api().list()).rejects.toBeInstanceOf(NoReply);
  });
});
