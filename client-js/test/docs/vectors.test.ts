import { describe, expect, test } from 'vitest';
import { Delta, type Op } from '../../src/docs/index.js';
import { misfit } from '../../src/docs/fits.js';
import type { Range } from '../../src/docs/messages.js';
import { selectionBehind } from '../../src/docs/ranges.js';
import { permitted } from '../../src/quill/index.js';
import { vectors } from '../support/vectors.js';

type Ops = { readonly ops: readonly Op[] };

interface Vector {
  readonly name: string;
  readonly call: string;
  readonly a: Ops;
  readonly b: Ops;
  readonly document: Ops;
  readonly operation: Ops;
  readonly after: Ops;
  readonly delta: Ops;
  readonly index: number;
  readonly selection: Range;
  readonly priority: boolean;
  readonly result: never;
}

const all = vectors<Vector>('ot.json');
const of = (call: string) => all.filter((vector) => vector.call === call);
const misfits = ['out_of_range', 'splits_pair', 'text_ill_formed'];

describe('as the Delta of every language', () => {
  test.each(of('compose'))('$name', ({ a, b, result }) => expect(new Delta(a).compose(new Delta(b)).toJSON()).toEqual(result));

  test.each(of('transform'))('$name', ({ a, b, priority, result }) =>
    expect(new Delta(a).transform(new Delta(b), priority).toJSON()).toEqual(result),
  );

  test.each(of('transformPosition'))('$name', ({ a, index, priority, result }) =>
    expect(new Delta(a).transformPosition(index, priority)).toEqual(result),
  );

  test.each(of('invert'))('$name', ({ a, document, result }) => expect(new Delta(a).invert(new Delta(document)).toJSON()).toEqual(result));

  // Which of several ways leads there is each language's own.
  test.each(of('diff'))('$name leads there', ({ document, after }) => {
    const change = new Delta(document).diff(new Delta(after));
    expect(new Delta(document).compose(change).toJSON()).toEqual(after);
  });

  // Who reads here is the client, which believes its server: what no server says is not looked for. The ends of a delta that changes
  // something say nothing.
  test.each(of('read').filter(({ result }) => result !== null))('reads $name', ({ delta, result }) =>
    expect(Delta.from(delta).ops).toEqual(new Delta(result as Ops).chop().ops),
  );

  test.each(of('select'))('$name', ({ a, selection, priority, result }) => expect(selectionBehind(new Delta(a), selection, !priority)).toEqual(result));
});

describe('of what no document takes', () => {
  const checks = of('check') as readonly (Omit<Vector, 'result'> & { readonly result: { readonly reason: string } | null })[];

  test.each(checks)('knows: $name', ({ document, operation, result }) => {
    const unfit = misfit(new Delta(document), new Delta(operation)) !== undefined;
    expect(unfit).toBe(result !== null && misfits.includes(result.reason));
  });

  test.each(checks.filter(({ result }) => !misfits.includes(result?.reason ?? '')))('leaves out: $name', ({ operation, result }) => {
    const change = new Delta(operation).chop();
    expect(permitted(change).equals(change)).toBe(result === null);
  });
});
