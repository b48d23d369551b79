import { batch, signal } from '@preact/signals';
import { type Client, type ClientOptions, NoReply, Refusal, type ServerMessages, type State } from '@peal/client';
import { documents, type Documents, type DocumentSummary, type LiveDocument } from '@peal/client/docs';
import { type ConnectionState, shown } from '../session/connectionState';
import type { Session } from '../session/session';

export interface DeskParts {
  readonly session: Session;
  readonly connect: (options: ClientOptions) => Client;
  readonly open: (client: Client, documentId: string, offline: string | undefined) => LiveDocument;
}

/** The visitor's documents, and the one that lies open. Lives from signing in to signing out. */
export class Desk {
  readonly connection = signal<ConnectionState>({ kind: 'idle' });
  /** Newest first; undefined until they are known. */
  readonly shelf = signal<readonly DocumentSummary[] | undefined>(undefined);
  readonly more = signal<string | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly open = signal<LiveDocument | undefined>(undefined);
  readonly files: Documents;
  readonly #parts: DeskParts;
  readonly #client: Client;
  #loads = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    const { userId = '', userName = '', token } = parts.session.credentials.peek() ?? {};
    this.#client = parts.connect({
      path: '/docs',
      token: (stale) => parts.session.token(stale),
      ...(token === undefined && { userId, userName }),
    });
    this.files = documents(this.#client);
    this.#client.on('state', (state) => this.#changed(state));
    this.#client.on('signed_in', (who) => this.#signedIn(who));
  }

  get me(): string {
    return this.#parts.session.credentials.value?.userId ?? '';
  }

  start(): void {
    this.#client.start();
    void this.load();
  }

  async stop(): Promise<void> {
    await this.show(undefined);
    this.#client.stop();
  }

  /** Opens a document, and puts away the one before. */
  async show(documentId: string | undefined): Promise<void> {
    const before = this.open.value;
    if (before?.documentId === documentId) return;
    this.open.value = documentId === undefined ? undefined : this.#parts.open(this.#client, documentId, this.me || undefined);
    await before?.close();
    if (documentId === undefined) await this.load();
  }

  /** The list, from its beginning. */
  async load(): Promise<void> {
    await this.#list(undefined);
  }

  async loadMore(): Promise<void> {
    if (this.more.value !== undefined) await this.#list(this.more.value);
  }

  async #list(after: string | undefined): Promise<void> {
    const load = ++this.#loads;
    try {
      const page = await this.files.list(after);
      if (load !== this.#loads) return;
      batch(() => {
        this.shelf.value = after === undefined ? page.documents : [...(this.shelf.value ?? []), ...page.documents];
        this.more.value = page.next;
        this.problem.value = undefined;
      });
    } catch (error) {
      if (load === this.#loads) this.problem.value = explain(error);
    }
  }

  #changed(state: State): void {
    this.connection.value = shown(state, Date.now());
    if (state.kind === 'stopped' && state.why === 'token') this.#parts.session.signOut('Your session has ended. Please sign in again.');
  }

  #signedIn({ userId, userName }: ServerMessages['authenticated']): void {
    this.#parts.session.identified(userId ?? undefined, userName ?? undefined);
    if (this.shelf.value === undefined || this.problem.value !== undefined) void this.load();
  }
}

/** In one sentence, for the visitor. */
export function explain(error: unknown): string {
  if (error instanceof NoReply) return 'The server cannot be reached.';
  if (!(error instanceof Refusal)) return 'That did not work.';
  switch (error.code) {
    case 'forbidden':
    case 'not_found':
    case 'unknown_document':
      return 'There is no such document, or you may not see it.';
    case 'unknown_link':
      return 'This link does not work any more.';
    case 'rate_limited':
      return `Too much at once. Try again in ${Math.max(1, Math.ceil((error.retryAfterMs ?? 1_000) / 1_000))} s.`;
    case 'read_only':
      return 'You may read this document, but not change it.';
    default:
      return error.message === '' ? 'That did not work.' : error.message;
  }
}
