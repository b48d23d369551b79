import { type Store, StoredValue } from './storage';

/** Who the visitor is. `token` is absent in `open` mode. */
export interface Credentials {
  readonly userId: string;
  readonly userName: string;
  readonly token?: string;
  /** A guest's token is renewed by this page; another issuer's is not. */
  readonly guest: boolean;
}

export const credentialsKey = 'peal.session';

/** Kept across reloads and shared by tabs, so that a second tab is the same user (PROTOCOL 2.4). */
export class CredentialStore {
  readonly #kept: StoredValue;

  constructor(store: Store) {
    this.#kept = new StoredValue(store, credentialsKey);
  }

  read(): Credentials | undefined {
    const value = this.#kept.read();
    return isCredentials(value) ? value : undefined;
  }

  write(credentials: Credentials): void {
    this.#kept.write(credentials);
  }

  clear(): void {
    this.#kept.clear();
  }
}

function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const { userId, userName } = value as Record<string, unknown>;
  return typeof userId === 'string' && typeof userName === 'string';
}
