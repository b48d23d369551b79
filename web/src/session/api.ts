/** `open` believes a name (development); `token` wants a signed token, which `guests` may get by themselves. */
export interface Mode {
  readonly mode: 'open' | 'token';
  readonly guests: boolean;
}

export interface Guest {
  readonly token: string;
  readonly userId: string;
  readonly userName: string;
}

/** The server answered, and said no. `status` is the HTTP status. */
export class Rejected extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Rejected';
    this.status = status;
  }
}

export async function fetchMode(): Promise<Mode> {
  const body = await call('/api/mode', { headers: { Accept: 'application/json' } });
  return { mode: body['mode'] === 'open' ? 'open' : 'token', guests: body['guests'] !== false };
}

/** A guest token for a chosen name; with `token`, a fresh one for the same subject. */
export async function fetchGuest(userName: string, token?: string): Promise<Guest> {
  const body = await call('/api/guest', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ userName }),
  });
  const fresh = body['token'];
  const userId = body['userId'];
  if (typeof fresh !== 'string' || typeof userId !== 'string') throw new Rejected(502, 'The server gave no token.');
  const name = body['userName'];
  return { token: fresh, userId, userName: typeof name === 'string' ? name : userName };
}

async function call(path: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(path, { ...init, credentials: 'omit', cache: 'no-store' });
  if (!response.ok) throw new Rejected(response.status, explain(response));
  return (await response.json()) as Record<string, unknown>;
}

function explain(response: Response): string {
  if (response.status === 400) return 'The server does not take this name. Please choose another one.';
  if (response.status !== 429) return `The server answered ${response.status}.`;
  const seconds = Number(response.headers.get('Retry-After'));
  const wait = seconds > 0 ? ` Try again in ${waitText(seconds)}.` : ' Try again later.';
  return `Too many guests have signed in from your address.${wait}`;
}

function waitText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
