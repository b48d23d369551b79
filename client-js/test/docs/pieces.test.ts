import { expect, test } from 'vitest';
import { Delta } from '../../src/docs/index.js';
import { cut, opLengthMax, pieceLengthMax } from '../../src/docs/pieces.js';
import { seeded } from '../../src/testing/index.js';
import { scale } from '../support/scale.js';
import { Desk, insert } from './desk.js';
import { randomChange, randomDocument } from './randomDeltas.js';

const { count, first } = scale(5_000, 100_000);

test(`the pieces of a change make the change, and each makes a way: ${count} seeds`, { timeout: 3_600_000 }, () => {
  for (let seed = first; seed < first + count; seed++) {
    const random = seeded(seed);
    const base = randomDocument(random);
    const change = randomChange(random, base, 8);
    let [made, left] = [base, change];
    for (let pieces = 0; left.ops.length > 0; pieces++) {
      const [piece, rest] = cut(left, 80);
      if (piece.ops.length === 0 || pieces > 100) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: ends`);
      // JSON writes half a pair as an escape.
      if (JSON.stringify(piece).includes('\\ud')) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: a pair is cut`);
      made = made.compose(piece);
      left = rest;
    }
    if (!made.equals(base.compose(change))) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: is whole`);
  }
});

test('a long text goes out in pieces that a server takes', async () => {
  const desk = new Desk();
  const ann = desk.open('ann');
  await desk.advance();
  const text = 'a "quoted"\n\u{1f600}'.repeat(20_000);
  ann.edit(insert(text));
  expect(ann.state.pending).toBe(1);
  await desk.advance(1_000);
  expect(desk.document.content.text).toBe(text);
  expect(ann.state).toMatchObject({ saved: true, pending: 0 });
  const sizes = desk.sent('operation').map((message) => JSON.stringify(message).length);
  expect(sizes.length).toBeGreaterThan(4);
  expect(Math.max(...sizes)).toBeLessThan(pieceLengthMax + 500);
  desk.close();
});

test('an embed that no server takes is refused at once, and one that it does goes alone', async () => {
  const desk = new Desk();
  const ann = desk.open('ann');
  await desk.advance();
  const image = (length: number) => ({ image: `data:image/png;base64,${'A'.repeat(length)}` });
  expect(() => ann.edit(new Delta().insert(image(opLengthMax)))).toThrow('too large');
  ann.edit(insert('busy'));
  ann.edit(new Delta().retain(2).insert(image(200_000)).insert('x'.repeat(10)));
  await desk.advance(1_000);
  expect(desk.sent('operation')).toHaveLength(3);
  expect(desk.document.content.ops).toEqual(ann.content.ops);
  desk.close();
});
