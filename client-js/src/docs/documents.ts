import type { Client } from '../client.js';
import { refusalOf } from '../problem.js';
import { NoReply } from '../requests.js';
import type { Role } from './messages.js';

export interface DocumentSummary {
  readonly documentId: string;
  readonly title: string;
  readonly role: Role;
  readonly ownerName: string | null;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  readonly revision: number;
}

export interface DocumentMember {
  readonly userId: string;
  readonly userName: string | null;
  readonly role: Role;
}

/** Gives whoever has its secret a role. */
export interface DocumentLink {
  readonly linkId: string;
  readonly role: Role;
  readonly createdAt: number;
}

export interface DocumentAccess {
  readonly members: readonly DocumentMember[];
  readonly links: readonly DocumentLink[];
}

/** One's documents and who may have them. Each call ends with a `Refusal` or `NoReply` where it does not succeed. */
export interface Documents {
  /** The newest first. `next`, where there is one, asks for the page behind. */
  list(next?: string): Promise<{ readonly documents: readonly DocumentSummary[]; readonly next?: string }>;
  create(title: string): Promise<DocumentSummary>;
  rename(documentId: string, title: string): Promise<void>;
  /** With its history and comments, for everybody. */
  remove(documentId: string): Promise<void>;
  access(documentId: string): Promise<DocumentAccess>;
  setRole(documentId: string, userId: string, role: Role): Promise<void>;
  removeAccess(documentId: string, userId: string): Promise<void>;
  /** The secret is told this once. */
  createLink(documentId: string, role: Role): Promise<{ readonly linkId: string; readonly secret: string; readonly role: Role }>;
  revokeLink(documentId: string, linkId: string): Promise<void>;
  /** Takes the role that a link gives. */
  redeem(secret: string): Promise<{ readonly documentId: string; readonly role: Role }>;
}

/** Longer answers no server takes. */
const answerMillisMax = 15_000;

/** One's documents, over HTTP as the client's user. */
export function documents(client: Client): Documents {
  const { port } = client;
  const path = (...parts: string[]) => ['/api/docs', ...parts.map(encodeURIComponent)].join('/');

  async function send(method: string, path: string, body: object | undefined, token: string | null): Promise<Response> {
    const user = port.userId ?? client.who?.userId;
    const headers = {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token ? { Authorization: `Bearer ${token}` } : user && { 'Peal-User': encodeURIComponent(user) }),
    };
    const abort = new AbortController();
    const timer = port.ambient.setTimeout(() => abort.abort(), answerMillisMax);
    try {
      const init = { method, headers, signal: abort.signal, cache: 'no-store' as const, ...(body && { body: JSON.stringify(body) }) };
      return await port.ambient.fetch!(new URL(path, port.url), init);
    } catch (error) {
      throw new NoReply(String(error));
    } finally {
      port.ambient.clearTimeout(timer);
    }
  }

  async function ask(method: string, path: string, body?: object): Promise<never> {
    const token = (await port.token()) ?? null;
    let response = await send(method, path, body, token);
    if (response.status === 401 && token) {
      const other = await port.token(token);
      if (other) response = await send(method, path, body, other);
    }
    const text = await response.text();
    if (response.ok) return (text ? JSON.parse(text) : undefined) as never;
    throw refusalOf(response, text);
  }

  return {
    list: (next) => ask('GET', path() + (next === undefined ? '' : `?after=${encodeURIComponent(next)}`)),
    create: (title) => ask('POST', path(), { title }),
    rename: (id, title) => ask('PATCH', path(id), { title }),
    remove: (id) => ask('DELETE', path(id)),
    access: (id) => ask('GET', path(id, 'access')),
    setRole: (id, userId, role) => ask('PUT', path(id, 'access', userId), { role }),
    removeAccess: (id, userId) => ask('DELETE', path(id, 'access', userId)),
    createLink: (id, role) => ask('POST', path(id, 'links'), { role }),
    revokeLink: (id, linkId) => ask('DELETE', path(id, 'links', linkId)),
    redeem: (secret) => ask('POST', path('redeem'), { secret }),
  };
}
