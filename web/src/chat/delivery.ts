import type { Kept, Room as ClientRoom } from '@peal/client';
import type { Entry } from './entries';
import type { RoomSurroundings } from './surroundings';

/**
 * A message of one's own that the server has not acknowledged. `waiting`: for a connection, its turn or the answer.
 * `held`: refused for now, goes again at `heldUntil` (milliseconds since 1970). `failed`: refused for good, with a reason.
 */
export interface Outgoing {
  readonly messageId: string;
  readonly text: string;
  readonly at: number;
  readonly state: 'waiting' | 'held' | 'failed';
  readonly heldUntil: number | undefined;
  readonly reason: string | undefined;
  /** The offset of a push that is very likely this message, before its acknowledgement says so. */
  readonly seenAs: number | undefined;
}

export const outgoingMax = 100;
const fresh = { state: 'waiting', heldUntil: undefined, reason: undefined, seenAs: undefined } as const;

/**
 * Own messages of one room on their way, as shown. The client brings each to the server; one that was refused for good
 * stays here until its writer tries again or discards it, or the page ends.
 */
export class Delivery {
  #items: readonly Outgoing[] = [];
  readonly #around: RoomSurroundings;
  readonly #room: ClientRoom;
  readonly #stored: (entry: Entry) => void;

  /** `stored` takes what was acknowledged; its push came before, unless an earlier connection had brought it. */
  constructor(around: RoomSurroundings, room: ClientRoom, stored: (entry: Entry) => void) {
    this.#around = around;
    this.#room = room;
    this.#stored = stored;
    this.adopted(room.pending);
    room.on('acknowledged', ({ messageId, offset }) => this.#acknowledged(messageId, offset));
    room.on('rejected', ({ messageId, refusal }) => this.#failed(messageId, refusal.message));
    room.on('held', ({ messageId, forMs }) => this.#held(messageId, forMs));
  }

  get items(): readonly Outgoing[] {
    return this.#items;
  }

  /** False when {@link outgoingMax} own messages wait already. */
  publish(text: string): boolean {
    if (this.#items.length >= outgoingMax) return false;
    this.#send({ messageId: this.#around.freshId(), text, at: Date.now(), ...fresh });
    return true;
  }

  /** Written on an earlier page or in another tab: they go before what was written here. When is not known any more. */
  adopted(left: readonly Kept[]): void {
    const unknown = left.filter(({ messageId }) => this.#find(messageId) === undefined);
    const items = unknown.map(({ messageId, message }) => ({ messageId, text: message, at: Date.now(), ...fresh }));
    this.#show([...items, ...this.#items]);
  }

  /** Behind all others, as it is written anew. */
  again(messageId: string): void {
    const item = this.#find(messageId);
    this.discard(messageId);
    if (item !== undefined) this.#send({ ...item, ...fresh });
  }

  discard(messageId: string): void {
    this.#show(this.#items.filter((item) => item.messageId !== messageId));
  }

  /**
   * An own entry was pushed. The push comes before the acknowledgement and does not name the message, so the
   * first one sent with that text is taken for it and no longer shown twice; the acknowledgement decides.
   */
  seen(text: string, offset: number): void {
    const sent = this.#room.pending.filter(({ tried }) => tried > 0).map(({ messageId }) => messageId);
    const match = this.#items.find((item) => item.text === text && item.seenAs === undefined && sent.includes(item.messageId));
    if (match !== undefined) this.#change(match.messageId, { seenAs: offset });
  }

  #send(item: Outgoing): void {
    this.#show([...this.#items, item]);
    void this.#room.publish(item.text, { messageId: item.messageId });
  }

  #acknowledged(messageId: string, offset: number): void {
    const item = this.#find(messageId);
    if (item === undefined) return;
    this.#stored({ offset, userId: this.#around.me(), userName: undefined, text: item.text, at: item.at });
    this.discard(messageId);
  }

  #failed(messageId: string, reason: string): void {
    this.#change(messageId, { ...fresh, state: 'failed', reason });
  }

  #held(messageId: string, forMs: number): void {
    const heldUntil = Date.now() + forMs;
    this.#change(messageId, { state: 'held', heldUntil });
    setTimeout(() => {
      if (this.#find(messageId)?.heldUntil === heldUntil) this.#change(messageId, { state: 'waiting', heldUntil: undefined });
    }, forMs);
  }

  #find(messageId: string): Outgoing | undefined {
    return this.#items.find((item) => item.messageId === messageId);
  }

  #change(messageId: string, change: Partial<Outgoing>): void {
    this.#show(this.#items.map((item) => (item.messageId === messageId ? { ...item, ...change } : item)));
  }

  #show(items: readonly Outgoing[]): void {
    this.#items = items;
    this.#around.touch();
  }
}
