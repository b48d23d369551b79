/**
 * A message of one's own that the server has not acknowledged.
 * `waiting`: for its turn or a connection. `sending`: on its way. `held`: refused for now, goes again at
 * `heldUntil` (milliseconds since 1970). `failed`: refused for good, with a reason to show.
 */
export interface Outgoing {
  readonly messageId: string;
  readonly text: string;
  readonly at: number;
  readonly state: 'waiting' | 'sending' | 'held' | 'failed';
  readonly heldUntil: number | undefined;
  readonly reason: string | undefined;
  /** The server may have it: it was sent at least once. */
  readonly tried: boolean;
  /** The offset of a push that is very likely this message, before its acknowledgement says so. */
  readonly seenAs: number | undefined;
}

export const outgoingMax = 100;

/**
 * Own messages of one room in the order written. One is on its way at a time, so that a refused one is not
 * overtaken. Sending again is harmless: a `messageId` is stored once (PROTOCOL 2.3).
 */
export class Outbox {
  #items: readonly Outgoing[] = [];

  get items(): readonly Outgoing[] {
    return this.#items;
  }

  /** False when {@link outgoingMax} messages wait already. */
  add(messageId: string, text: string, at: number): boolean {
    if (this.#items.length >= outgoingMax) return false;
    const fresh = { state: 'waiting', heldUntil: undefined, reason: undefined, tried: false, seenAs: undefined } as const;
    this.#items = [...this.#items, { messageId, text, at, ...fresh }];
    return true;
  }

  /** The message to send now, marked as on its way; undefined if one is on its way or must wait. */
  take(now: number): Outgoing | undefined {
    const head = this.#items.find((item) => item.state !== 'failed');
    if (head === undefined || head.state === 'sending') return undefined;
    if (head.state === 'held' && (head.heldUntil ?? 0) > now) return undefined;
    return this.#change(head.messageId, { state: 'sending', heldUntil: undefined, tried: true });
  }

  acknowledged(messageId: string): Outgoing | undefined {
    const found = this.#items.find((item) => item.messageId === messageId);
    this.remove(messageId);
    return found;
  }

  hold(messageId: string, until: number): void {
    this.#change(messageId, { state: 'held', heldUntil: until });
  }

  fail(messageId: string, reason: string): void {
    this.#change(messageId, { state: 'failed', reason, seenAs: undefined });
  }

  /** The connection ended: nobody knows whether it was stored. It goes again. */
  unanswered(messageId: string): void {
    this.#change(messageId, { state: 'waiting' });
  }

  /** Tries a failed one again, in its old place. */
  again(messageId: string): void {
    this.#change(messageId, { state: 'waiting', reason: undefined });
  }

  remove(messageId: string): void {
    this.#items = this.#items.filter((item) => item.messageId !== messageId);
  }

  /**
   * An own entry was pushed. The push comes before the acknowledgement and does not name the message, so the
   * first one sent with that text is taken for it and no longer shown twice; the acknowledgement decides.
   */
  seen(text: string, offset: number): void {
    const match = this.#items.find((item) => item.tried && item.seenAs === undefined && item.text === text && item.state !== 'failed');
    if (match !== undefined) this.#change(match.messageId, { seenAs: offset });
  }

  #change(messageId: string, change: Partial<Outgoing>): Outgoing | undefined {
    let changed: Outgoing | undefined;
    this.#items = this.#items.map((item) => {
      if (item.messageId !== messageId) return item;
      changed = { ...item, ...change };
      return changed;
    });
    return changed;
  }
}
