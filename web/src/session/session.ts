import { signal, type ReadonlySignal } from '@preact/signals';
import type { Renewal } from '../connection/connection';
import type { Random } from '../connection/backoff';
import { fetchGuest, fetchMode, type Mode, Rejected } from './api';
import { type Credentials, CredentialStore } from './credentials';

const renewBeforeMillis = 5 * 60_000;
const renewRetryMillis = 30_000;
/** Longest delay that `setTimeout` takes. */
const timerMillisMax = 2_147_483_647;

/** Signing in, staying signed in, signing out. Renews a guest's token before it ends. */
export class Session {
  readonly #store: CredentialStore;
  readonly #random: Random;
  readonly #credentials = signal<Credentials | undefined>(undefined);
  readonly #notice = signal<string | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The name of someone who has to sign in again. */
  formerName = '';
  /** Called with a fresh token, to present it on the live connection. */
  onRenewed: () => void = () => {};

  constructor(store: CredentialStore, random: Random) {
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

  signOut(notice?: string): void {
    clearTimeout(this.#timer);
    this.formerName = notice === undefined ? '' : (this.#credentials.value?.userName ?? '');
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

  async renew(): Promise<Renewal> {
    const now = this.#credentials.value;
    if (now?.token === undefined || !now.guest) return 'refused';
    try {
      const guest = await fetchGuest(now.userName, now.token);
      if (this.#credentials.value?.token !== now.token) return 'renewed';
      this.#adopt({ ...known(guest), guest: true });
      return 'renewed';
    } catch (error) {
      return error instanceof Rejected && error.status !== 429 && error.status < 500 ? 'refused' : 'unreachable';
    }
  }

  /** Renews without waiting for the timer: the server said that the token is about to end. */
  async renewNow(): Promise<void> {
    clearTimeout(this.#timer);
    const renewal = await this.renew();
    if (renewal === 'renewed') this.onRenewed();
    else if (renewal === 'unreachable') this.#timer = setTimeout(() => void this.renewNow(), renewRetryMillis);
  }

  #adopt(credentials: Credentials): void {
    this.#store.write(credentials);
    this.#keep(credentials);
  }

  #keep(credentials: Credentials): void {
    this.#notice.value = undefined;
    this.#credentials.value = credentials;
    this.#scheduleRenewal(credentials);
  }

  #scheduleRenewal({ guest, expiresAt }: Credentials): void {
    clearTimeout(this.#timer);
    if (!guest || expiresAt === undefined) return;
    const left = expiresAt - Date.now();
    const millis = Math.max(left - renewBeforeMillis, left / 2, 0);
    this.#timer = setTimeout(() => void this.renewNow(), Math.min(millis, timerMillisMax));
  }
}

/** A readable part of the name and a random one, of the letters that a user's id may have. */
export function openUserId(userName: string, random: Random): string {
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

function known(guest: { token: string; userId: string; userName: string; expiresAt: number | undefined }) {
  const { token, userId, userName, expiresAt } = guest;
  return { token, userId, userName, ...(expiresAt === undefined ? {} : { expiresAt }) };
}
