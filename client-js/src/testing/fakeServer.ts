import type { Ambient } from '../ambient.js';
import type { ClientOptions } from '../client.js';
import type { Delta } from '../docs/delta.js';
import type { OperationPush } from '../docs/messages.js';
import type { Incoming, Outgoing, StoredPush } from '../messages.js';
import { websocket } from '../websocket.js';
import { FakeConversation } from './fakeConversation.js';
import { FakeDocument } from './fakeDocument.js';
import { pushOf } from './fakeEditor.js';
import { FakeRoom } from './fakeRoom.js';
import { FakeSocket, type SocketServer } from './fakeSocket.js';
import { seeded } from './random.js';
import { VirtualClock } from './virtualClock.js';

export interface RestartOptions {
  /** Told to each client before the end: when to come back. */
  readonly afterMs?: number;
  /** Until it accepts connections again; default at once. */
  readonly downMs?: number;
  /** Whether all entries are gone, as of a server that holds them in memory. */
  readonly losesData?: boolean;
}

/**
 * A server for tests, in the same process and in virtual time: rooms, positions, acknowledgements and sessions as
 * PROTOCOL.md has them, over WebSockets that break on command. `new Client('http://peal.test', server.options())`.
 */
export class FakeServer {
  readonly clock = new VirtualClock();
  /** Of everything that clients said, in order. */
  readonly received: Outgoing[] = [];
  /** Milliseconds that everything takes in each direction. */
  delayMs = 0;
  /** New connections fail, as those to a server that is away. */
  away = false;
  /** Answers in place of the server where it returns something: to refuse, or to say what no server says. */
  intercept: (message: Outgoing) => Incoming | undefined = () => undefined;
  /** Whose token it is; undefined: nobody's, which is 1008. */
  userOf: (token: string) => string | undefined = (token) => token;
  readonly #random: () => number;
  readonly #rooms = new Map<string, FakeRoom>();
  readonly #documents = new Map<string, FakeDocument>();
  readonly #conversations = new Map<FakeSocket, FakeConversation>();
  /** By session, the user it belongs to. */
  readonly sessions = new Map<string, string | null>();
  readonly #wakes = new Set<() => void>();
  #count = 0;

  constructor(seed = 1) {
    this.#random = seeded(seed);
  }

  /** What a client needs to be here. WebSocket alone carries, unless `more` says otherwise. */
  options<More extends ClientOptions>(more?: More): ClientOptions {
    return { ambient: this.ambient(), transports: [websocket], ...more };
  }

  /** The world of one client; `more` replaces parts of it. */
  ambient(more: Partial<Ambient> = {}): Ambient {
    const { clock } = this;
    const wires = this.#wires();
    return {
      now: () => clock.now(),
      setTimeout: (run, millis) => clock.setTimeout(run, millis),
      clearTimeout: (timer) => clock.clearTimeout(timer),
      random: this.#random,
      online: true,
      onWake: (wake) => {
        this.#wakes.add(wake);
        return () => this.#wakes.delete(wake);
      },
      WebSocket: class extends FakeSocket {
        constructor(url: string) {
          super(wires, url);
        }
      } as unknown as new (url: string) => WebSocket,
      ...more,
    };
  }

  advance(millis: number): Promise<void> {
    return this.clock.advance(millis);
  }

  settle(): Promise<void> {
    return this.clock.settle();
  }

  /** Connections that the server believes to be open. */
  get connections(): number {
    return this.#conversations.size;
  }

  /** The room's log, made where there is none. */
  room(id: string): FakeRoom {
    const room = this.#rooms.get(id) ?? new FakeRoom(id, this.fresh('E'));
    this.#rooms.set(id, room);
    return room;
  }

  /** The document's authority, made where there is none. */
  document(id: string): FakeDocument {
    const document = this.#documents.get(id) ?? new FakeDocument(id, this.fresh('E'));
    this.#documents.set(id, document);
    return document;
  }

  /** Somebody else changes a document, on its newest revision unless another one is named. */
  write(documentId: string, change: Delta, userId = 'bob', revision?: number): OperationPush {
    const document = this.document(documentId);
    const operation = { operation: change, revision: revision ?? document.revision };
    const push = document.take(operation, { userId, userName: userId }, this.clock.now());
    if (typeof push !== 'object') throw new Error(String(push));
    this.toDocument(documentId, pushOf(push));
    return push;
  }

