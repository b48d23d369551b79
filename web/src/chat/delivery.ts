import { Refusal } from '../connection/requests';
import { type Entry, numberOf } from '../wire/frames';
import { Outbox, type Outgoing } from './outbox';
import type { RoomSurroundings } from './surroundings';

const retryMillis = 2_000;

/** Brings own messages to the server, each until it is stored, refused for good, or discarded. */
export class Delivery {
  readonly outbox = new Outbox();
  readonly #room: RoomSurroundings;
  readonly #stored: (entry: Entry) => void;
  #ready = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `stored` takes what was acknowledged; its push came before, unless an earlier connection had brought it. */
  constructor(room: RoomSurroundings, stored: (entry: Entry) => void) {
    this.#room = room;
    this.#stored = stored;
  }

  /** The room is joined: what waits may go. */
  begin(): void {
    this.#ready = true;
    this.#pump();
  }

  pause(): void {
    this.#ready = false;
    clearTimeout(this.#timer);
  }

  /** False when too many own messages wait already. */
  publish(text: string): boolean {
    if (!this.outbox.add(this.#room.freshId(), text, Date.now())) return false;
    this.#pump();
    this.#room.touch();
    return true;
  }

  again(messageId: string): void {
    this.outbox.again(messageId);
    this.#pump();
    this.#room.touch();
  }

  discard(messageId: string): void {
    this.outbox.remove(messageId);
    this.#pump();
    this.#room.touch();
  }

  #pump(): void {
    if (!this.#ready) return;
    const next = this.outbox.take(Date.now());
    if (next !== undefined) void this.#send(next);
    else this.#pumpWhenHeld();
  }

  async #send({ messageId, text }: Outgoing): Promise<void> {
    try {
      const ack = await this.#room.request('message', { roomId: this.#room.roomId, message: text }, { messageId });
      this.#acknowledged(messageId, numberOf(ack.data, 'offset'));
    } catch (error) {
      this.#unacknowledged(messageId, error);
    }
    this.#pump();
    this.#room.touch();
  }

  #acknowledged(messageId: string, offset: number | undefined): void {
    const sent = this.outbox.acknowledged(messageId);
    if (sent === undefined || offset === undefined) return;
    this.#stored({ offset, userId: this.#room.me(), userName: undefined, text: sent.text, at: sent.at });
  }

  #unacknowledged(messageId: string, error: unknown): void {
    if (!(error instanceof Refusal)) this.outbox.unanswered(messageId);
    else if (error.retry) this.outbox.hold(messageId, Date.now() + (error.retryAfterMillis ?? retryMillis));
    else this.outbox.fail(messageId, error.message);
  }

  #pumpWhenHeld(): void {
    const held = this.outbox.items.find(({ state }) => state === 'held');
    if (held?.heldUntil === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#pump();
      this.#room.touch();
    }, held.heldUntil - Date.now());
  }
}
