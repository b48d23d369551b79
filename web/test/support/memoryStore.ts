import type { Store } from '../../src/session/storage';

/** A `localStorage` that may be blocked. */
export class MemoryStore implements Store {
  readonly #items = new Map<string, string>();
  blocked = false;

  getItem(key: string): string | null {
    this.#check();
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#check();
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#check();
    this.#items.delete(key);
  }

  #check(): void {
    if (this.blocked) throw new Error('blocked');
  }
}
