import { batch, signal } from '@preact/signals';
import type { Client, ClientOptions, Incoming, Kept, Position, ServerMessages, State } from '@peal/client';
import type { Session } from '../session/session';
import { type ConnectionState, shown } from '../session/connectionState';
import type { Entry } from './entries';
import { type JoinedRooms, roomsMax } from './joinedRooms';
import { Notifications } from './notifications';
import type { ReadMark } from './readMark';
import { Room } from './room';
import type { Surroundings } from './surroundings';

export interface ChatParts {
  readonly session: Session;
  readonly rooms: JoinedRooms;
  readonly readMark: ReadMark;
  readonly connect: (options: ClientOptions) => Client;
  readonly freshId: () => string;
}

/** The visitor's rooms on one connection. Lives from signing in to signing out. */
export class Chat {
  readonly state = signal<ConnectionState>({ kind: 'idle' });
  readonly rooms = signal<readonly Room[]>([]);
  readonly active = signal<Room | undefined>(undefined);
  /** Grows when a name became known. */
  readonly names = signal(0);
  /** Told of each new entry of someone else. */
  onArrival: (roomId: string, entry: Entry) => void = () => {};
  readonly notifications: Notifications;
  readonly #parts: ChatParts;
  readonly #client: Client;
  readonly #names = new Map<string, string>();
  readonly #around: Surroundings;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.#client = clientFor(parts);
    this.#around = this.#surroundings();
    this.notifications = new Notifications(this.#around, parts.readMark);
    this.rooms.value = parts.rooms.read().map(({ id, read }) => new Room(id, read, this.#around));
    this.#client.on('state', (state) => this.#changed(state));
    this.#client.on('signed_in', (who) => this.#signedIn(who));
    this.#client.on('push', (push) => this.#pushed(push));
    this.#client.on('adopted', (left) => this.#adopted(left));
  }

  get me(): string {
    return this.#parts.session.credentials.value?.userId ?? '';
  }

  /** Connects, without waiting for its time, and again after the server ended the connection for good. */
  start(): void {
    this.#client.start();
  }

  /** Signed out. What waits to be sent is kept for someone who can come back as the same user, and for nobody else. */
  stop(): void {
    if (!this.#parts.session.mayReturn) for (const room of this.#client.rooms) room.leave();
    this.#client.stop();
  }

  nameOf(userId: string): string {
    return this.#names.get(userId) ?? (userId === '' ? 'Someone' : userId);
  }

  /** Shows a room, joining it first if need be; false if there are {@link roomsMax} already. */
  show(roomId: string): boolean {
    const known = this.#find(roomId);
    if (known === undefined && this.rooms.value.length >= roomsMax) return false;
    const room = known ?? this.#join(roomId);
    if (room === this.active.value) return true;
    batch(() => {
      this.active.value?.closed();
      this.active.value = room;
      room.opened();
    });
    return true;
  }

  leave(room: Room): void {
    room.leave();
    batch(() => {
      this.rooms.value = this.rooms.value.filter((each) => each !== room);
      if (this.active.value === room) this.active.value = undefined;
    });
    this.#remember();
  }

  /** Another tab joined, left or read: the same here. The open room stays open. */
  changedElsewhere(): void {
    const kept = this.#parts.rooms.read();
    batch(() => {
      for (const { id, read } of kept) {
        const room = this.#find(id) ?? this.#enter(id, read);
        if (read !== undefined) room.reading.elsewhere(read);
      }
      const left = this.rooms.value.filter((room) => room !== this.active.value && !kept.some(({ id }) => id === room.id));
      for (const room of left) room.leave();
      this.rooms.value = this.rooms.value.filter((room) => !left.includes(room));
    });
  }

  #find(roomId: string): Room | undefined {
    return this.rooms.value.find((room) => room.id === roomId);
  }

  #join(roomId: string): Room {
    const room = this.#enter(roomId, undefined);
    this.#remember();
    return room;
  }

  #enter(roomId: string, read: Position | undefined): Room {
    const room = new Room(roomId, read, this.#around);
    this.rooms.value = [...this.rooms.value, room];
    return room;
  }

  #changed(state: State): void {
    const wasLive = this.state.value.kind === 'live';
    batch(() => {
      this.state.value = shown(state, Date.now());
      if (wasLive && state.kind !== 'live') this.#disconnected();
    });
    if (state.kind === 'stopped' && state.why === 'token') this.#parts.session.signOut('Your session has ended. Please sign in again.');
  }

  #disconnected(): void {
    this.notifications.disconnected();
    for (const room of this.rooms.value) room.disconnected();
  }

  #signedIn({ userId, userName }: ServerMessages['authenticated']): void {
    const { session } = this.#parts;
    session.identified(userId ?? undefined, userName ?? undefined);
    this.#learnName(this.me, session.credentials.value?.userName);
    void this.notifications.connected();
  }

  #pushed(push: Incoming): void {
    // Repetitions too: after a reconnect they say what is still unread.
    if (push.type === 'notification' || push.type === 'notification_read') this.notifications.received(push);
  }

  /** What an earlier page left is shown where it belongs, also in a room that is in no list here. */
  #adopted(left: readonly Kept[]): void {
    for (const roomId of new Set(left.map((kept) => kept.roomId))) {
      const room = this.#find(roomId) ?? this.#join(roomId);
      room.delivery.adopted(left.filter((kept) => kept.roomId === roomId));
    }
  }

  #learnName(userId: string, userName: string | undefined): void {
    if (userName === undefined || userName === '' || this.#names.get(userId) === userName) return;
    this.#names.set(userId, userName);
    this.names.value++;
  }

  #remember(): void {
    this.#parts.rooms.write(this.rooms.value.map(({ id, reading }) => ({ id, read: reading.read })));
  }

  #surroundings(): Surroundings {
    return {
      request: (type, data, messageId) => this.#client.request(type, data, messageId),
      room: (roomId) => this.#client.room(roomId),
      me: () => this.me,
      freshId: this.#parts.freshId,
      learnName: (userId, userName) => this.#learnName(userId, userName),
      arrived: (roomId, entry) => this.onArrival(roomId, entry),
      readChanged: () => this.#remember(),
    };
  }
}

/** Whose token it is may not be known yet: then what waits is durable from the next page load on. */
function clientFor({ session, connect }: ChatParts): Client {
  const { userId = '', userName = '', token } = session.credentials.peek() ?? {};
  return connect({
    token: (stale) => session.token(stale),
    ...(token === undefined && { userId, userName }),
    ...(userId !== '' && { outbox: userId }),
  });
}
