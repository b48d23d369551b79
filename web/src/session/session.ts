import { signal, type ReadonlySignal } from '@preact/signals';
import { fetchGuest, fetchMode, type Mode, Rejected } from './api';
import { type Credentials, CredentialStore } from './credentials';

/** Signing in, staying signed in, signing out. */
export class Session {
  readonly #store: CredentialStore;
  readonly #random: () => number;
  readonly #credentials = signal<Credentials | undefined>(undefined);
  readonly #notice = signal<string | undefined>(undefined);
  /** The name of someone who has to sign in again. */
  formerName = '';
  /** Signed out, but whoever has a token of this user's may go on where this one ended. */
  mayReturn = false;

  /** `random` gives numbers in [0, 1). */
  constructor(store: CredentialStore, random: () => number) {
    this.#store = store;
    this.#random = random;
    const kept = store.read();
    if (kept !== undefined) this.#keep(kept);
  }

  get credentials(): ReadonlySignal<Credentials | undefined> {
    return this.#credentials;
  }

  /** Why the visitor has to sign in again, if that is so. */
  get notice(): ReadonlySignal<string | undefined> {
    return this.#notice;
  }

  mode(): Promise<Mode> {
    return fetchMode();
  }

  /** Throws {@link Rejected}, or what `fetch` throws when the server cannot be reached. */
  async signInAsGuest(userName: string): Promise<void> {
    const guest = await fetchGuest(userName);
    this.#adopt({ ...known(guest), guest: true });
  }

  /** For `open` mode: nobody checks, so the id is made here, unlike that of another person of this name. */
  signInOpenly(userName: string): void {
    this.#adopt({ userId: openUserId(userName, this.#random), userName, guest: false });
  }

  /** With a token of the site's own issuer; the server says at `authenticate` whose it is. */
  signInWithToken(token: string): void {
    this.#adopt({ userId: '', userName: '', token, guest: false });
  }

  /** What the server calls the visitor, which may differ from what the page believed. */
  identified(userId: string | undefined, userName: string | undefined): void {
    const now = this.#credentials.value;
    if (now === undefined || userId === undefined) return;
    const name = userName ?? (now.userName === '' ? userId : now.userName);
    if (userId === now.userId && name === now.userName) return;
    this.#adopt({ ...now, userId, userName: name });
  }

  /** With a `notice`, not by the visitor's own wish. */
  signOut(notice?: string): void {
    const now = this.#credentials.value;
    this.formerName = notice === undefined ? '' : (now?.userName ?? '');
    this.mayReturn = notice !== undefined && now?.token !== undefined && !now.guest;
    this.#store.clear();
    this.#notice.value = notice;
    this.#credentials.value = undefined;
  }

  /** Another tab signed in, renewed or signed out. Its token is kept for the next connection. */
  changedElsewhere(): void {
    const kept = this.#store.read();
    const now = this.#credentials.value;
    if (kept === undefined) {
      if (now !== undefined) this.signOut();
    } else if (now === undefined || (kept.userId === now.userId && kept.token !== now.token)) {
      this.#keep(kept);
    }
  }

  /**
   * A token unlike the stale one; null where there is none: in `open` mode, and for someone who has to sign in again.
   * Only a guest's is renewed here. Throws what `fetch` throws, or {@link Rejected}, where another try may succeed.
   */
  async token(stale?: string): Promise<string | null> {
    const now = this.#credentials.value;
    if (now?.token === undefined) return null;
    if (now.token !== stale) return now.token;
    return now.guest ? this.#renewed(now.userName, now.token) : null;
  }

  async #renewed(userName: string, token: string): Promise<string | null> {
    try {
      const guest = await fetchGuest(userName, token);
      // Signed out meanwhile, or renewed by another tab.
      if (this.#credentials.value?.token === token) this.#adopt({ ...known(guest), guest: true });
      return this.#credentials.value?.token ?? null;
    } catch (error) {
      if (error instanceof Rejected && error.status !== 429 && error.status < 500) return null;
      throw error;
    }
  }

  #adopt(credentials: Credentials): void {
    this.#store.write(credentials);
    this.#keep(credentials);
  }

  #keep(credentials: Credentials): void {
    this.#notice.value = undefined;
    this.#credentials.value = credentials;
  }
}

/** A readable part of the name and a random one, of the letters that a user's id may have. */
export function openUserId(userName: string, random: () => number): string {
  const readable = userName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24);
  const suffix = Math.floor(random() * 36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return readable === '' ? `guest-${suffix}` : `${readable}-${suffix}`;
}

function known({ token, userId, userName }: { token: string; userId: string; userName: string }) {
  return { token, userId, userName };
}
