import type { Incoming, Outgoing, Position } from '../messages.js';
import { FakeEditor } from './fakeEditor.js';
import type { FakeServer } from './fakeServer.js';
import type { FakeSocket } from './fakeSocket.js';

type Data = Readonly<Record<string, unknown>>;

const texts: Readonly<Record<string, string>> = {
  invalid_message: 'Invalid message format',
  unknown_type: 'Unknown message type',
  not_a_member: 'Not a member',
  message_id_reused: 'Message id reused with another payload',
  invalid_operation: 'Operation does not fit',
  revision_unknown: 'Unknown revision',
  revision_pruned: 'Revision is not kept any more',
  read_only: 'Read only',
};

/** The server's side of one connection. */
export class FakeConversation {
  userId: string | null | undefined;
  readonly rooms = new Set<unknown>();
  readonly editor: FakeEditor;
  #sessionId: string | undefined;
  readonly #server: FakeServer;
  readonly #socket: FakeSocket;
  readonly #handlers: Readonly<Record<string, (data: Data, message: Outgoing) => [string, Data?] | string | undefined>> = {
    authenticate: (data) => this.#authenticate(data),
    join_room: (data, { id }) => this.#join(data, id),
    leave_room: ({ roomId }) => (this.rooms.delete(roomId), ['ack', { roomId }]),
    message: (data, message) => this.#publish(data, message),
    chat: (data, message) => this.#publish(data, message),
    typing: (data) => this.#typing(data),
    presence: (data) => this.#presence(data),
    history: (data) => this.#history(data),
    search: (data) => this.#search(data),
    notifications: () => ['notifications', { entries: [], read: 0 }],
    read: () => ['ack', {}],
    ping: () => ['pong'],
  };

  constructor(server: FakeServer, socket: FakeSocket) {
    this.#server = server;
    this.#socket = socket;
    this.editor = new FakeEditor(server, this);
  }

  /** Whose message ids these are. */
  get sender(): unknown {
    return this.userId ?? this.#sessionId ?? this;
  }

  push(message: Incoming): void {
    this.#socket.push(JSON.stringify(message));
  }

  take(text: string): void {
    const message = JSON.parse(text) as Outgoing;
    this.#server.received.push(message);
    const { type, id, data = {} } = message;
    const said = this.#server.intercept(message);
    if (said) return this.push(said);
    if (this.userId === undefined && type !== 'authenticate') return this.#socket.end(1008, 'Not authenticated');
    const answer = this.#answer(message, data);
    if (typeof answer === 'string') this.#reply(id, 'error', { code: answer, message: texts[answer], retry: false });
    else if (answer && (id !== undefined || answer[0] !== 'ack')) this.#reply(id, ...answer);
  }

  #answer(message: Outgoing, data: Data): [string, Data?] | string | undefined {
    const handle = this.#handlers[message.type];
    if (handle) return handle(data, message);
    const edited = this.editor.take(message.type, data, message.id);
    return edited ? edited.answer : 'unknown_type';
  }

  #reply(id: Outgoing['id'], type: string, data?: Data): void {
    this.push({ type, ...(id !== undefined && { id }), ...(data && { data }) } as Incoming);
  }

  #authenticate({ token, userId = null, session, sessionId }: Data): [string, Data] | undefined {
    const user = typeof token === 'string' ? this.#server.userOf(token) : (userId as string | null);
    if (user === undefined) {
      this.#socket.end(1008, 'Invalid authentication');
      return undefined;
    }
    this.userId = user;
    const resumed = this.#server.sessions.get(sessionId as string) === user && sessionId !== undefined;
    const given = resumed ? (sessionId as string) : this.#server.fresh('session');
    if (session) this.#server.sessions.set((this.#sessionId = given), user);
    const who = { success: true, userId: user, userName: user };
    return ['authenticated', session === true ? { ...who, sessionId: given, resumed } : who];
  }

  /** `joined` comes before the replay. */
  #join({ roomId, since }: Data, id: Outgoing['id']): undefined {
    const room = this.#server.room(roomId as string);
    const from = since as Position | undefined;
    const reason = from && room.broken(from);
    const recovery = from && { recovered: reason === undefined, ...(reason && { reason, oldest: room.oldest }) };
    this.rooms.add(roomId);
    const { epoch, newest: offset } = room;
    if (id !== undefined) this.push({ type: 'joined', id, data: { roomId, epoch, offset, ...recovery, durability: 'memory' } });
    if (from && !reason) for (const entry of room.after(from.offset)) this.push(entry);
  }

  #publish({ roomId, message }: Data, { type, messageId }: Outgoing): [string, Data] | string {
    if (!this.rooms.has(roomId)) return 'not_a_member';
    const id = roomId as string;
    const now = this.#server.clock.now();
    const { userId } = this;
    const data =
      type === 'chat'
        ? { message, userId, timestamp: new Date(now).toISOString(), roomId }
        : { roomId, message, userId, userName: userId, timestamp: now };
    const stored = this.#server.store(id, type, data, messageId, this);
    if (stored === undefined) return 'message_id_reused';
    return ['ack', { roomId, epoch: this.#server.room(id).epoch, offset: typeof stored === 'number' ? stored : stored.offset }];
  }

  #typing({ roomId, typing }: Data): [string, Data] {
    const push = { type: 'typing', data: { roomId, userId: this.userId, userName: this.userId, typing } };
    for (const member of this.#server.members(roomId as string)) if (member !== this) member.push(push);
    return ['ack', { roomId }];
  }

  #presence({ roomId }: Data): [string, Data] {
    const users = new Map<unknown, number>();
    for (const { userId } of this.#server.members(roomId as string)) users.set(userId, (users.get(userId) ?? 0) + 1);
    const members = [...users].map(([userId, connections]) => ({ userId, userName: userId, connections }));
    return ['presence', { roomId, members, total: members.length }];
  }

  #history({ roomId, before = Infinity, after, limit = 50 }: Data): [string, Data] {
    const { epoch, entries, oldest, newest } = this.#server.room(roomId as string);
    const size = limit as number;
    const fitting = entries.filter(({ offset }) => offset > ((after as number) ?? 0) && offset < (before as number));
    const page = after === undefined ? fitting.slice(-size) : fitting.slice(0, size);
    return ['history', { roomId, epoch, entries: page, oldest, newest, more: page.length < fitting.length }];
  }

  #search({ roomId, query, before = Infinity, limit = 20 }: Data): [string, Data] {
    const found = this.#server
      .room(roomId as string)
      .entries.filter(({ offset, data }) => offset < (before as number) && String(data['message']).includes(query as string))
      .reverse();
    const results = found.slice(0, limit as number).map((entry) => ({ ...entry, highlights: [] }));
    return ['search_results', { roomId, results, ...(found.length > results.length && { next: results.at(-1)!.offset }) }];
  }
}
