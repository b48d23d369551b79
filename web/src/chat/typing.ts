export const typingExpiresMillis = 6_000;
export const typingRepeatMillis = 3_000;
export const typingIdleMillis = 4_000;

/** Who is typing; each one is forgotten if nothing more is heard, because a last word can get lost. */
export class Typists {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get userIds(): readonly string[] {
    return [...this.#timers.keys()];
  }

  heard(userId: string, typing: boolean): void {
    clearTimeout(this.#timers.get(userId));
    if (typing) this.#timers.set(userId, setTimeout(() => this.heard(userId, false), typingExpiresMillis));
    else if (!this.#timers.delete(userId)) return;
    this.#changed();
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#changed();
  }
}

/** Says that one is typing: at once, then at most every {@link typingRepeatMillis}, and when it stopped. */
export class TypingSignal {
  readonly #send: (typing: boolean) => void;
  #saidAt = -Infinity;
  #typing = false;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (typing: boolean) => void) {
    this.#send = send;
  }

  typed(now: number): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stopped(), typingIdleMillis);
    if (this.#typing && now - this.#saidAt < typingRepeatMillis) return;
    this.#typing = true;
    this.#saidAt = now;
    this.#send(true);
  }

  stopped(): void {
    clearTimeout(this.#idle);
    if (!this.#typing) return;
    this.#typing = false;
    this.#send(false);
  }
}
