import type { Store } from '../session/credentials';

export const readMarkKey = 'peal.notifications.read';

/** How far a user's notifications were read that the server may not have heard of yet: a page that ends at once takes what it sent along. */
export class ReadMark {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** 0 where there is none of this user. */
  of(userId: string): number {
    try {
      const value = JSON.parse(this.#store.getItem(readMarkKey) ?? 'null') as { userId?: unknown; offset?: unknown } | null;
      return value?.userId === userId && typeof value.offset === 'number' ? value.offset : 0;
    } catch {
      return 0;
    }
  }

  set(userId: string, offset: number): void {
    try {
      this.#store.setItem(readMarkKey, JSON.stringify({ userId, offset }));
    } catch {
      // Storage is full or blocked: the mark lasts as long as the page.
    }
  }

  /** The server knows that the user has read so far; another tab may have read further. */
  reached(userId: string, offset: number): void {
    const own = this.of(userId);
    if (own > 0 && own <= offset) this.forget();
  }

  forget(): void {
    try {
      this.#store.removeItem(readMarkKey);
    } catch {
      // Blocked: nothing was stored.
    }
  }
}
