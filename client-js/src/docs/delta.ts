import { type Attributes, composed, difference, inverse, same, transformed } from './attributes.js';
import { differences } from './textDiff.js';

/** One of `insert`, `retain`, `delete`. Lengths are UTF-16 code units; an embed is 1 long. */
export interface Op {
  readonly insert?: string | Readonly<Record<string, unknown>>;
  readonly retain?: number;
  readonly delete?: number;
  readonly attributes?: Attributes;
}

type Kind = 'insert' | 'retain' | 'delete';

const kindOf = (op: Op): Kind => (op.insert !== undefined ? 'insert' : op.delete !== undefined ? 'delete' : 'retain');

export function lengthOf({ insert, retain, delete: deleted }: Op): number {
  return typeof insert === 'string' ? insert.length : (retain ?? deleted ?? 1);
}

const withAttributes = (op: Op, attributes: Attributes | undefined): Op =>
  attributes && Object.keys(attributes).length > 0 ? { ...op, attributes } : op;

/** Reads ops in pieces. Behind the last one there is a retain without an end. */
class Reader {
  readonly #ops: readonly Op[];
  #index = 0;
  #offset = 0;

  constructor(ops: readonly Op[]) {
    this.#ops = ops;
  }

  get more(): boolean {
    return this.#index < this.#ops.length;
  }

  get kind(): Kind {
    const op = this.#ops[this.#index];
    return op ? kindOf(op) : 'retain';
  }

  /** Of what is left of the op. */
  get length(): number {
    const op = this.#ops[this.#index];
    return op ? lengthOf(op) - this.#offset : Infinity;
  }

