import { signal } from '@preact/signals';
import type { Data } from './entries';

/** What the server tells everybody. It is not stored: who dismisses it, or reloads, has seen the last of it. */
export interface Broadcast {
  readonly key: string;
  readonly data: Data;
}

export const broadcastsMax = 3;

export class Broadcasts {
  /** Newest first. */
  readonly items = signal<readonly Broadcast[]>([]);
  #count = 0;

  add(data: Data): Broadcast {
    const broadcast = { key: `broadcast-${++this.#count}`, data };
    this.items.value = [broadcast, ...this.items.value].slice(0, broadcastsMax);
    return broadcast;
  }

  dismiss(broadcast: Broadcast): void {
    this.items.value = this.items.value.filter((each) => each !== broadcast);
  }
}