  /** Somebody else says something. */
  say(roomId: string, message: string, userId = 'bob'): StoredPush {
    const data = { roomId, message, userId, userName: userId, timestamp: this.clock.now() };
    return this.store(roomId, 'message', data) as StoredPush;
  }

  /** Something that is not stored, to everybody in a room. */
  signal(push: Incoming): void {
    for (const conversation of this.#in(push.data['roomId'])) conversation.push(push);
  }

  /** To every connection, or those of one user. */
  tell(push: Incoming, userId?: string): void {
    for (const conversation of this.#conversations.values()) {
      if (userId === undefined || conversation.userId === userId) conversation.push(push);
    }
  }

  /** Says a text that may be no message to every connection. */
  raw(text: string): void {
    for (const socket of this.#conversations.keys()) socket.push(text);
  }

  /** All connections end: by a close of the server, or (without a code) by the network. */
  drop(code?: number, reason = ''): void {
    for (const socket of [...this.#conversations.keys()]) socket.end(code, reason);
  }

  /** From now on nothing passes on the connections that there are, in either direction, and nobody is told. */
  halfOpen(): void {
    for (const socket of this.#conversations.keys()) socket.halfOpen = true;
  }

  /** The server stops and comes back. Sessions end with it. */
  restart({ afterMs, downMs = 0, losesData = false }: RestartOptions = {}): void {
    if (afterMs !== undefined) this.tell({ type: 'reconnect', data: { afterMs } });
    this.drop(1012, 'restart');
    this.sessions.clear();
    this.away = downMs > 0;
    this.clock.setTimeout(() => (this.away = false), downMs);
    if (losesData) for (const log of [...this.#rooms.values(), ...this.#documents.values()]) log.lose(this.fresh('E'));
  }

  /** The page is looked at again, or the network is back. */
  wake(): void {
    for (const wake of [...this.#wakes]) wake();
  }

  /** @internal Undefined where the message id was used for something else; the offset where it is a repetition. */
  store(roomId: string, type: string, data: Readonly<Record<string, unknown>>, messageId?: string, from?: FakeConversation) {
    const stored = this.room(roomId).publish(type, data, from?.sender, messageId);
    if (typeof stored !== 'object') return stored;
    for (const conversation of this.#in(roomId)) if (type !== 'chat' || conversation !== from) conversation.push(stored);
    return stored;
  }

  /** @internal */
  members(roomId: string): readonly FakeConversation[] {
    return this.#in(roomId);
  }

  /** @internal */
  editors(documentId: string): readonly FakeConversation[] {
    return [...this.#conversations.values()].filter(({ editor }) => editor.open.has(documentId));
  }

  /** @internal */
  toDocument(documentId: string, push: Incoming): void {
    for (const conversation of this.editors(documentId)) conversation.push(push);
  }

  /** @internal A name of 22 characters that was not given before. */
  fresh(prefix: string): string {
    return `${prefix}${this.#count++}`.padEnd(22, '-');
  }

  #in(roomId: unknown): FakeConversation[] {
    return [...this.#conversations.values()].filter(({ rooms }) => rooms.has(roomId));
  }

  #gone(socket: FakeSocket): void {
    const conversation = this.#conversations.get(socket);
    this.#conversations.delete(socket);
    for (const documentId of conversation?.editor.open ?? []) conversation!.editor.leave(documentId);
  }

  #wires(): SocketServer {
    const last = new WeakMap<FakeSocket, number>();
    return {
      accept: (socket) => {
        if (!this.away) this.#conversations.set(socket, new FakeConversation(this, socket));
        return !this.away;
      },
      received: (socket, text) => this.#conversations.get(socket)?.take(text),
      gone: (socket) => this.#gone(socket),
      // In order, even where the delay became shorter meanwhile.
      carry: (socket, arrive) => {
        const at = Math.max(last.get(socket) ?? 0, this.clock.elapsed + this.delayMs);
        last.set(socket, at);
        this.clock.setTimeout(arrive, at - this.clock.elapsed);
      },
    };
  }
}
