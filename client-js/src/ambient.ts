/** What the client takes from the world around it, so that a test can bring its own (`@peal/client/testing`). */
export interface Ambient {
  /** Milliseconds since 1970. May jump: a jump costs one probe, nothing else. */
  now(): number;
  setTimeout(run: () => void, millis: number): unknown;
  clearTimeout(timer: unknown): void;
  /** In [0, 1). */
  random(): number;
  /** False where the machine knows that it has no network. */
  readonly online: boolean;
  /** Calls `wake` when the page was asleep, hidden or without a network and is so no longer. Returns what ends that. */
  onWake(wake: () => void): () => void;
  readonly WebSocket?: new (url: string) => WebSocket;
  readonly fetch?: typeof fetch;
  readonly EventSource?: typeof EventSource;
  readonly indexedDB?: IDBFactory | undefined;
  readonly locks?: LockManager | undefined;
  /** For what one page load teaches the next. May throw. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem'> | undefined;
}

/** The longest that a timer takes; what is longer fires then. */
const timerMillisMax = 2_147_483_647;

/** The real one, looked up at each use, as a page may replace parts of it. */
export const ambient: Ambient = {
  now: () => Date.now(),
  setTimeout: (run, millis) => setTimeout(run, Math.min(millis, timerMillisMax)),
  clearTimeout: (timer) => clearTimeout(timer as number),
  random: () => Math.random(),
  get online() {
    return globalThis.navigator?.onLine !== false;
  },
  onWake(wake) {
    const page = globalThis.document;
    const woken = () => page?.visibilityState === 'hidden' || wake();
    const sources: [EventTarget | undefined, string][] = [
      [globalThis.window, 'online'],
      [globalThis.window, 'pageshow'],
      [page, 'visibilitychange'],
      [page, 'resume'],
    ];
    for (const [source, event] of sources) source?.addEventListener(event, woken);
    return () => {
      for (const [source, event] of sources) source?.removeEventListener(event, woken);
    };
  },
  get WebSocket() {
    return globalThis.WebSocket;
  },
  get fetch() {
    return globalThis.fetch?.bind(globalThis);
  },
  get EventSource() {
    return globalThis.EventSource;
  },
  get indexedDB() {
    return globalThis.indexedDB;
  },
  get locks() {
    return globalThis.navigator?.locks;
  },
  get storage() {
    return globalThis.localStorage;
  },
};
