import { type Ambient, ambient as real } from './ambient.js';
import { Connection, type State, type TokenProvider } from './connection.js';
import { Emitter } from './emitter.js';
import type { ClientMessages, Incoming, ServerMessages } from './messages.js';
import { fits } from './names.js';
import { indexedDbOutbox, type Kept, type OutboxStore } from './outbox.js';
import { polling } from './polling.js';
import { Refusal, type Reply, type Request } from './requests.js';
import { Room, type RoomOwner } from './room.js';
import { sse } from './sse.js';
import type { LinkEnd, Transport } from './transport.js';
import { websocket } from './websocket.js';

export interface ClientOptions {
  /** A token, or what gives one and is asked again before it ends. Absent: a server in `open` mode. */
  readonly token?: TokenProvider | string | null;
  /** Who one is, where the server believes it (`open` mode). */
  readonly userId?: string;
  readonly userName?: string;
  /** Whether a short absence goes unannounced to others. Default true. */
  readonly session?: boolean;
  /**
   * Makes the outbox durable (IndexedDB), under this name: the user's id, as nobody may send what another one wrote. Or a
   * store of the program's own. Absent: messages that are not sent yet live as long as the page.
   */
  readonly outbox?: string | OutboxStore;
  /** In the order of preference. Default: WebSocket, then Server-Sent Events, then long-polling; on the path `/docs`, whose documents nothing else carries, WebSocket. */
  readonly transports?: readonly Transport[];
  /** Of the WebSocket endpoint. Default `/chat`. */
  readonly path?: string;
  readonly ambient?: Ambient;
}

/** Whether unsent messages survive the page; `reason` where they were meant to and do not. */
export interface OutboxState {
  readonly durable: boolean;
  readonly reason?: string;
}

export interface ClientEvents {
  state: State;
  /** After each sign-in: who one is, by the server's word. */
  signed_in: ServerMessages['authenticated'];
  outbox: OutboxState;
  /** What an earlier page or another tab left unsent waits in the rooms here from now on, which are joined for it. */
  adopted: readonly Kept[];
  /** With an `offset`: one's own, once. Without: a broadcast. */
  notification: Incoming;
  notification_read: Incoming;
  /** Every push, before any other event of it; those of rooms may be repetitions. */
  push: Incoming;
}

export interface Diagnostics {
  readonly state: State;
  /** Attempts that failed since the connection was last stable. */
  readonly failures: number;
  readonly signIns: number;
  readonly lastEnd: LinkEnd | undefined;
  readonly outbox: OutboxState;
  /** Messages that are not acknowledged, of all rooms. */
  readonly pending: number;
  /** What the network has not taken yet. */
  readonly bufferedBytes: number;
}

/** What the package's other entry points build on. No program does: it changes without notice. */
export interface ClientPort {
  readonly ambient: Ambient;
  readonly url: URL;
  /** In `open` mode, who one says to be. */
  readonly userId: string | undefined;
  /** Another one than `refused`; null for nobody; undefined where none can be had now. */
  token(refused?: string): Promise<string | null | undefined>;
  freshId(): string;
}

/** Own messages that may wait at once, in all rooms. */
export const pendingMax = 1_000;
const notificationsMax = 1_000;

/** A client of one server as one user: comes back, resumes, loses no message and shows none twice. */
export class Client extends Emitter<ClientEvents> {
  /** @internal */
  readonly port: ClientPort;
  readonly #ambient: Ambient;
  readonly #connection: Connection;
  readonly #rooms = new Map<string, Room>();
  readonly #store: OutboxStore | undefined;
  readonly #owner: RoomOwner;
  #outbox: OutboxState = { durable: false };
  #outboxRead = false;
  #reading = Promise.resolve();
  #signIns = 0;
  #who: ServerMessages['authenticated'] | undefined;
  /** By offset, the notifications seen: offsets alone have no epoch, and begin anew where a server lost its data. */
  readonly #notified = new Map<number, string>();
  #ids = 0;

