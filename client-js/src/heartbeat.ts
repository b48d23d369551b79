import type { Ambient } from './ambient.js';

export const pingIntervalMillis = 30_000;
export const pongTimeoutMillis = 10_000;
const tickMillis = 5_000;

export interface Heartbeat {
  /** Something came: the connection lives. */
  heard(): void;
  /** Asks now; for moments at which a connection is often dead. */
  probe(): void;
  stop(): void;
}

/**
 * Notices a connection that is open but dead: browsers can neither send nor see protocol pings. A tick that comes far
 * too late means that the machine slept: then it asks at once, and what was due in the sleep is no verdict.
 */
export function heartbeat(ambient: Ambient, ping: () => void, dead: () => void): Heartbeat {
  let next: unknown;
  let tick: unknown;
  let heardAt = ambient.now();
  let asking = false;
  const stop = () => {
    ambient.clearTimeout(next);
    ambient.clearTimeout(tick);
  };
  const late = (since: number, millis: number) => ambient.now() - since > millis + tickMillis;
  const watch = () => {
    const began = ambient.now();
    ambient.clearTimeout(tick);
    tick = ambient.setTimeout(() => (late(began, tickMillis) ? probe() : watch()), tickMillis);
  };
  // Thousands of messages a second move no timer: it looks, when it fires, how long ago the newest came.
  const rest = (millis: number) => {
    asking = false;
    next = ambient.setTimeout(() => {
      const quiet = ambient.now() - heardAt;
      // Less than nothing: the clock jumped.
      if (quiet >= 0 && quiet < pingIntervalMillis) rest(pingIntervalMillis - quiet);
      else probe();
    }, millis);
  };
  const heard = () => {
    heardAt = ambient.now();
    if (!asking) return;
    ambient.clearTimeout(next);
    rest(pingIntervalMillis);
  };
  const probe = () => {
    const began = ambient.now();
    asking = true;
    ambient.clearTimeout(next);
    next = ambient.setTimeout(() => (late(began, pongTimeoutMillis) ? probe() : dead()), pongTimeoutMillis);
    watch();
    ping();
  };
  rest(pingIntervalMillis);
  watch();
  return { heard, probe, stop };
}
