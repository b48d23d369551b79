/** Who the visitor is. `token` is absent in `open` mode. */
export interface Credentials {
  readonly userId: string;
  readonly userName: string;
  readonly token?: string;
  /** A guest's token is renewed by this page; another issuer's is not. */
  readonly guest: boolean;
}

/** The part of `localStorage` that is used; it may throw (blocked, full), which is the same as being empty. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const credentialsKey = 'peal.session';

/** Kept across reloads and shared by tabs, so that a second tab is the same user (PROTOCOL 2.4). */
export class CredentialStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  read(): Credentials | undefined {
    try {
      const value: unknown = JSON.parse(this.#store.getItem(credentialsKey) ?? 'null');
      return isCredentials(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  write(credentials: Credentials): void {
    try {
      this.#store.setItem(credentialsKey, JSON.stringify(credentials));
    } catch {
      // Storage is full or blocked: the session lasts as long as the page.
    }
  }

  clear(): void {
    try {
      this.#store.removeItem(credentialsKey);
    } catch {
      // Blocked: nothing was stored.
    }
  }
}

function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const { userId, userName } = value as Record<string, unknown>;
  return typeof userId === 'string' && typeof userName === 'string';
}
