import type { Ambient } from './ambient.js';
import { backoff } from './backoff.js';
import { type Acknowledgement, Delivery, type Pending } from './delivery.js';
import { Emitter } from './emitter.js';
import type { ClientMessages, Incoming, Position, ServerMessages, StoredPush } from './messages.js';
import { fits } from './names.js';
import type { Kept } from './outbox.js';
import { Refusal, type Reply, type Request } from './requests.js';

type Push<Type extends keyof ServerMessages> = Incoming & { readonly type: Type; readonly data: ServerMessages[Type] };
type Entry<Type extends keyof ServerMessages> = Push<Type> & { readonly offset: number };

/** What a room tells. Whatever the server pushes comes under its own type as well, known here or not. */
export interface RoomEvents {
  /** In the room, again after each reconnect. `recovered` false: the history broke off, and goes on behind `offset`. */
  joined: ServerMessages['joined'];
  /** Not in the room, for good as far as this connection goes. */
  refused: Refusal;
  /** Every stored entry, once and in order, of whatever type. */
  entry: StoredPush;
  message: Entry<'message'>;
  chat: Entry<'chat'>;
  typing: Push<'typing'>;
  user_joined: Push<'user_joined'>;
  user_left: Push<'user_left'>;
  presence_count: Push<'presence_count'>;
  /** How a publish ended, also of one that an earlier page left behind. */
  acknowledged: Acknowledgement;
  rejected: { readonly messageId: string; readonly refusal: Refusal };
  /** The server wants a publish to wait. */
  held: { readonly messageId: string; readonly forMs: number };
  [push: string]: unknown;
}

/** Told by the client alone: a push of such a type is only an `entry`, or nothing. */
const ownTypes = ['joined', 'refused', 'entry', 'acknowledged', 'rejected', 'held'];

export interface RoomOwner {
  readonly ambient: Ambient;
  request<Type extends string>(type: Type, data: Request<Type>, messageId?: string): Promise<Reply<Type>>;
  send(type: string, data: Readonly<Record<string, unknown>>): boolean;
  /** What is published from here on goes behind what an earlier program left. */
  readonly outboxRead: boolean;
  /** Refuses what is too much. */
  keep(kept: Kept): Refusal | undefined;
  forget(messageId: string): void;
  freshId(): string;
  left(room: Room): void;
}

export interface PublishOptions {
  readonly type?: 'message' | 'chat';
  /** 1–64 characters, unlike all others of this user in this room; one is made where it is absent. */
  readonly messageId?: string;
}

/** One room, across connections. */
export class Room extends Emitter<RoomEvents> {
  readonly id: string;
  /** The newest entry up to which this client has everything; undefined until joined. */
  position: Position | undefined;
  state: 'joining' | 'joined' | 'refused' | 'left' = 'joining';
  readonly #owner: RoomOwner;
  readonly #delivery: Delivery;
  /** What came in one piece with the answer to the join, which Node hands on before anybody could look at that. */
  readonly #early: Incoming[] = [];
  #refusal: Refusal | undefined;
  #timer: unknown;
  #attempt = 0;
  /** Connections come and go: an answer of an earlier one is none. */
  #turn = 0;

