/** What the client takes from the world around it, so that a test can bring its own (`@peal/client/testing`). */
export interface Ambient {
  /** Milliseconds since 1970. May jump: nothing but the noticing of a sleep depends on it. */
  now(): number;
  setTimeout(run: () => void, millis: number): unknown;
  clearTimeout(timer: unknown): void;
  /** In [0, 1). */
  random(): number;
  readonly WebSocket?: new (url: string) => WebSocket;
  readonly fetch?: typeof fetch;
  readonly EventSource?: typeof EventSource;
}

/** The real one, looked up at each use, as a page may replace parts of it. */
export const ambient: Ambient = {
  now: () => Date.now(),
  setTimeout: (run, millis) => setTimeout(run, millis),
  clearTimeout: (timer) => clearTimeout(timer as number),
  random: () => Math.random(),
  get WebSocket() {
    return globalThis.WebSocket;
  },
  get fetch() {
    return globalThis.fetch?.bind(globalThis);
  },
  get EventSource() {
    return globalThis.EventSource;
  },
};
