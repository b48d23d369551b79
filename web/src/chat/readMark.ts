import { type Store, StoredValue } from '../session/storage';

/** How far a user's notifications were read that the server may not have heard of yet: a page that ends at once takes what it sent along. */
export class ReadMark {
  readonly #kept: StoredValue;

  constructor(store: Store) {
    this.#kept = new StoredValue(store, 'peal.notifications.read');
  }

  /** 0 where there is none of this user. */
  of(userId: string): number {
    const value = this.#kept.read() as { userId?: unknown; offset?: unknown } | null | undefined;
    return value?.userId === userId && typeof value.offset === 'number' ? value.offset : 0;
  }

  set(userId: string, offset: number): void {
    this.#kept.write({ userId, offset });
  }

  /** The server knows that the user has read so far; another tab may have read further. */
  reached(userId: string, offset: number): void {
    const own = this.of(userId);
    if (own > 0 && own <= offset) this.forget();
  }

  forget(): void {
    this.#kept.clear();
  }
}
