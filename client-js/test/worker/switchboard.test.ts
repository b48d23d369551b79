import { expect, it } from 'vitest';
import type { Ambient } from '../../src/ambient.js';
import type { Incoming, Outgoing, Position } from '../../src/messages.js';
import type { Link, LinkEvents, Transport } from '../../src/transport.js';
import { Switchboard } from '../../src/worker/switchboard.js';
import { Tab } from '../../src/worker/tab.js';
import type { ToTab } from '../../src/worker/wire.js';
import { seeded } from '../support/random.js';

const cases = 300;
const steps = 120;

/** A room of a server as one connection sees it: one replay at a time, begun anew by each join; live behind it. */
class ModelServer implements Transport, Link {
  readonly name = 'websocket';
  readonly bufferedAmount = 0;
  newest = 0;
  #events!: LinkEvents;
  /** What was sent and not handed up yet. */
  readonly #onTheWay: Incoming[] = [];
  #replayed = 0;
  #member = false;
  #live = false;

  open(_: unknown, events: LinkEvents): Link {
    this.#events = events;
    return this;
  }

  start(): void {
    this.#events.open();
    this.arrive(Infinity);
  }

  close(): void {}

  send({ type, id, data = {} }: Outgoing): void {
    if (type === 'authenticate') this.#onTheWay.push({ type: 'authenticated', id: id!, data: {} });
    if (type === 'join_room') this.#join(id, data['since'] as Position | undefined);
    if (type === 'leave_room') {
      this.#member = false;
      this.#onTheWay.push({ type: 'ack', id: id!, data: { roomId: 'k' } });
    }
  }

  store(): void {
    this.newest++;
    if (this.#member && this.#live) this.#push(this.newest);
  }

  /** The replay goes on. */
  replay(): void {
    if (!this.#member || this.#live) return;
    if (this.#replayed < this.newest) this.#push(++this.#replayed);
    this.#live = this.#replayed === this.newest;
  }

  arrive(count: number): void {
    for (let left = count; left > 0 && this.#onTheWay.length > 0; left--) this.#events.message(this.#onTheWay.shift()!);
  }

  get quiet(): boolean {
    return this.#onTheWay.length === 0 && (this.#live || !this.#member);
  }

  #join(id: Outgoing['id'], since: Position | undefined): void {
    const recovered = since?.epoch === 'E';
    this.#member = true;
    this.#replayed = recovered ? since.offset : this.newest;
    this.#live = this.#replayed === this.newest;
    const data = { roomId: 'k', epoch: 'E', offset: this.newest, ...(since && { recovered }) };
    this.#onTheWay.push({ type: 'joined', id: id!, data });
  }

  #push(offset: number): void {
    this.#onTheWay.push({ type: 'message', offset, data: { roomId: 'k' } });
  }
}

/** A client in one tab, as far as a room goes: it ignores what it has, and finds a hole. */
class ModelClient {
  readonly tab: Tab;
  board: Switchboard | undefined;
  position: number | undefined;
  #asked: number | undefined;

  constructor() {
    this.tab = new Tab({ post: (word: ToTab) => word.type === 'message' && this.#hear(word.message), close: () => {} }, (tab) => this.board?.drop(tab));
  }

  join(since: Position | undefined): void {
    this.#asked = since?.epoch === 'E' ? since.offset : undefined;
    this.board?.take(this.tab, { type: 'join_room', id: 'j', data: { roomId: 'k', ...(since && { since }) } });
  }

  leave(): void {
    this.position = undefined;
    this.board?.take(this.tab, { type: 'leave_room', id: 'l', data: { roomId: 'k' } });
  }

  #hear({ type, offset, data }: Incoming): void {
    if (type === 'joined') {
      expect(data['recovered'] === true).toBe(this.#asked !== undefined);
      this.position = this.#asked ?? (data['offset'] as number);
    } else if (offset !== undefined && this.position !== undefined && offset > this.position) {
      expect(offset, 'the entry after the newest').toBe(this.position + 1);
      this.position = offset;
    }
  }
}

it('tabs that come, join, leave and go miss nothing of a room', () => {
  const random = seeded();
  for (let run = 0; run < cases; run++) oneRun(random);
});

function oneRun(random: () => number): void {
  const server = new ModelServer();
  const below = (limit: number) => Math.floor(random() * limit);
  const clients = Array.from({ length: 4 }, () => new ModelClient());
  const target = { url: new URL('http://peal.test'), path: '/chat', ambient: {} as Ambient };
  const board = new Switchboard(server, target, clients[0]!.tab, { type: 'authenticate', id: 'a' }, () => {});
  for (const client of clients) client.board = board;
  server.start();
  for (const client of clients.slice(1)) board.join(client.tab, { type: 'authenticate', id: 'a' });

  const inRoom = new Set<ModelClient>();
  const moves: readonly (() => void)[] = [
    () => server.store(),
    () => server.replay(),
    () => server.arrive(1 + below(3)),
    () => {
      const client = clients[below(clients.length)]!;
      if (inRoom.has(client) || client.tab.over) return;
      inRoom.add(client);
      const kind = below(4);
      client.join(kind === 0 ? undefined : { epoch: kind === 1 ? 'D' : 'E', offset: below(server.newest + 1) });
    },
    () => {
      const client = clients[below(clients.length)]!;
      if (client.position === undefined || !inRoom.delete(client)) return;
      client.leave();
    },
    () => {
      if (clients.length < 2 || below(10) > 0) return;
      const client = clients.splice(below(clients.length), 1)[0]!;
      inRoom.delete(client);
      client.tab.gone();
    },
  ];
  for (let step = 0; step < steps; step++) moves[below(moves.length)]!();
  for (let left = 10_000; left > 0 && !server.quiet; left--) {
    server.replay();
    server.arrive(1);
  }
  expect(server.quiet).toBe(true);
  for (const client of inRoom) if (!client.tab.over) expect(client.position).toBe(server.newest);
}
