import type { Incoming, Outgoing, Position } from '../messages.js';
import type { Link, LinkEnd, Target, Transport } from '../transport.js';
import { SharedRoom } from './sharedRoom.js';
import type { Tab } from './tab.js';

/** A message that waits for its reply. Without a tab it is the worker's own. */
interface Asked {
  readonly tab: Tab | undefined;
  readonly message: Outgoing;
  /** Where the entries of a join were asked to begin, which may be earlier than its tab wanted. */
  readonly since: Position | undefined;
}

/** Of two tabs in one document, one would leave it for both, and neither would see the other's cursor. */
const ownConnection = { type: 'error', data: { code: 'own_connection_needed', message: 'Documents need a connection of their own', retry: false } };
const joinAgain: LinkEnd = { code: 4001, reason: 'history lost', neverOpened: false };

/**
 * One connection, for all tabs in which the same user is signed in. Each tab's client speaks as if the connection were
 * its own: requests get ids of the switchboard's, replies go to who asked, pushes to who is in the room. A tab may hear
 * an entry again that another one asked for; clients ignore an offset that they have. When the connection ends, it ends
 * for all tabs, and they come back as clients do.
 */
export class Switchboard {
  readonly #link: Link;
  readonly #ended: () => void;
  readonly #tabs = new Set<Tab>();
  readonly #rooms = new Map<string, SharedRoom>();
  readonly #asked = new Map<number, Asked>();
  /** Tabs that came while the first one was signing in. */
  readonly #waiting: { readonly tab: Tab; readonly message: Outgoing }[] = [];
  #signedIn: Incoming | undefined;
  #count = 0;

