import { Delta, lengthOf, type Op } from './delta.js';

/** Of an operation, as JSON: a server takes 256 KiB at once, and a character may take three bytes. */
export const pieceLengthMax = 64_000;
/** Of what cannot be cut. */
export const opLengthMax = 250_000;

const sizeOf = (op: Op): number => JSON.stringify(op).length;

/** Whether some part of a change can never be sent. */
export function tooLarge({ ops }: Delta): boolean {
  return ops.some((op) => typeof op.insert !== 'string' && sizeOf(op) > opLengthMax);
}

/** A change as two, one behind the other: what can be sent at once, and what is left. */
export function cut(change: Delta, lengthMax = pieceLengthMax): readonly [first: Delta, rest: Delta] {
  const first = new Delta();
  let room = lengthMax;
  let empty = true;
  for (const [index, op] of change.ops.entries()) {
    const size = sizeOf(op);
    const whole = size <= room || (empty && typeof op.insert !== 'string');
    if (op.retain === undefined || op.attributes) empty = false;
    if (whole) {
      first.push(op);
      room -= size;
      continue;
    }
    const { insert } = op;
    const at = typeof insert === 'string' ? wholeBefore(insert, (room - attributesSize(op)) / 2) : 0;
    const left = at > 0 ? [{ ...op, insert: (insert as string).slice(at) }] : [op];
    if (at > 0) first.push({ ...op, insert: (insert as string).slice(0, at) });
    const behind = first.ops.reduce((sum, done) => sum + (done.delete === undefined ? lengthOf(done) : 0), 0);
    const rest = new Delta().retain(behind);
    for (const later of [...left, ...change.ops.slice(index + 1)]) rest.push(later);
    return [first.chop(), rest];
  }
  return [change, new Delta()];
}

const attributesSize = ({ attributes }: Op): number => sizeOf({ insert: '', ...(attributes && { attributes }) });

/** A place that is not inside a surrogate pair; half of what there is room for, as JSON may double a text. */
function wholeBefore(text: string, length: number): number {
  const at = Math.floor(length);
  return at > 0 && text.codePointAt(at - 1)! > 0xffff ? at - 1 : at;
}
