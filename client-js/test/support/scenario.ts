import { expect } from 'vitest';
import { Client } from '../../src/client.js';
import type { Incoming, Outgoing } from '../../src/messages.js';
import type { Kept, OutboxStore } from '../../src/outbox.js';
import type { Room } from '../../src/room.js';
import { FakeServer } from '../../src/testing/index.js';
import type { LinkEvents, Transport } from '../../src/transport.js';

interface When {
  readonly start?: true;
  readonly stop?: true;
  readonly reload?: true;
  readonly join?: string;
  readonly leave?: string;
  readonly publish?: { readonly room: string; readonly message: string; readonly as: string };
  readonly token?: string;
  readonly linkOpens?: true;
  readonly linkEnds?: { readonly code: number; readonly reason: string };
  readonly receives?: Incoming;
  readonly passesMs?: number;
}

export interface Step {
  readonly when: When;
  readonly opens?: true;
  readonly closes?: number | true;
  readonly sends?: readonly object[];
  readonly reports?: readonly object[];
  readonly state?: string;
  readonly retryInMs?: number;
}

export interface Scenario {
  readonly name: string;
  readonly token?: string;
  readonly outbox?: 'durable';
  readonly steps: readonly Step[];
}

/** An outbox that outlives its client. */
export class MemoryOutbox implements OutboxStore {
  readonly #kept = new Map<string, Kept>();

  async open(adopt: (left: readonly Kept[]) => void): Promise<void> {
    adopt([...this.#kept.values()]);
  }

  async add(kept: Kept): Promise<void> {
    this.#kept.set(kept.messageId, kept);
  }

  async remove(messageId: string): Promise<void> {
    this.#kept.delete(messageId);
  }

  close(): void {}
}

/** Runs a scenario of client-scenarios.json; its README says what the steps mean. */
export class ScenarioRun {
  readonly #server = new FakeServer();
  readonly #outbox = new MemoryOutbox();
  readonly #scenario: Scenario;
  readonly #names = new Map<string, unknown>();
  readonly #rooms = new Map<string, Room>();
  #token: string | undefined;
  #client: Client;
  #links: LinkEvents[] = [];
  #opens = 0;
  #closes: number[] = [];
  #sends: Outgoing[] = [];
  #reports: object[] = [];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#token = scenario.token;
    this.#client = this.#begin();
  }

  async step({ when, opens, closes, sends = [], reports = [], state, retryInMs }: Step): Promise<void> {
    this.#opens = 0;
    this.#closes = [];
    this.#sends = [];
    this.#reports = [];
    await this.#happens(when);
    await this.#server.settle();
    expect(this.#opens, 'opens').toBe(opens ? 1 : 0);
    expect(this.#closes.length, 'closes').toBe(closes === undefined ? 0 : 1);
    if (typeof closes === 'number') expect(this.#closes).toEqual([closes]);
    expect(this.#sends.length, JSON.stringify(this.#sends)).toBe(sends.length);
    sends.forEach((wanted, index) => expect(this.#named(wanted, this.#sends[index]!)).toEqual(bare(this.#resolved(wanted))));
    expect(this.#reports, 'reports').toEqual(reports);
    if (state !== undefined) expect(this.#client.state.kind).toBe(state);
    if (retryInMs !== undefined) expect(this.#client.state).toMatchObject({ retryInMs });
  }

  #begin(): Client {
    const transport: Transport = {
      name: 'websocket',
      open: (_, events) => {
        this.#opens++;
        this.#links.push(events);
        return {
          send: (message) => void this.#sends.push(message),
          close: (code = 1000) => {
            if (!this.#links.includes(events)) return;
            this.#links = this.#links.filter((each) => each !== events);
            this.#closes.push(code);
          },
          bufferedAmount: 0,
        };
      },
    };
    const ambient = this.#server.ambient({ random: () => 0.5 });
    const token = this.#token === undefined ? null : () => this.#token!;
    return new Client('http://peal.test', { ambient, token, transports: [transport], ...(this.#scenario.outbox && { outbox: this.#outbox }) });
  }

  async #happens(when: When): Promise<void> {
    const link = this.#links.at(-1);
    if (when.start) this.#client.start();
    if (when.stop) this.#client.stop();
    if (when.reload) {
      this.#links = [];
      this.#client = this.#begin().start();
    }
    if (when.join !== undefined) this.#join(when.join);
    if (when.leave !== undefined) this.#rooms.get(when.leave)!.leave();
    if (when.publish) this.#publish(when.publish);
    if (when.token !== undefined) this.#token = when.token;
    if (when.linkOpens) link!.open();
    if (when.linkEnds && link) {
      this.#links = this.#links.filter((each) => each !== link);
      link.closed({ ...when.linkEnds, neverOpened: false });
    }
    if (when.receives) link!.message({ ...{ data: {} }, ...(this.#resolved(when.receives) as Incoming) });
    if (when.passesMs !== undefined) await this.#server.advance(when.passesMs);
  }

  #join(id: string): void {
    const room = this.#client.room(id);
    const report = (what: object) => this.#reports.push(what);
    this.#rooms.set(id, room);
    room.on('joined', ({ recovered, reason, oldest }) =>
      report(bare({ joined: id, recovered, reason, oldest })),
    );
    room.on('refused', ({ code }) => report({ roomRefused: id, code }));
    room.on('entry', ({ type, offset, data }) => report({ entry: { room: id, type, offset, message: data['message'] } }));
    for (const type of ['typing', 'user_joined', 'user_left', 'presence_count'] as const) {
      room.on(type, () => report({ signal: { type, room: id } }));
    }
    room.on('held', ({ messageId, forMs }) => report({ held: messageId, forMs }));
  }

  #publish({ room, message, as }: { room: string; message: string; as: string }): void {
    this.#rooms
      .get(room)!
      .publish(message, { messageId: as })
      .then(
        ({ offset }) => this.#reports.push({ acknowledged: as, offset }),
        ({ code }) => this.#reports.push({ refused: as, code }),
      );
  }

  /** What was sent, as far as the vector names it; what the client chose is learnt. */
  #named(wanted: object, sent: Outgoing): object {
    const { id, ...rest } = sent;
    for (const key of ['id', 'messageId'] as const) {
      const name = (wanted as Outgoing)[key];
      if (typeof name === 'string' && name.startsWith('$') && !this.#names.has(name)) this.#names.set(name, sent[key]);
    }
    return bare('id' in wanted ? { id, ...rest } : rest);
  }

  #resolved(value: object): object {
    return JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'string' && each.startsWith('$') ? (this.#names.get(each) ?? each) : each));
  }
}

/** Without what is null or absent, and without empty data. */
function bare(value: object): object {
  const known = Object.entries(JSON.parse(JSON.stringify(value))).filter(([, each]) => each !== null);
  return Object.fromEntries(known.filter(([key, each]) => key !== 'data' || Object.keys(each as object).length > 0));
}
