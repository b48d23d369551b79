/** The part of `localStorage` that is used; it may throw (blocked, full), which is the same as being empty. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** One value of a store, in JSON. What cannot be stored lasts as long as the page: nothing here throws. */
export class StoredValue {
  readonly #store: Store;
  readonly #key: string;

  constructor(store: Store, key: string) {
    this.#store = store;
    this.#key = key;
  }

  /** Undefined where there is none, or none that can be read. */
  read(): unknown {
    try {
      const text = this.#store.getItem(this.#key);
      return text === null ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  write(value: object): void {
    try {
      this.#store.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Full or blocked.
    }
  }

  clear(): void {
    try {
      this.#store.removeItem(this.#key);
    } catch {
      // Blocked: nothing was stored.
    }
  }
}

/** What the browser keeps for this site, or nothing where that is blocked: even asking may throw then. */
export function browserStore(): Store {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}

/** Calls back when another tab changed what is kept under `key`. */
export function onChangedElsewhere(key: string, changed: () => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === key || event.key === null) changed();
  };
  addEventListener('storage', listener);
  return () => removeEventListener('storage', listener);
}