  /** @param url `http:` or `https:`; the server's own, as `location.origin` */
  constructor(url: string | URL, options: ClientOptions = {}) {
    super();
    const { token = null, userId, userName, session = true, outbox, path = '/chat', ambient = real } = options;
    const { transports = path === '/docs' ? [websocket] : [websocket, sse, polling] } = options;
    this.#ambient = ambient;
    this.#store = typeof outbox === 'string' ? indexedDbOutbox(outbox, this.#freshId(), ambient) : outbox;
    this.#owner = this.#roomOwner();
    this.#connection = new Connection(
      {
        url: new URL(url),
        path,
        token,
        user: { ...(userId && { userId }), ...(userName && { userName }) },
        session,
        transports,
        ambient,
      },
      {
        changed: (state) => this.#changed(state),
        live: (who) => this.#live(who),
        push: (message) => this.#push(message),
      },
    );
    this.port = {
      ambient,
      url: new URL(url),
      userId,
      token: (refused) => this.#connection.token(refused),
      freshId: () => this.#freshId(),
    };
  }

  get state(): State {
    return this.#connection.state;
  }

  /** Who one is, by the server's word; undefined until the first sign-in. */
  get who(): ServerMessages['authenticated'] | undefined {
    return this.#who;
  }

  get rooms(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  get diagnostics(): Diagnostics {
    const { state, attempt: failures, lastEnd, bufferedAmount: bufferedBytes } = this.#connection;
    const pending = this.rooms.reduce((sum, room) => sum + room.pending.length, 0);
    return { state, failures, signIns: this.#signIns, lastEnd, outbox: this.#outbox, pending, bufferedBytes };
  }

  /** Connects, and again after a {@link State} `stopped`; harmless otherwise. */
  start(): this {
    if (this.state.kind === 'idle') this.#readOutbox();
    this.#connection.start();
    return this;
  }

  /** Says goodbye. Rooms and messages stay for the next {@link start}. */
  stop(): void {
    this.#connection.stop();
    this.#store?.close();
  }

  /** The network is back, or somebody looks: the browser's own signs are seen without this. */
  wake(): void {
    this.#connection.wake();
  }

  /** The room, joined from now on, at once or when there is a connection. 1–128 of `a-z A-Z 0-9 - _`. */
  room(id: string): Room {
    const known = this.#rooms.get(id);
    if (known) return known;
    if (!fits('roomId', id)) throw new Refusal({ code: 'invalid_message', message: 'Invalid room id' });
    const room = new Room(id, this.#owner);
    this.#rooms.set(id, room);
    if (this.state.kind === 'live') room.connected();
    return room;
  }

  /** Any message of the protocol; rejects with a {@link Refusal} or a {@link NoReply}. */
  request<Type extends string>(type: Type, data: Request<Type>, messageId?: string): Promise<Reply<Type>> {
    return this.#connection.request(type, data, messageId);
  }

  /** One that wants no reply; false where there is no connection. */
  send(type: string, data: Readonly<Record<string, unknown>>): boolean {
    return this.#connection.send(type, data);
  }

  /** Stored notifications, page by page. */
  notifications(page: ClientMessages['notifications'] = {}): Promise<ServerMessages['notifications']> {
    return this.request('notifications', page);
  }

  /** Everything up to `offset` was read. */
  async markRead(offset: number): Promise<void> {
    await this.request('read', { offset });
  }

  #changed(state: State): void {
    if (state.kind !== 'live') for (const room of this.rooms) room.disconnected();
    this.emit('state', state);
  }

  #live(who: ServerMessages['authenticated']): void {
    this.#signIns++;
    this.#who = who;
    this.#readOutbox();
    for (const room of this.rooms) room.connected();
    this.emit('signed_in', who);
  }

  #push(message: Incoming): void {
    this.emit('push', message);
    const { type, data } = message;
    // The data of these is a program's own: a `roomId` in it means nothing.
    if (type === 'notification' || type === 'notification_read') this.#notify(type, message);
    else this.#rooms.get(data['roomId'] as string)?.received(message);
  }

  #notify(type: 'notification' | 'notification_read', message: Incoming): void {
    const { offset, data } = message;
    if (offset !== undefined) {
      const text = JSON.stringify([type, data]);
      if (this.#notified.get(offset) === text) return;
      this.#notified.set(offset, text);
      if (this.#notified.size > notificationsMax) this.#notified.delete(this.#notified.keys().next().value!);
    }
    this.emit(type, message);
  }

  /** One after the other, as what is found first goes first. */
  #readOutbox(): void {
    this.#reading = this.#reading.then(() => this.#read());
  }

  async #read(): Promise<void> {
    try {
      await this.#store?.open((left) => this.#adopt(left));
      this.#say({ durable: this.#store !== undefined });
    } catch (error) {
      this.#say({ durable: false, reason: String(error) });
    }
    this.#outboxRead = true;
    for (const room of this.rooms) room.deliver();
  }

  #adopt(left: readonly Kept[]): void {
    const ids = new Set(left.map(({ roomId }) => roomId));
    for (const id of ids) this.room(id).adopt(left.filter(({ roomId }) => roomId === id));
    if (left.length > 0) this.emit('adopted', left);
  }

  #say(outbox: OutboxState): void {
    if (outbox.durable === this.#outbox.durable && outbox.reason === this.#outbox.reason) return;
    this.#outbox = outbox;
    this.emit('outbox', outbox);
  }

  #roomOwner(): RoomOwner {
    const outboxRead = () => this.#outboxRead;
    const lost = (error: unknown) => this.#say({ durable: false, reason: String(error) });
    return {
      ambient: this.#ambient,
      get outboxRead() {
        return outboxRead();
      },
      request: (type, data, messageId) => this.request(type, data, messageId),
      send: (type, data) => this.send(type, data),
      keep: (kept) => {
        if (this.diagnostics.pending >= pendingMax) return full();
        this.#store?.add(kept).then(() => this.#say({ durable: true }), lost);
        return undefined;
      },
      forget: (messageId) => void this.#store?.remove(messageId).catch(lost),
      freshId: () => this.#freshId(),
      left: (room) => void this.#rooms.delete(room.id),
    };
  }

  /** Rises with time, which a log's index likes: the time, a count, and chance against all others. */
  #freshId(): string {
    const chance = () => this.#ambient.random().toString(36).slice(2, 10);
    return `${this.#ambient.now().toString(36)}-${(this.#ids++).toString(36).padStart(3, '0')}-${chance()}${chance()}`;
  }
}

function full(): Refusal {
  return new Refusal({ code: 'outbox_full', message: 'Too many messages wait', retry: true });
}
