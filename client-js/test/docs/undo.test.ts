import { describe, expect, test } from 'vitest';
import { Delta } from '../../src/docs/index.js';
import { groupMillis, UndoStack, undoMax } from '../../src/docs/undo.js';
import { seeded } from '../../src/testing/index.js';
import { scale } from '../support/scale.js';
import { Ledger } from './ledger.js';
import { randomChange, randomDocument } from './randomDeltas.js';

/** A document with one user's undo. */
class Desk {
  content = new Delta();
  now = 0;
  readonly stack = new UndoStack();

  edit(change: Delta, elapsed = groupMillis): void {
    this.now += elapsed;
    this.stack.edited(change, this.content, this.now);
    this.content = this.content.compose(change);
  }

  others(change: Delta): void {
    this.stack.passed(change);
    this.content = this.content.compose(change);
  }

  turn(which: 'undo' | 'redo'): boolean {
    const change = this.stack[which](this.content);
    if (change) this.content = this.content.compose(change);
    return change !== undefined;
  }

  all(which: 'undo' | 'redo'): void {
    while (this.turn(which));
  }
}

const at = (index: number) => new Delta().retain(index);
const { count, first } = scale(5_000, 200_000);

test(`taking everything back that one did alone leads to where one began, and forth again: ${count} seeds`, { timeout: 3_600_000 }, () => {
  for (let seed = first; seed < first + count; seed++) {
    const random = seeded(seed);
    const desk = new Desk();
    desk.content = randomDocument(random);
    const start = desk.content;
    for (let edits = 0; edits < 6; edits++) desk.edit(randomChange(random, desk.content), random() * 2 * groupMillis);
    const end = desk.content;
    desk.all('undo');
    if (!desk.content.equals(start)) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: undone`);
    desk.all('redo');
    if (!desk.content.equals(end)) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: done again`);
  }
});

test(`an undo deletes nothing that another one wrote: ${count} seeds`, { timeout: 3_600_000 }, () => {
  for (let seed = first; seed < first + count; seed++) {
    const random = seeded(seed);
    const ledger = new Ledger();
    const desk = new Desk();
    const theirs = new Set<string>();
    for (let step = 0; step < 12; step++) {
      const what = random();
      if (what < 0.45) desk.edit(ledger.change('ann', desk.content, random), random() * 2 * groupMillis);
      else if (what < 0.8) {
        const change = ledger.change('bob', desk.content, random);
        for (const letter of change.text) theirs.add(letter);
        desk.others(change);
      } else {
        const before = [...desk.content.text].filter((letter) => theirs.has(letter));
        desk.turn('undo');
        const after = new Set(desk.content.text);
        if (before.some((letter) => !after.has(letter))) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1`);
      }
    }
    desk.all('undo');
    const mine = [...desk.content.text].filter((letter) => !theirs.has(letter));
    if (mine.length > 0) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: something of one's own is left`);
  }
});

describe('typing', () => {
  const texts = (desk: Desk): string[] => {
    const seen = [];
    while (desk.turn('undo')) seen.push(desk.content.text);
    return seen;
  };

  test('within a second is undone as one', () => {
    const desk = new Desk();
    desk.edit(at(0).insert('a'));
    desk.edit(at(1).insert('b'), 500);
    desk.edit(at(2).insert('c'), 499);
    desk.edit(at(3).insert('d'), 1);
    expect(texts(desk)).toEqual(['abc', '']);
  });

  test('and deleting are two, and so is a new line, or a format', () => {
    const desk = new Desk();
    desk.edit(at(0).insert('abc'));
    desk.edit(at(2).delete(1), 1);
    desk.edit(at(2).insert('\n'), 1);
    desk.edit(at(0).retain(1, { bold: true }), 1);
    expect(texts(desk)).toEqual(['ab\n', 'ab', 'abc', '']);
  });

  test('goes on in the same step though others type meanwhile, and only one’s own goes', () => {
    const desk = new Desk();
    desk.edit(at(0).insert('a'));
    desk.others(at(0).insert('X'));
    desk.edit(at(2).insert('b'), 100);
    expect(desk.content.text).toBe('Xab');
    expect(texts(desk)).toEqual(['X']);
  });

  test('behind a cut is undone by itself', () => {
    const desk = new Desk();
    desk.edit(at(0).insert('a'));
    desk.stack.cut();
    desk.edit(at(1).insert('b'), 1);
    expect(texts(desk)).toEqual(['a', '']);
  });

  test('does not join what is older when somebody else deleted what one typed', () => {
    const desk = new Desk();
    desk.edit(at(0).insert('old '));
    desk.edit(at(4).insert('a'));
    desk.others(at(4).delete(1));
    desk.edit(at(4).insert('b'), 1);
    expect(texts(desk)).toEqual(['old ', '']);
  });
});

test('what was undone cannot be done again once one goes on', () => {
  const desk = new Desk();
  desk.edit(at(0).insert('a'));
  desk.turn('undo');
  desk.edit(at(0).insert('b'));
  expect(desk.stack.canRedo).toBe(false);
});

test(`remembers ${undoMax} steps`, () => {
  const desk = new Desk();
  for (let step = 0; step <= undoMax; step++) desk.edit(at(step).insert('x'));
  desk.all('undo');
  expect(desk.content.text).toBe('x');
});
