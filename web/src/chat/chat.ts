import { batch, signal } from '@preact/signals';
import { Connection, type ConnectionState, type ConnectionWorld, identityOf } from '../connection/connection';
import type { Session } from '../session/session';
import { type Entry, type Frame, type Position, textOf } from '../wire/frames';
import { type JoinedRooms, roomsMax } from './joinedRooms';
import { Notifications } from './notifications';
import { Room } from './room';
import type { Surroundings } from './surroundings';

export interface ChatParts {
  readonly session: Session;
  readonly rooms: JoinedRooms;
  readonly world: ConnectionWorld;
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
  readonly #connection: Connection;
  readonly #names = new Map<string, string>();
  readonly #around: Surroundings;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.#around = this.#surroundings();
    this.notifications = new Notifications(this.#around);
    this.rooms.value = parts.rooms.read().map(({ id, read }) => new Room(id, read, this.#around));
    this.#connection = new Connection(
      {
        credentials: () => this.#credentials(),
        renew: () => parts.session.renew(),
        changed: (state) => this.#changed(state),
        live: (data) => this.#live(data),
        received: (frame) => this.#received(frame),
      },
      parts.world,
    );
    parts.session.onRenewed = () => void this.#connection.reauthenticate();
  }

  get me(): string {
    return this.#parts.session.credentials.value?.userId ?? '';
  }

  start(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#parts.session.onRenewed = () => {};
    this.#connection.stop();
  }

  wake(): void {
    this.#connection.wake();
  }

  /** Tries again after the server ended the connection for good. */
  restart(): void {
    this.#connection.start();
  }

  nameOf(userId: string): string {
    return this.#names.get(userId) ?? (userId === '' ? 'Someone' : userId);
  }

  /** Shows a room, joining it first if need be; false if there are {@link roomsMax} already. */
  show(roomId: string): boolean {
    const known = this.rooms.value.find((room) => room.id === roomId);
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
        const room = this.rooms.value.find((each) => each.id === id) ?? this.#enter(id, read);
        if (read !== undefined) room.reading.elsewhere(read);
      }
      const left = this.rooms.value.filter((room) => room !== this.active.value && !kept.some(({ id }) => id === room.id));
      for (const room of left) room.leave();
      this.rooms.value = this.rooms.value.filter((room) => !left.includes(room));
    });
  }

  #join(roomId: string): Room {
    const room = this.#enter(roomId, undefined);
    this.#remember();
    return room;
  }

  #enter(roomId: string, read: Position | undefined): Room {
    const room = new Room(roomId, read, this.#around);
    this.rooms.value = [...this.rooms.value, room];
    if (this.state.value.kind === 'live') void room.connected();
    return room;
  }

  #credentials(): Readonly<Record<string, unknown>> {
    const now = this.#parts.session.credentials.value;
    if (now?.token !== undefined) return { token: now.token };
    return { userId: now?.userId, userName: now?.userName };
  }

  #changed(state: ConnectionState): void {
    const wasLive = this.state.value.kind === 'live';
    batch(() => {
      this.state.value = state;
      if (wasLive && state.kind !== 'live') this.#disconnected();
    });
    if (state.kind === 'signedOut') this.#parts.session.signOut(state.reason);
  }

  #disconnected(): void {
    this.notifications.disconnected();
    for (const room of this.rooms.value) room.disconnected();
  }

  #live(data: Frame['data']): void {
    const { userId, userName } = identityOf(data);
    this.#parts.session.identified(userId, userName);
    const { credentials } = this.#parts.session;
    this.#learnName(this.me, credentials.value?.userName);
    for (const room of this.#activeFirst()) void room.connected();
    void this.notifications.connected();
  }

  #activeFirst(): readonly Room[] {
    const active = this.active.value;
    const others = this.rooms.value.filter((room) => room !== active);
    return active === undefined ? others : [active, ...others];
  }

  #received(frame: Frame): void {
    if (frame.type === 'token_expiring') return void this.#parts.session.renewNow();
    if (isForUser(frame)) return this.notifications.received(frame);
    const roomId = textOf(frame.data, 'roomId');
    const room = this.rooms.value.find((each) => each.id === roomId);
    if (room !== undefined) batch(() => room.received(frame));
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
      send: (type, data) => this.#connection.send(type, data),
      request: (type, data, extra) => this.#connection.request(type, data, extra),
      live: () => this.#connection.state.kind === 'live',
      me: () => this.me,
      freshId: this.#parts.freshId,
      learnName: (userId, userName) => this.#learnName(userId, userName),
      arrived: (roomId, entry) => this.onArrival(roomId, entry),
      readChanged: () => this.#remember(),
    };
  }
}

/** Its data is free, so that a `roomId` in it means nothing. */
function isForUser({ type }: Frame): boolean {
  return type === 'notification' || type === 'notification_read';
}