  next(length = Infinity): Op {
    const op = this.#ops[this.#index];
    if (!op) return { retain: length };
    const from = this.#offset;
    const taken = Math.min(length, this.length);
    if (length >= this.length) [this.#index, this.#offset] = [this.#index + 1, 0];
    else this.#offset += taken;
    if (from === 0 && taken === lengthOf(op)) return op;
    if (typeof op.insert === 'string') return { ...op, insert: op.insert.slice(from, from + taken) };
    return op.retain === undefined ? { delete: taken } : { ...op, retain: taken };
  }

  rest(): Op[] {
    return this.more ? [this.next(), ...this.#ops.slice(this.#index)] : [];
  }
}

/**
 * A document (inserts alone) or a change of one, as Quill's Delta has it; equal to quill-delta 5, op by op. What the
 * operations give is canonical: neighbours alike are one, an insert stands before a delete at the same place, and there
 * is no bare retain at the end.
 */
export class Delta {
  readonly #ops: Op[];

  /** Ops as they come; {@link from} also makes them canonical. */
  constructor(ops: readonly Op[] | { readonly ops: readonly Op[] } = []) {
    this.#ops = [...('ops' in ops ? ops.ops : ops)];
  }

  /** From anything with ops, canonical, without empty ones. */
  static from(ops: readonly Op[] | { readonly ops: readonly Op[] }): Delta {
    const delta = new Delta();
    for (const { insert, retain = 0, delete: deleted = 0, attributes } of 'ops' in ops ? ops.ops : ops) {
      if (insert !== undefined) delta.insert(insert, composed({}, attributes, false));
      else delta.delete(deleted).retain(retain, attributes);
    }
    return delta.chop();
  }

  get ops(): readonly Op[] {
    return this.#ops;
  }

  insert(insert: string | Readonly<Record<string, unknown>>, attributes?: Attributes): this {
    return insert === '' ? this : this.push(withAttributes({ insert }, attributes));
  }

  retain(length: number, attributes?: Attributes): this {
    return length > 0 ? this.push(withAttributes({ retain: length }, attributes)) : this;
  }

  delete(length: number): this {
    return length > 0 ? this.push({ delete: length }) : this;
  }

  /** Behind all others, but an insert before a delete: where both are at one place, their order means nothing. */
  push(op: Op): this {
    const ops = this.#ops;
    const kind = kindOf(op);
    const end = ops.length - (kind === 'insert' && ops.at(-1)?.delete !== undefined ? 1 : 0);
    const last = ops[end - 1];
    const one = last && joined(last, op);
    if (one) ops[end - 1] = one;
    else ops.splice(end, 0, op);
    return this;
  }

  /** Without a bare retain at the end, which says nothing. */
  chop(): this {
    const last = this.#ops.at(-1);
    if (last?.retain !== undefined && !last.attributes) this.#ops.pop();
    return this;
  }

  /** Of all ops, deletes too: of a document, its length. */
  get length(): number {
    return this.#ops.reduce((sum, op) => sum + lengthOf(op), 0);
  }

  /** What is inserted as text; an embed is one object replacement character. */
  get text(): string {
    return this.#ops.map(({ insert }) => (typeof insert === 'string' ? insert : insert ? '\ufffc' : '')).join('');
  }

  slice(start: number, end = Infinity): Delta {
    const reader = new Reader(this.#ops);
    if (start > 0) skip(reader, start);
    const part = new Delta();
    for (let left = end - start; left > 0 && reader.more; ) {
      const op = reader.next(left);
      left -= lengthOf(op);
      part.#ops.push(op);
    }
    return part;
  }

  /** This one, then `other`. */
  compose(other: Delta): Delta {
    const mine = new Reader(this.#ops);
    const theirs = new Reader(other.#ops);
    const result = new Delta();
    while (mine.more || theirs.more) {
      if (!theirs.more && result.#ops.length > 0 && !result.#ops.at(-1)!.delete) return result.#concat(mine.rest()).chop();
      if (theirs.kind === 'insert') result.push(theirs.next());
      else if (mine.kind === 'delete') result.push(mine.next());
      else {
        const length = Math.min(mine.length, theirs.length);
        const [op, change] = [mine.next(length), theirs.next(length)];
        const retains = op.insert === undefined;
        if (change.delete === undefined) {
          const attributes = composed(op.attributes, change.attributes, retains);
          result.push(withAttributes(retains ? { retain: length } : { insert: op.insert! }, attributes));
        } else if (retains) result.push(change);
      }
    }
    return result.chop();
  }

  /** `other`, made on the same document, as it is behind this one. With priority, this one was first. */
  transform(other: Delta, priority = false): Delta {
    const mine = new Reader(this.#ops);
    const theirs = new Reader(other.#ops);
    const result = new Delta();
    while (mine.more || theirs.more) {
      if (mine.kind === 'insert' && (priority || theirs.kind !== 'insert')) result.retain(lengthOf(mine.next()));
      else if (theirs.kind === 'insert') result.push(theirs.next());
      else {
        const length = Math.min(mine.length, theirs.length);
        const [op, change] = [mine.next(length), theirs.next(length)];
        if (op.delete !== undefined) continue;
        if (change.delete !== undefined) result.push(change);
        else result.retain(length, transformed(op.attributes, change.attributes, priority));
      }
    }
    return result.chop();
  }

  /** Where a place of the document is behind this change. With priority, what is inserted right there comes behind it. */
  transformPosition(index: number, priority = false): number {
    const reader = new Reader(this.#ops);
    for (let offset = 0; reader.more && offset <= index; ) {
      const { kind } = reader;
      const length = lengthOf(reader.next());
      if (kind === 'delete') {
        index -= Math.min(length, index - offset);
        continue;
      }
      if (kind === 'insert' && (offset < index || !priority)) index += length;
      offset += length;
    }
    return index;
  }

  /** Where a place behind this change was before it. */
  originOf(index: number): number {
    let before = 0;
    let after = 0;
    for (const op of this.#ops) {
      const length = lengthOf(op);
      const kind = kindOf(op);
      if (kind === 'delete') before += length;
      else if (after + length > index) return before + (kind === 'insert' ? 0 : index - after);
      else {
        after += length;
        if (kind === 'retain') before += length;
      }
    }
    return before + index - after;
  }

  /** What takes this change of `base` back. */
  invert(base: Delta): Delta {
    const result = new Delta();
    const reader = new Reader(base.#ops);
    for (const op of this.#ops) {
      if (op.insert !== undefined) result.delete(lengthOf(op));
      else if (op.delete === undefined && !op.attributes) {
        skip(reader, op.retain!);
        result.retain(op.retain!);
      } else {
        for (let left = lengthOf(op); left > 0 && reader.more; ) {
          const was = reader.next(left);
          left -= lengthOf(was);
          if (op.delete !== undefined) result.push(was);
          else result.retain(lengthOf(was), inverse(op.attributes!, was.attributes));
        }
      }
    }
    return result.chop();
  }

  /** What leads from this document to another one: short, though not always the shortest. */
  diff(other: Delta): Delta {
    const mine = new Reader(this.#ops);
    const theirs = new Reader(other.#ops);
    const result = new Delta();
    for (const [kept, removed, added] of differences(this.#flat(), other.#flat())) {
      for (let left = kept; left > 0; ) {
        const length = Math.min(mine.length, theirs.length, left);
        const [from, to] = [mine.next(length), theirs.next(length)];
        left -= length;
        if (same(from.insert, to.insert)) result.retain(length, difference(from.attributes, to.attributes));
        else result.push(to).delete(length);
      }
      skip(mine, removed);
      result.delete(removed);
      for (let left = added; left > 0; ) {
        const op = theirs.next(left);
        left -= lengthOf(op);
        result.push(op);
      }
    }
    return result.chop();
  }

  equals(other: Delta): boolean {
    return same(this.#ops, other.#ops);
  }

  toJSON(): { readonly ops: readonly Op[] } {
    return { ops: this.#ops };
  }

  /** As text in which every embed is alike. */
  #flat(): string {
    return this.#ops.map(({ insert }) => (typeof insert === 'string' ? insert : '\0')).join('');
  }

  /** Only the first of `ops` can join what is there. */
  #concat(ops: readonly Op[]): this {
    if (ops.length > 0) this.push(ops[0]!);
    for (let index = 1; index < ops.length; index++) this.#ops.push(ops[index]!);
    return this;
  }
}

function skip(reader: Reader, length: number): void {
  for (let left = length; left > 0 && reader.more; ) left -= lengthOf(reader.next(left));
}

/** Both as one op, where they are alike. */
function joined(one: Op, two: Op): Op | undefined {
  if (one.delete !== undefined && two.delete !== undefined) return { delete: one.delete + two.delete };
  if (!same(one.attributes, two.attributes)) return undefined;
  if (one.retain !== undefined && two.retain !== undefined) return { ...one, retain: one.retain + two.retain };
  if (typeof one.insert === 'string' && typeof two.insert === 'string') return { ...one, insert: one.insert + two.insert };
  return undefined;
}