  /**
   * @param first a tab's `authenticate`
   * @param ended called once, when the connection is no more
   */
  constructor(transport: Transport, target: Target, tab: Tab, first: Outgoing, ended: () => void) {
    this.#ended = ended;
    this.#tabs.add(tab);
    this.#link = transport.open(target, {
      open: () => this.#ask(tab, first),
      message: (message) => this.#hear(message),
      closed: (end) => this.#closed(end),
    });
  }

  /** Another tab's `authenticate`. Whose token is the same user's needs no answer of the server. */
  join(tab: Tab, message: Outgoing): void {
    this.#tabs.add(tab);
    if (this.#signedIn === undefined) this.#waiting.push({ tab, message });
    else this.#answer(tab, message, this.#signedIn);
  }

  take(tab: Tab, message: Outgoing): void {
    const roomId = message.data?.['roomId'] as string;
    if (message.type === 'join_room') this.#join(tab, message, roomId);
    else if (message.type === 'leave_room') this.#leave(tab, message, roomId);
    else if (message.type === 'join_document') this.#answer(tab, message, ownConnection);
    else this.#ask(tab, message);
  }

  /** A tab is gone. With the last one, the connection ends. */
  drop(tab: Tab): void {
    if (!this.#tabs.delete(tab)) return;
    if (this.#tabs.size === 0) {
      this.#link.close(1000);
      return this.#ended();
    }
    for (const [roomId, room] of this.#rooms) {
      if (room.tabs.has(tab)) this.#leave(tab, { type: 'leave_room', data: { roomId } }, roomId);
    }
  }

  #join(tab: Tab | undefined, message: Outgoing, roomId: string): void {
    const room = this.#rooms.get(roomId) ?? new SharedRoom();
    this.#rooms.set(roomId, room);
    room.inTurn(() => {
      if (tab?.over) return this.#refused(roomId, room);
      this.#ask(tab, message, room.sinceFor(message.data?.['since'] as Position | undefined));
    });
  }

  #leave(tab: Tab, message: Outgoing, roomId: string): void {
    const room = this.#rooms.get(roomId);
    room?.tabs.delete(tab);
    if (room !== undefined && !room.empty) return this.#answer(tab, message, { type: 'ack', data: { roomId } });
    this.#rooms.delete(roomId);
    this.#ask(tab, message);
  }

  #ask(tab: Tab | undefined, message: Outgoing, since?: Position): void {
    const id = ++this.#count;
    this.#asked.set(id, { tab, message, since });
    this.#link.send(since === undefined ? { ...message, id } : { ...message, id, data: { ...message.data, since } });
  }

  #hear(message: Incoming): void {
    const asked = this.#asked.get(message.id as number);
    if (asked === undefined) return this.#push(message);
    this.#asked.delete(message.id as number);
    this.#reply(asked, message);
  }

  #reply(asked: Asked, reply: Incoming): void {
    const { tab, message } = asked;
    if (message.type === 'authenticate' && this.#signedIn === undefined) this.#signIn(reply);
    if (message.type === 'join_room') return this.#joined(asked, reply);
    if (tab !== undefined) this.#answer(tab, message, reply);
    if (message.type === 'chat' && reply.type === 'ack') this.#showChat(message.data?.['roomId'] as string);
  }

  #signIn(reply: Incoming): void {
    if (reply.type === 'authenticated') this.#signedIn = reply;
    for (const { tab, message } of this.#waiting.splice(0)) this.#answer(tab, message, reply);
  }

  #joined({ tab, message, since }: Asked, reply: Incoming): void {
    const roomId = message.data?.['roomId'] as string;
    const room = this.#rooms.get(roomId);
    if (room === undefined) return;
    const others = [...room.tabs];
    const before = room.position;
    const joined = reply.type === 'joined';
    if (tab !== undefined && !tab.over) {
      if (joined) room.tabs.add(tab);
      this.#answer(tab, message, message.data?.['since'] === undefined ? withoutRecovery(reply) : reply);
    }
    if (!joined) return this.#refused(roomId, room);
    room.joined(reply, since);
    this.#leaveIfEmpty(roomId, room);
    if (reply.data['recovered'] !== true) this.#comeBack(room, others, before);
  }

  /** A join that replays nothing begins at the newest entry. Who was here before and does not have all up to there joins again. */
  #comeBack(room: SharedRoom, tabs: readonly Tab[], before: Position): void {
    const { epoch, offset } = room.position;
    if (before.epoch !== epoch || before.offset < offset) for (const tab of tabs) tab.close(joinAgain);
  }

  #refused(roomId: string, room: SharedRoom): void {
    room.refused();
    this.#leaveIfEmpty(roomId, room);
  }

  /** The tab that wanted to be in it may be gone by now. */
  #leaveIfEmpty(roomId: string, room: SharedRoom): void {
    if (!room.empty || !this.#rooms.delete(roomId)) return;
    this.#ask(undefined, { type: 'leave_room', data: { roomId } });
  }

  /** The server tells a chat to all connections but the sender's, which is the other tabs' too: they read it from the log. */
  #showChat(roomId: string): void {
    const room = this.#rooms.get(roomId);
    if (room !== undefined && room.tabs.size > 1) this.#join(undefined, { type: 'join_room', data: { roomId, since: room.position } }, roomId);
  }

  #push(message: Incoming): void {
    const roomId = message.data?.['roomId'] as string | undefined;
    const room = roomId === undefined ? undefined : this.#rooms.get(roomId);
    for (const tab of roomId === undefined ? this.#tabs : (room?.tabs ?? [])) tab.tell(message);
    if (message.offset !== undefined) room?.reached(message.offset);
  }

  #answer(tab: Tab, { id }: Outgoing, reply: Incoming): void {
    const { id: _, ...rest } = reply;
    tab.tell(id === undefined ? rest : { ...rest, id });
  }

  #closed(end: LinkEnd): void {
    this.#ended();
    const tabs = [...this.#tabs];
    this.#tabs.clear();
    for (const tab of tabs) tab.close(end);
  }
}

/** As the reply reads where no position was asked for. */
function withoutRecovery(reply: Incoming): Incoming {
  const { recovered: _, reason: __, oldest: ___, ...data } = reply.data;
  return { ...reply, data };
}
