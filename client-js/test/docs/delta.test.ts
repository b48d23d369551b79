import Oracle from 'quill-delta';
import { describe, expect, test } from 'vitest';
import { same } from '../../src/docs/attributes.js';
import { Delta } from '../../src/docs/index.js';
import { seeded } from '../../src/testing/index.js';
import { scale } from '../support/scale.js';
import { below, randomChange, randomDocument } from './randomDeltas.js';

const { count, first } = scale(50_000, 1_000_000);
/** quill-delta changes nothing that it is given. */
const oracle = ({ ops }: Delta): Oracle => new Oracle(ops as never);

/** Without `expect`, which would take a minute for so many. */
function expectEqual(seed: number, what: string, ours: Delta, theirs: { readonly ops: unknown }): void {
  if (same(ours.ops, theirs.ops)) return;
  expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: ${what}\n  ours   ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`);
}

test(`is quill-delta, op by op: ${count} seeds`, { timeout: 3_600_000 }, () => {
  for (let seed = first; seed < first + count; seed++) {
    const random = seeded(seed);
    const base = randomDocument(random);
    const [one, other] = [randomChange(random, base), randomChange(random, base)];
    const after = base.compose(one);
    const next = randomChange(random, after);
    const priority = random() < 0.5;
    const index = below(random, base.length + 1);

    expectEqual(seed, 'compose on a document', after, oracle(base).compose(oracle(one)));
    expectEqual(seed, 'compose', one.compose(next), oracle(one).compose(oracle(next)));
    expectEqual(seed, 'transform', one.transform(other, priority), oracle(one).transform(oracle(other), priority));
    expectEqual(seed, 'invert', one.invert(base), oracle(one).invert(oracle(base)));
    expectEqual(seed, 'slice', base.slice(index, index + 3), oracle(base).slice(index, index + 3));
    const position = one.transformPosition(index, priority);
    if (position !== oracle(one).transformPosition(index, priority)) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: transformPosition`);

    expectEqual(seed, 'TP1', after.compose(one.transform(other, true)), base.compose(other).compose(other.transform(one)));
    expectEqual(seed, 'undone', after.compose(one.invert(base)), base);
    expectEqual(seed, 'diff leads there', base.compose(base.diff(after)), after);
    if (base.diff(after).ops.some(({ insert }) => /\p{Cs}/u.test(String(insert)))) expect.fail(`PEAL_SEED=${seed} PEAL_SEEDS=1: a pair is cut`);
  }
});

describe('diff', () => {
  const text = (value: string) => new Delta().insert(value);

  test('says what was typed, and nothing more', () => {
    expect(text('one two\n').diff(text('one and two\n')).ops).toEqual([{ retain: 4 }, { insert: 'and ' }]);
    expect(text('one two three').diff(text('one three')).ops).toEqual([{ retain: 5 }, { delete: 4 }]);
  });

  test('cuts no surrogate pair, where two begin or end alike', () => {
    expect(text('a\u{1f600}b').diff(text('a\u{1f601}b')).ops).toEqual([{ retain: 1 }, { insert: '\u{1f601}' }, { delete: 2 }]);
    expect(text('\u{1f600}').diff(text('\u{1f200}')).ops).toEqual([{ insert: '\u{1f200}' }, { delete: 2 }]);
  });

  test('sees formats and embeds', () => {
    const before = new Delta().insert('ab').insert({ image: 'x' }).insert('c', { bold: true });
    const after = new Delta().insert('ab', { bold: true }).insert({ image: 'y' }).insert('c');
    expect(before.diff(after).ops).toEqual([
      { retain: 2, attributes: { bold: true } },
      { insert: { image: 'y' } },
      { delete: 1 },
      { retain: 1, attributes: { bold: null } },
    ]);
  });

  test('gives up looking for a short way between texts that have nothing in common', () => {
    const from = Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    const to = Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x3400 + index)).join('');
    expect(text(from).diff(text(to)).ops).toEqual([{ insert: to }, { delete: 5_000 }]);
  });

  test('is about as short as that of quill-delta', () => {
    const random = seeded(7);
    let [ours, theirs] = [0, 0];
    for (let round = 0; round < 300; round++) {
      const base = randomDocument(random);
      const after = base.compose(randomChange(random, base));
      const size = (ops: readonly { insert?: unknown; delete?: number }[]) =>
        ops.reduce((sum, op) => sum + (op.delete ?? 0) + (typeof op.insert === 'string' ? op.insert.length : 0), 0);
      ours += size(base.diff(after).ops);
      theirs += size(oracle(base).diff(oracle(after)).ops as never);
    }
    expect(ours).toBeLessThanOrEqual(theirs);
  });
});

describe('a Delta', () => {
  test('made from anything is canonical', () => {
    const ops = [{ delete: 1 }, { insert: 'a' }, { insert: '' }, { insert: 'b', attributes: {} }, { delete: 2 }, { retain: 0 }, { retain: 4 }];
    expect(Delta.from(ops).ops).toEqual([{ insert: 'ab' }, { delete: 3 }]);
  });

  test('takes `__proto__` for a name like any other', () => {
    const look = JSON.parse('{"__proto__":{"polluted":true}}');
    const delta = new Delta().insert('a').compose(new Delta().retain(1, look));
    expect(Object.keys(delta.ops[0]!.attributes!)).toEqual(['__proto__']);
    expect((delta.ops[0]!.attributes as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('says where a place was before', () => {
    const change = new Delta().retain(2).insert('xyz').delete(3).retain(1);
    expect([0, 1, 2, 3, 4, 5, 6, 9].map((index) => change.originOf(index))).toEqual([0, 1, 2, 2, 2, 5, 6, 9]);
  });
});
