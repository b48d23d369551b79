import { expect, onTestFailed, test } from 'vitest';
import { seeded } from '../../src/testing/index.js';
import { scale } from '../support/scale.js';
import { Desk } from './desk.js';
import { Ledger } from './ledger.js';
import { pick } from './randomDeltas.js';
import { Browser, type Tab } from './tabs.js';

interface Seat {
  readonly name: string;
  readonly user: string;
  readonly browser: Browser;
  tab: Tab;
}

/** Two people, one of them with two tabs, whose pages and connections end at any moment and come back. */
class Crashes {
  readonly #random: () => number;
  readonly #desk = new Desk();
  readonly #ledger = new Ledger();
  readonly #seats: Seat[];
  #tabs = 0;

  constructor(seed: number) {
    this.#random = seeded(seed);
    const [first, second] = [new Browser(this.#desk), new Browser(this.#desk)];
    const seats = [['ann', first], ['ann', first], ['bob', second]] as const;
    this.#seats = seats.map(([user, browser]) => this.#sit({ user, browser }));
  }

  async run(): Promise<void> {
    await this.#pass(2_000);
    for (let step = 0; step < 25; step++) {
      await pick(this.#random, this.#steps)(pick(this.#random, this.#seats));
      await this.#pass(this.#random() < 0.5 ? this.#random() * 20 : this.#random() ** 3 * 5_000);
    }
    this.#desk.server.away = false;
    this.#desk.server.delayMs = 0;
    await this.#pass(60_000);
    this.#check();
    this.#desk.close();
  }

  readonly #steps: readonly ((seat: Seat) => void | Promise<void>)[] = [
    ...Array.from({ length: 6 }, () => (seat: Seat) => this.#edit(seat)),
    () => this.#desk.server.drop(),
    () => this.#desk.server.halfOpen(),
    () => void (this.#desk.server.delayMs = this.#random() * 300),
    () => void (this.#desk.server.away = this.#random() < 0.5),
    (seat) => this.#crash(seat),
    (seat) => this.#crash(seat),
    (seat) => this.#close(seat),
  ];

  /** Each page writes under a name of its own. */
  #sit({ user, browser }: Pick<Seat, 'user' | 'browser'>): Seat {
    const name = `${user} ${this.#tabs++}`;
    const tab = browser.tab(user);
    tab.document.on('state', ({ saved, kept }) => (saved || kept) && this.#ledger.safe(name));
    return { name, user, browser, tab };
  }

  #edit({ name, tab: { document } }: Seat): void {
    for (let burst = 0; document.canEdit && burst <= this.#random() * 3; burst++) {
      document.edit(this.#ledger.change(name, document.content, this.#random));
    }
  }

  #crash(seat: Seat): void {
    seat.tab.crash();
    this.#ledger.doubt(seat.name);
    this.#again(seat);
  }

  /** What could neither be sent nor written says so. */
  async #close(seat: Seat): Promise<void> {
    let closed = false;
    void seat.tab.document.close().then(() => (closed = true));
    while (!closed) await this.#pass(1_000);
    const { saved, kept } = seat.tab.document.state;
    expect(saved || kept, 'closed with all edits on the disk').toBe(true);
    this.#again(seat);
  }

  #again(seat: Seat): void {
    Object.assign(seat, this.#sit(seat));
  }

  /** Time, in steps small enough for the disk, which answers in real time, to be faster than a timer. */
  async #pass(millis: number): Promise<void> {
    for (let left = millis; left > 0; left -= 200) {
      await this.#desk.advance(Math.min(left, 200));
      for (let turn = 0; turn < 4; turn++) await this.#desk.server.settle();
    }
  }

  #check(): void {
    const { content, operations } = this.#desk.document;
    for (const { name, tab } of this.#seats) {
      expect(tab.document.state, name).toMatchObject({ kind: 'live', saved: true });
      expect(tab.document.content.ops, name).toEqual(content.ops);
    }
    const sent = operations.map(({ clientId, seq }) => `${clientId} ${seq}`);
    expect(new Set(sent).size, 'each operation once').toBe(sent.length);
    expect(this.#ledger.wrong(content.text)).toBeUndefined();
  }
}

const { count, first } = scale(100, 10_000);

test(`pages that end at any moment lose nothing that was kept, and write nothing twice: ${count} seeds`, { timeout: 3_600_000 }, async () => {
  let seed = first;
  onTestFailed(() => console.error(`PEAL_SEED=${seed} PEAL_SEEDS=1`));
  for (; seed < first + count; seed++) await new Crashes(seed).run();
});
