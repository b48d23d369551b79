import type { Ambient } from '../ambient.js';
import type { Outgoing } from '../messages.js';
import type { Target, Transport } from '../transport.js';
import { Switchboard } from './switchboard.js';
import { Tab } from './tab.js';
import type { ToTab, ToWorker } from './wire.js';

/** What the worker has of the world. */
export interface HostWorld {
  readonly transports: readonly Transport[];
  readonly ambient: Ambient;
  readonly locks: Pick<LockManager, 'request'>;
}

/** Brings the links of tabs to switchboards: one for each server and user. */
export class Host {
  readonly #world: HostWorld;
  readonly #boards = new Map<string, Switchboard>();

  constructor(world: HostWorld) {
    this.#world = world;
  }

  /** A link of a tab, by its port. */
  accept(port: MessagePort): void {
    let opening: (ToWorker & { type: 'open' }) | undefined;
    let board: Switchboard | undefined;
    const tab = new Tab({ post: (word: ToTab) => port.postMessage(word), close: () => port.close() }, () => board?.drop(tab));
    const hear = (word: ToWorker): void => {
      switch (word.type) {
        case 'open':
          opening = word;
          void this.#world.locks.request(word.lock, () => tab.gone());
          return tab.opened();
        case 'send':
          if (board !== undefined) return board.take(tab, word.message);
          if (opening !== undefined) board = this.#enter(tab, opening, word.message);
          return;
        case 'seen':
          return tab.seen(word.count);
        case 'close':
          return tab.gone();
      }
    };
    port.onmessage = ({ data }) => tab.over || hear(data as ToWorker);
  }

  /** By its first message, which is `authenticate`. */
  #enter(tab: Tab, { transport, url, path }: ToWorker & { type: 'open' }, first: Outgoing): Switchboard {
    const key = JSON.stringify([url, path, whoIs(first)]);
    const there = this.#boards.get(key);
    if (there !== undefined) {
      there.join(tab, first);
      return there;
    }
    const target: Target = { url: new URL(url), path, ambient: this.#world.ambient };
    const through = this.#world.transports.find(({ name }) => name === transport) as Transport;
    const board = new Switchboard(through, target, tab, first, () => this.#boards.delete(key));
    this.#boards.set(key, board);
    return board;
  }
}

/** The same for every token of one user. A token is not judged here: all tabs of an origin trust each other as it is. */
function whoIs({ data = {} }: Outgoing): unknown {
  const { token, userId, userName } = data;
  if (typeof token !== 'string') return [userId, userName];
  try {
    const claims = token.split('.')[1] as string;
    const { iss, sub } = JSON.parse(atob(claims.replace(/-/g, '+').replace(/_/g, '/'))) as { iss?: unknown; sub?: unknown };
    return [iss, sub];
  } catch {
    return token;
  }
}
