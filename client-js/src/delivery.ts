import type { Ambient } from './ambient.js';
import { backoff } from './backoff.js';
import type { ServerMessages } from './messages.js';
import type { Kept } from './outbox.js';
import { Refusal } from './requests.js';

/** Where a message is stored. */
export interface Acknowledgement {
  readonly roomId: string;
  readonly messageId: string;
  readonly epoch: string;
  readonly offset: number;
}

/** A message that waits. `heldMs`: refused for now, it goes again so many milliseconds after that. */
export interface Pending extends Kept {
  readonly tried: number;
  readonly heldMs: number | undefined;
}

type Waiting = { -readonly [Key in keyof Pending]: Pending[Key] } & {
  readonly resolve?: (acknowledgement: Acknowledgement) => void;
  readonly reject?: (refusal: Refusal) => void;
};

export interface DeliveryOwner {
  readonly ambient: Ambient;
  publish(kept: Kept): Promise<ServerMessages['ack']>;
  acknowledged(acknowledgement: Acknowledgement): void;
  refused(kept: Kept, refusal: Refusal): void;
  held(kept: Kept, forMs: number): void;
}

/**
 * Brings the messages of one room to the server, each until it is stored or refused for good. One is on its way at a
 * time, so that a refused one is not overtaken; sending again is harmless, as a message id is stored once.
 */
export class Delivery {
  readonly #owner: DeliveryOwner;
  readonly #queue: Waiting[] = [];
  #ready = false;
  #busy = false;

  constructor(owner: DeliveryOwner) {
    this.#owner = owner;
  }

  get pending(): readonly Pending[] {
    return this.#queue;
  }

  publish(kept: Kept, refusal?: Refusal): Promise<Acknowledgement> {
    const done = new Promise<Acknowledgement>((resolve, reject) => {
      const waiting = { ...kept, tried: 0, heldMs: undefined, resolve, reject };
      if (refusal) this.#refuse(waiting, refusal);
      else this.#queue.push(waiting);
    });
    // Its end is told by an event too, so nobody has to look at the promise.
    done.catch(() => {});
    this.#send();
    return done;
  }

  /** What an earlier program left goes before what this one wrote while that was read. */
  adopt(left: readonly Kept[]): void {
    const fresh = left.filter(({ messageId }) => !this.#queue.some((each) => each.messageId === messageId));
    const tried = this.#queue.filter((each) => each.tried > 0).length;
    this.#queue.splice(tried, 0, ...fresh.map((kept) => ({ ...kept, tried: 0, heldMs: undefined })));
    this.#send();
  }

  begin(): void {
    this.#ready = true;
    this.#send();
  }

  pause(): void {
    this.#ready = false;
  }

  refuseAll(refusal: Refusal): void {
    for (const waiting of [...this.#queue]) this.#refuse(waiting, refusal);
  }

  #send(): void {
    const [head] = this.#queue;
    if (!head || !this.#ready || this.#busy || head.heldMs !== undefined) return;
    this.#busy = true;
    head.tried++;
    this.#owner.publish(head).then(
      (ack) => this.#answered(head, () => this.#acknowledged(head, ack)),
      (error) => this.#answered(head, () => error instanceof Refusal && this.#unacknowledged(head, error)),
    );
  }

  #answered(head: Waiting, then: () => void): void {
    this.#busy = false;
    if (this.#queue.includes(head)) then();
    this.#send();
  }

  #acknowledged(head: Waiting, { epoch = '', offset = 0 }: ServerMessages['ack']): void {
    const { messageId, roomId, resolve } = head;
    const acknowledgement = { roomId, messageId, epoch, offset };
    this.#remove(head);
    this.#owner.acknowledged(acknowledgement);
    resolve?.(acknowledgement);
  }

  #unacknowledged(head: Waiting, refusal: Refusal): void {
    if (!refusal.retry) return this.#refuse(head, refusal);
    const { ambient } = this.#owner;
    const forMs = refusal.retryAfterMs ?? backoff(head.tried - 1, ambient.random());
    head.heldMs = forMs;
    ambient.setTimeout(() => {
      head.heldMs = undefined;
      this.#send();
    }, forMs);
    this.#owner.held(head, forMs);
  }

  #refuse(waiting: Waiting, refusal: Refusal): void {
    this.#remove(waiting);
    this.#owner.refused(waiting, refusal);
    waiting.reject?.(refusal);
  }

  #remove(waiting: Waiting): void {
    const index = this.#queue.indexOf(waiting);
    if (index >= 0) this.#queue.splice(index, 1);
  }
}
