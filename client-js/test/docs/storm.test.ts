import { expect, onTestFailed, test } from 'vitest';
import { Client } from '../../src/index.js';
import { Delta, type LiveDocument, openDocument } from '../../src/docs/index.js';
import { FakeServer, seeded } from '../../src/testing/index.js';
import { scale } from '../support/scale.js';
import { Ledger } from './ledger.js';
import { below, pick, randomChange } from './randomDeltas.js';

const users = ['ann', 'bob', 'cid', 'dan', 'eve'];

interface Weather {
  /** Characters with an identity, or any change and undo. */
  readonly letters: boolean;
  /** Whether the server's history is cut, so that clients begin anew. */
  readonly trims?: boolean;
  /** Whether the server loses everything. */
  readonly loses?: boolean;
}

/** Five people in one document, over connections that break in every way a test can think of. */
class Storm {
  readonly #random: () => number;
  readonly #server: FakeServer;
  readonly #clients: Client[];
  readonly #documents: LiveDocument[];
  readonly #shown: Delta[];
  readonly #ledger = new Ledger();
  readonly #weather: Weather;

  constructor(seed: number, weather: Weather) {
    this.#weather = weather;
    this.#random = seeded(seed);
    this.#server = new FakeServer(seed);
    this.#clients = users.map((user) => new Client('http://peal.test', this.#server.options({ token: user })).start());
    this.#documents = this.#clients.map((client) => openDocument(client, 'plan'));
    this.#shown = this.#documents.map(() => new Delta());
    this.#documents.forEach((document, index) => this.#follow(document, index));
  }

  async run(): Promise<void> {
    await this.#server.advance(1_000);
    for (let step = 0; step < 30; step++) {
      pick(this.#random, this.#steps)();
      await this.#server.advance(this.#random() ** 4 * 10_000);
    }
    this.#server.away = false;
    this.#server.delayMs = 0;
    await this.#server.advance(60_000);
    this.#check();
  }

  readonly #steps: readonly (() => void)[] = [
    ...Array.from({ length: 12 }, () => () => this.#edit()),
    () => this.#turn(),
    () => this.#server.drop(),
    () => this.#server.drop(4001, 'slow reader'),
    () => this.#server.halfOpen(),
    () => this.#server.restart({ downMs: this.#random() * 5_000, losesData: this.#weather.loses === true && this.#random() < 0.5 }),
    () => void (this.#server.delayMs = this.#random() * 1_500),
    () => void (this.#server.away = this.#random() < 0.3),
    () => this.#weather.trims && this.#server.document('plan').trim(below(this.#random, 3)),
    () => this.#refuseOnce(),
  ];

  #edit(): void {
    const index = below(this.#random, users.length);
    const document = this.#documents[index]!;
    if (!document.canEdit) return;
    for (let burst = 0; burst <= this.#random() * 3; burst++) {
      const { content } = document;
      document.edit(this.#weather.letters ? this.#ledger.change(users[index]!, content, this.#random) : randomChange(this.#random, content));
      document.setCursor({ index: below(this.#random, document.content.length + 1), length: 0 });
    }
  }

  #turn(): void {
    const document = pick(this.#random, this.#documents);
    if (this.#weather.letters) return;
    if (this.#random() < 0.6) document.undo();
    else document.redo();
  }

  /** Some operation is to come again later. */
  #refuseOnce(): void {
    this.#server.intercept = ({ type, id }) => {
      if (type !== 'operation') return undefined;
      this.#server.intercept = () => undefined;
      const data = { code: 'rate_limited', message: 'Rate limit exceeded', retry: true, retryAfterMs: 500 };
      return { type: 'error', id: id!, data };
    };
  }

  /** What an editor would show that hears of changes alone. */
  #follow(document: LiveDocument, index: number): void {
    const add = (delta: Delta) => (this.#shown[index] = this.#shown[index]!.compose(delta));
    document.on('change', ({ delta }) => add(delta));
    document.on('edited', add);
    document.on('content', (content) => (this.#shown[index] = content));
  }

  #check(): void {
    const server = this.#server.document('plan');
    const { content, operations } = server;
    for (const [index, document] of this.#documents.entries()) {
      expect(document.state, users[index]).toMatchObject({ kind: 'live', saved: true, pending: 0, revision: server.revision });
      expect(document.content.ops, `${users[index]} has what the server has`).toEqual(content.ops);
      expect(this.#shown[index]!.ops, `${users[index]} was told of every change`).toEqual(content.ops);
      for (const { range } of document.cursors.values()) expect(range.index + range.length).toBeLessThanOrEqual(content.length);
    }
    const sent = operations.map(({ clientId, seq }) => `${clientId} ${seq}`);
    expect(new Set(sent).size, 'each operation once').toBe(sent.length);
    if (this.#weather.letters) expect(this.#ledger.wrong(content.text)).toBeUndefined();
    for (const client of this.#clients) client.stop();
  }
}

test.each<{ what: string; share: number; weather: Weather }>([
  { what: 'every character once, unless somebody who saw it deleted it', share: 1, weather: { letters: true } },
  { what: 'also where the history is cut', share: 0.3, weather: { letters: true, trims: true } },
  { what: 'whatever is written, undone and done again', share: 0.5, weather: { letters: false, trims: true } },
  { what: 'where the server loses everything, all see the same again', share: 0.2, weather: { letters: false, loses: true } },
])('$what', { timeout: 3_600_000 }, async ({ share, weather }) => {
  const { count, first } = scale(500, 50_000);
  let seed = first;
  onTestFailed(() => console.error(`PEAL_SEED=${seed} PEAL_SEEDS=1`));
  for (; seed < first + Math.max(1, count * share); seed++) await new Storm(seed, weather).run();
});
