import type { Ambient } from './ambient.js';
import type { Transport } from './transport.js';

const key = 'peal.transport';
/** Then the best one is tried again: a network may have changed, and a fallback found by accident must not stay. */
export const rememberedMillis = 3_600_000;

export interface Choice {
  /** The one to try now. */
  current(): Transport;
  worked(): void;
  /** It never opened. True: another one can be tried at once. */
  failed(): boolean;
}

/**
 * Which transport to try. One that worked gets a second chance before the next one is asked, as then it is likelier that
 * the server is away than that the network changed its mind. When all failed, the first one's turn comes after the back-off.
 */
export function choiceOf(transports: readonly Transport[], ambient: Ambient): Choice {
  let [index, since] = remembered();
  let patience = 1;
  let tried = 0;

  function remembered(): [number, number] {
    try {
      const [name, at] = ambient.storage?.getItem(key)?.split(' ') ?? [];
      const found = transports.findIndex((transport) => transport.name === name);
      if (found > 0) return [found, Number(at)];
    } catch {
      // Blocked: nothing was learnt.
    }
    return [0, 0];
  }

  return {
    current() {
      const age = ambient.now() - since;
      if (index > 0 && tried === 0 && !(age >= 0 && age <= rememberedMillis)) [index, patience] = [0, 1];
      return transports[index]!;
    },
    worked() {
      patience = 2;
      tried = 0;
      if (index === 0) since = 0;
      // Not moved on by each success: else the best one's turn would never come again.
      else if (!(ambient.now() - since < rememberedMillis)) since = ambient.now();
      try {
        ambient.storage?.setItem(key, `${transports[index]!.name} ${since}`);
      } catch {
        // Blocked or full: the next page load learns for itself.
      }
    },
    failed() {
      if (--patience > 0) return false;
      index = (index + 1) % transports.length;
      return ++tried % transports.length > 0;
    },
  };
}
