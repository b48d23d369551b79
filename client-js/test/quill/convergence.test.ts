// @vitest-environment jsdom
import { expect, onTestFailed, test } from 'vitest';
import { Delta } from '../../src/docs/index.js';
import { missingLines, shown } from '../../src/quill/lines.js';
import { seeded } from '../../src/testing/index.js';
import { Desk, insert } from '../docs/desk.js';
import { below, pick, randomChange, randomText } from '../docs/randomDeltas.js';
import { scale } from '../support/scale.js';
import { type Editor, editor, shownBy } from './editors.js';

const shows = { embed: (kind: string) => (kind === 'divider' ? ('block' as const) : ('inline' as const)) };
/** Formats of lines exclude each other in Quill, so they are left out here. */
const plain = ({ ops }: Delta): Delta => Delta.from(ops.map(({ insert }) => ({ insert: insert! })));

/** Three people with editors, and a program that knows nothing of Quill's newlines. */
class Table {
  readonly #random: () => number;
  readonly #desk = new Desk();
  #editors: readonly Editor[] = [];

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  async run(): Promise<void> {
    const documents = ['ann', 'bob', 'cid'].map((user) => this.#desk.open(user));
    await this.#desk.advance();
    this.#editors = documents.map((document) => editor(document));
    for (let step = 0; step < 30; step++) {
      pick(this.#random, this.#steps)();
      if (this.#random() < 0.5) await this.#desk.advance(this.#random() * 200);
      this.#desk.server.delayMs = this.#random() * 100;
    }
    await this.#desk.advance(2_000);
    this.#check();
    for (const { binding } of this.#editors) binding.destroy();
    this.#desk.close();
    document.body.replaceChildren();
  }

  readonly #steps: readonly (() => void)[] = [
    () => this.#type((quill, at) => quill.insertText(at, randomText(this.#random, 4), 'user')),
    () => this.#type((quill) => quill.insertText(quill.getLength() - 1, pick(this.#random, ['x', '\n', 'y\n']), 'user')),
    () => this.#type((quill, at, length) => quill.deleteText(at, length, 'user')),
    () => this.#type((quill, at, length) => quill.formatText(at, length, 'bold', this.#random() < 0.7, 'user')),
    () => this.#type((quill, at, length) => quill.formatLine(at, length, pick(this.#random, ['header', 'indent']), pick(this.#random, [1, 2]), 'user')),
    () => this.#type((quill, at) => quill.insertEmbed(at, 'divider', true, 'user')),
    () => this.#type((quill, at) => quill.insertEmbed(at, 'image', 'https://a.example/1.png', 'user')),
    () => this.#type((quill) => quill.history.undo()),
    () => this.#type((quill) => quill.history.redo()),
    () => this.#write(insert(pick(this.#random, ['z', '\n', 'end']), this.#desk.document.content.length)),
    () => this.#write(randomChange(this.#random, this.#desk.document.content, 2)),
  ];

  #type(run: (quill: Editor['quill'], at: number, length: number) => void): void {
    const { quill } = pick(this.#random, this.#editors);
    const text = shownBy({ quill } as Editor).text;
    const whole = (at: number) => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at);
    const at = whole(below(this.#random, text.length));
    run(quill, at, whole(Math.min(text.length, at + 1 + below(this.#random, 3))) - at || 1);
  }

  #write(change: Delta): void {
    this.#desk.server.write('plan', change, 'base');
  }

  #check(): void {
    const { content } = this.#desk.document;
    const wanted = plain(shown(content, shows).compose(missingLines(content, shows)));
    for (const one of this.#editors) {
      expect(one.document.content.ops).toEqual(content.ops);
      expect(plain(shownBy(one)).ops).toEqual(wanted.ops);
    }
  }
}

const { count, first } = scale(100, 10_000);

test(`all see the same, and what the document has: ${count} seeds`, { timeout: 3_600_000 }, async () => {
  let seed = first;
  onTestFailed(() => console.error(`PEAL_SEED=${seed} PEAL_SEEDS=1`));
  for (; seed < first + count; seed++) await new Table(seed).run();
});
