import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CredentialStore } from '../src/session/credentials';
import { openUserId, Session } from '../src/session/session';
import { MemoryStore } from './support/memoryStore';
import { seeded } from './support/random';

let store: MemoryStore;
let fetched: ReturnType<typeof vi.fn>;

beforeEach(() => {
  vi.useFakeTimers();
  store = new MemoryStore();
  fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const newSession = () => new Session(new CredentialStore(store), () => 0.5);
const answer = (body: object, status = 200, headers: Record<string, string> = {}) =>
  fetched.mockResolvedValueOnce(new Response(JSON.stringify(body), { status, headers }));
const guest = (token: string) => ({ token, userId: 'guest-1', userName: 'Ann' });

describe('a guest', () => {
  test('gets a token for a name and keeps it across reloads', async () => {
    answer(guest('t1'));
    const session = newSession();
    await session.signInAsGuest('Ann');
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/guest');
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{"userName":"Ann"}' });
    expect(newSession().credentials.value).toMatchObject({ userId: 'guest-1', token: 't1', guest: true });
  });

  test('is renewed with the old token when that is stale, and not before', async () => {
    answer(guest('t1'));
    const session = newSession();
    await session.signInAsGuest('Ann');
    expect(await session.token()).toBe('t1');
    expect(fetched).toHaveBeenCalledOnce();
    answer(guest('t2'));
    expect(await session.token('t1')).toBe('t2');
    expect(fetched.mock.calls[1]?.[1].headers).toMatchObject({ Authorization: 'Bearer t1' });
    expect(newSession().credentials.value?.token).toBe('t2');
  });

  test('whose token was renewed by another tab meanwhile needs no third one', async () => {
    answer(guest('t1'));
    const session = newSession();
    await session.signInAsGuest('Ann');
    new CredentialStore(store).write({ userId: 'guest-1', userName: 'Ann', token: 't2', guest: true });
    session.changedElsewhere();
    expect(await session.token('t1')).toBe('t2');
    expect(fetched).toHaveBeenCalledOnce();
  });

  test('whose token was refused cannot be renewed; one whose server is away may be later', async () => {
    answer(guest('t1'));
    const session = newSession();
    await session.signInAsGuest('Ann');
    answer({}, 401);
    expect(await session.token('t1')).toBeNull();
    answer({}, 503);
    await expect(session.token('t1')).rejects.toThrow('503');
    fetched.mockRejectedValueOnce(new TypeError('network'));
    await expect(session.token('t1')).rejects.toThrow('network');
  });

  test('is told how long to wait when there were too many', async () => {
    answer({}, 429, { 'Retry-After': '600' });
    await expect(newSession().signInAsGuest('Ann')).rejects.toThrow('Try again in 10 minutes.');
  });
});

test('a token of another issuer is not renewed here', async () => {
  const session = newSession();
  session.signInWithToken('t');
  expect(await session.token('t')).toBeNull();
  expect(fetched).not.toHaveBeenCalled();
});

test('the server knows best who one is', () => {
  const session = newSession();
  session.signInWithToken('t');
  session.identified('u-7', undefined);
  expect(session.credentials.value).toMatchObject({ userId: 'u-7', userName: 'u-7' });
  session.identified('u-7', 'Ann');
  expect(session.credentials.value?.userName).toBe('Ann');
});

test('signing out forgets, and can say why', () => {
  const session = newSession();
  session.signInOpenly('Ann');
  session.signOut('because');
  expect(session.notice.value).toBe('because');
  expect(newSession().credentials.value).toBeUndefined();
});

test('only someone with a token from elsewhere can come back as the same user', async () => {
  const session = newSession();
  session.signInWithToken('t');
  session.signOut('because');
  expect(session.mayReturn).toBe(true);
  session.signInWithToken('t');
  session.signOut();
  expect(session.mayReturn).toBe(false);
  session.signInOpenly('Ann');
  session.signOut('because');
  expect(session.mayReturn).toBe(false);
});

test('tabs of one person sign in, renew and sign out together', () => {
  const one = newSession();
  const other = newSession();
  one.signInWithToken('t1');
  other.changedElsewhere();
  expect(other.credentials.value?.token).toBe('t1');
  one.signInWithToken('t2');
  other.changedElsewhere();
  expect(other.credentials.value?.token).toBe('t2');
  one.signOut();
  other.changedElsewhere();
  expect(other.credentials.value).toBeUndefined();
});

test('blocked storage lasts as long as the page', () => {
  store.blocked = true;
  const session = newSession();
  session.signInOpenly('Ann');
  expect(session.credentials.value?.userName).toBe('Ann');
  session.signOut();
  expect(session.credentials.value).toBeUndefined();
});

test.each(['null', '7', '{}', '{"userId":7,"userName":"x"}', 'not JSON'])('stored nonsense is nobody: %s', (text) => {
  store.setItem('peal.session', text);
  expect(newSession().credentials.value).toBeUndefined();
});

test('an open name makes a readable id of safe letters, another one each time', () => {
  const random = seeded();
  expect(openUserId('Åsa Lindqvist!', random)).toMatch(/^a-?sa-lindqvist-[a-z0-9]{4}$/);
  expect(openUserId('日本', random)).toMatch(/^guest-[a-z0-9]{4}$/);
  const ids = new Set(Array.from({ length: 100 }, () => openUserId('Ann', random)));
  expect(ids.size).toBeGreaterThan(95);
});
