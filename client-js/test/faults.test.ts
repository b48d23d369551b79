import { expect, onTestFailed, test } from 'vitest';
import { Client } from '../src/client.js';
import type { Acknowledgement } from '../src/delivery.js';
import { FakeServer, seeded } from '../src/testing/index.js';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

const nightly = process.env['PEAL_NIGHTLY'] === 'true';
const seeds = Number(process.env['PEAL_SEEDS'] ?? (nightly ? 10_000 : 200));
const firstSeed = Number(process.env['PEAL_SEED'] ?? Date.now() % 2 ** 31);
const rooms = ['lobby', 'den'];
const users = ['ann', 'bob'];

interface Seen {
  readonly from: number;
  readonly offsets: number[];
}

/** Two users in two rooms, over connections that break in every way a test can think of. */
class Storm {
  readonly #random: () => number;
  readonly #server: FakeServer;
  readonly #clients: Client[];
  readonly #said = new Map<string, string[]>();
  readonly #acknowledged: Promise<Acknowledgement>[] = [];
  readonly #seen = new Map<string, Seen>();
  #count = 0;

  constructor(seed: number) {
    this.#random = seeded(seed);
    this.#server = new FakeServer(seed);
    this.#clients = users.map((user) => new Client('http://peal.test', this.#server.options({ token: user })).start());
    this.#clients.forEach((client, index) => rooms.forEach((room) => this.#follow(client, users[index]!, room)));
  }

  async run(): Promise<void> {
    await this.#server.advance(5_000);
    for (let step = 0; step < 60; step++) {
      this.#faults[Math.floor(this.#random() * this.#faults.length)]!();
      await this.#server.advance(this.#random() ** 3 * 20_000);
    }
    this.#server.away = false;
    this.#server.delayMs = 0;
    await this.#server.advance(180_000);
    await this.#check();
  }

  readonly #faults: readonly (() => void)[] = [
    () => this.#publish(),
    () => this.#publish(),
    () => this.#publish(),
    () => this.#publish(),
    () => void this.#server.say(this.#room(), 'from elsewhere', 'eve'),
    () => this.#server.drop(),
    () => this.#server.drop(1011, 'internal error'),
    () => this.#server.drop(4001, 'slow reader'),
    () => this.#server.halfOpen(),
    () => this.#server.restart({ afterMs: this.#random() * 3_000, downMs: this.#random() * 5_000 }),
    () => void (this.#server.delayMs = this.#random() * 2_000),
    () => void (this.#server.away = this.#random() < 0.3),
    () => this.#server.wake(),
    () => this.#server.clock.sleep(this.#random() * 600_000),
    () => this.#server.clock.jump((this.#random() - 0.5) * 7_200_000),
  ];

  #room(): string {
    return rooms[Math.floor(this.#random() * rooms.length)]!;
  }

  #publish(): void {
    const index = Math.floor(this.#random() * users.length);
    const room = this.#room();
    for (let burst = 0; burst <= this.#random() * 3; burst++) {
      const text = `m${this.#count++}`;
      const key = `${users[index]} ${room}`;
      this.#said.set(key, [...(this.#said.get(key) ?? []), text]);
      this.#acknowledged.push(this.#clients[index]!.room(room).publish(text));
    }
  }

  #follow(client: Client, user: string, id: string): void {
    const room = client.room(id);
    room.on('joined', ({ offset, recovered }) => {
      const key = `${user} ${id}`;
      expect(recovered, 'nothing was trimmed').toBe(this.#seen.has(key) ? true : undefined);
      if (!this.#seen.has(key)) this.#seen.set(key, { from: offset, offsets: [] });
    });
    room.on('entry', ({ offset }) => this.#seen.get(`${user} ${id}`)!.offsets.push(offset));
  }

  async #check(): Promise<void> {
    for (const [key, texts] of this.#said) {
      const [user, id] = key.split(' ');
      const stored = this.#server.room(id!).entries.filter(({ data }) => data['userId'] === user);
      expect(stored.map(({ data }) => data['message']), `${key}: stored once, in order`).toEqual(texts);
    }
    for (const [key, { from, offsets }] of this.#seen) {
      const { newest } = this.#server.room(key.split(' ')[1]!);
      expect(offsets, `${key}: seen once, in order`).toEqual(Array.from({ length: newest - from }, (_, index) => from + index + 1));
    }
    const acknowledged = await Promise.all(this.#acknowledged);
    expect(new Set(acknowledged.map(({ roomId, offset }) => `${roomId} ${offset}`)).size).toBe(this.#count);
    for (const client of this.#clients) {
      expect(client.diagnostics).toMatchObject({ state: { kind: 'live' }, pending: 0 });
      client.stop();
    }
  }
}

test(`nothing lost, nothing doubled, order kept: ${seeds} seeds`, { timeout: 3_600_000 }, async () => {
  let seed = firstSeed;
  onTestFailed(() => console.error(`PEAL_SEED=${seed} PEAL_SEEDS=1`));
  for (; seed < firstSeed + seeds; seed++) await new Storm(seed).run();
});
