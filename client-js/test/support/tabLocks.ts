type Callback = (lock: Lock | null) => unknown;

/** Web Locks of several tabs, exclusive ones only. */
export class TabLocks {
  readonly #held = new Map<string, object>();
  readonly #waiting: { readonly name: string; readonly tab: object; readonly run: () => void }[] = [];

  tab(): { readonly locks: LockManager; crash(): void } {
    const tab = { alive: true };
    const request = (name: string, ...rest: [Callback] | [LockOptions, Callback]) => {
      const callback = rest.at(-1) as Callback;
      const ifAvailable = rest.length > 1 && (rest[0] as LockOptions).ifAvailable === true;
      return new Promise((resolve) => {
        const run = async () => {
          this.#held.set(name, tab);
          resolve(await callback({ name, mode: 'exclusive' }));
          if (this.#held.get(name) === tab) this.#release(name);
        };
        if (!this.#held.has(name)) void run();
        else if (ifAvailable) resolve(callback(null));
        else this.#waiting.push({ name, tab, run: () => tab.alive && void run() });
      });
    };
    const crash = () => {
      tab.alive = false;
      for (const [name, holder] of [...this.#held]) if (holder === tab) this.#release(name);
    };
    return { locks: { request } as unknown as LockManager, crash };
  }

  #release(name: string): void {
    this.#held.delete(name);
    const index = this.#waiting.findIndex((waiting) => waiting.name === name);
    if (index >= 0) this.#waiting.splice(index, 1)[0]!.run();
  }
}