  /** @internal */
  constructor(id: string, owner: RoomOwner) {
    super();
    this.id = id;
    this.#owner = owner;
    this.#delivery = new Delivery({
      ambient: owner.ambient,
      publish: ({ type, message, messageId }) => owner.request(type, { roomId: id, message }, messageId),
      acknowledged: (acknowledgement) => this.#acknowledged(acknowledgement),
      refused: (kept, refusal) => this.#rejected(kept, refusal),
      held: ({ messageId }, forMs) => this.emit('held', { messageId, forMs }),
    });
  }

  /** Own messages that are not acknowledged, in order. */
  get pending(): readonly Pending[] {
    return this.#delivery.pending;
  }

  /**
   * Says something to everyone in the room: 1–1,000 code points. Ends when it is stored, however long that takes and
   * however many connections; rejects with a {@link Refusal} where it never will be.
   */
  publish(message: string, options: PublishOptions = {}): Promise<Acknowledgement> {
    const { type = 'message', messageId = this.#owner.freshId() } = options;
    const kept: Kept = { messageId, roomId: this.id, type, message };
    const fitting = fits('message', message) && fits('messageId', messageId);
    return this.#delivery.publish(kept, fitting ? (this.#refusal ?? this.#owner.keep(kept)) : invalid());
  }

  /** Tells the others, if they can be told now. */
  typing(typing: boolean): void {
    this.#owner.send('typing', { roomId: this.id, typing });
  }

  presence(page: Omit<ClientMessages['presence'], 'roomId'> = {}): Promise<ServerMessages['presence']> {
    return this.#owner.request('presence', { roomId: this.id, ...page });
  }

  history(page: Omit<ClientMessages['history'], 'roomId'> = {}): Promise<ServerMessages['history']> {
    return this.#owner.request('history', { roomId: this.id, ...page });
  }

  search(query: string, page: Omit<ClientMessages['search'], 'roomId' | 'query'> = {}): Promise<ServerMessages['search_results']> {
    if (!fits('query', query)) return Promise.reject(invalid());
    return this.#owner.request('search', { roomId: this.id, query, ...page });
  }

  /** For good: what is not acknowledged yet is rejected. */
  leave(): void {
    this.disconnected();
    this.state = 'left';
    this.#refusal = new Refusal({ code: 'not_a_member', message: 'Not a member' });
    this.#delivery.refuseAll(this.#refusal);
    this.#owner.send('leave_room', { roomId: this.id });
    this.#owner.left(this);
  }

  /** @internal */
  adopt(left: readonly Kept[]): void {
    this.#delivery.adopt(left);
  }

  /** @internal Signed in: joins, behind what is known. */
  connected(): void {
    const turn = ++this.#turn;
    const since = this.position;
    this.#refusal = undefined;
    this.state = 'joining';
    this.#owner.request('join_room', { roomId: this.id, ...(since && { since }) }).then(
      (joined) => turn === this.#turn && this.#joined(joined),
      (error) => turn === this.#turn && this.#notJoined(error),
    );
  }

  /** @internal */
  disconnected(): void {
    this.#turn++;
    this.#early.length = 0;
    this.#owner.ambient.clearTimeout(this.#timer);
    if (this.state === 'joined') this.state = 'joining';
    this.#delivery.pause();
  }

  /** @internal The outbox was read. */
  deliver(): void {
    if (this.state === 'joined' && this.#owner.outboxRead) this.#delivery.begin();
  }

  /** @internal */
  received(push: Incoming): void {
    if (this.state === 'joining') return void this.#early.push(push);
    const { type, offset } = push;
    if (offset !== undefined) {
      if (this.state !== 'joined' || offset <= (this.position?.offset ?? 0)) return;
      this.#reached(offset);
      this.emit('entry', push as StoredPush);
    }
    if (!ownTypes.includes(type)) this.emit(type, push);
  }

  #joined(joined: ServerMessages['joined']): void {
    const { epoch, offset, recovered } = joined;
    if (!recovered || this.position?.epoch !== epoch) this.position = { epoch, offset };
    this.#attempt = 0;
    this.state = 'joined';
    this.emit('joined', joined);
    for (const push of this.#early.splice(0)) this.received(push);
    this.deliver();
  }

  #notJoined(error: unknown): void {
    const { ambient } = this.#owner;
    if (error instanceof Refusal && !error.retry) {
      this.state = 'refused';
      this.#refusal = error;
      this.emit('refused', error);
      return this.#delivery.refuseAll(error);
    }
    const asked = error instanceof Refusal ? error.retryAfterMs : undefined;
    this.#timer = ambient.setTimeout(() => this.connected(), asked ?? backoff(this.#attempt++, ambient.random()));
  }

  #acknowledged(acknowledgement: Acknowledgement): void {
    const { messageId, epoch, offset } = acknowledgement;
    this.#owner.forget(messageId);
    if (epoch === this.position?.epoch && offset > this.position.offset) this.#reached(offset);
    this.emit('acknowledged', acknowledgement);
  }

  #rejected({ messageId }: Kept, refusal: Refusal): void {
    this.#owner.forget(messageId);
    this.emit('rejected', { messageId, refusal });
  }

  #reached(offset: number): void {
    this.position = { epoch: this.position?.epoch ?? '', offset };
  }
}

function invalid(): Refusal {
  return new Refusal({ code: 'invalid_message', message: 'Invalid message format' });
}
