export const pingIntervalMillis = 30_000;
export const pongTimeoutMillis = 10_000;

/** Notices a connection that is open but dead: browsers can neither send nor see protocol pings (PROTOCOL 1.5). */
export class Heartbeat {
  readonly #ping: () => void;
  readonly #dead: () => void;
  #next: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(ping: () => void, dead: () => void) {
    this.#ping = ping;
    this.#dead = dead;
  }

  start(): void {
    this.stop();
    this.#next = setTimeout(() => this.probe(), pingIntervalMillis);
  }

  /** Any frame counts as life. */
  heard(): void {
    this.start();
  }

  /** Asks now; for moments at which a connection is often dead, such as waking from sleep. */
  probe(): void {
    this.stop();
    this.#deadline = setTimeout(() => this.#dead(), pongTimeoutMillis);
    this.#ping();
  }

  stop(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#deadline);
  }
}
