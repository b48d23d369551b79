import { Delta, type Op } from './delta.js';

/** Edits of one kind, one after the other, are undone as one for so long. */
export const groupMillis = 1_000;
/** The oldest go first. */
export const undoMax = 500;
/** So many of them survive the page: they are written with each edit. */
export const undoKept = 50;

/** What of it lies on the disk. */
export interface KeptUndo {
  readonly undo?: readonly (readonly Op[])[];
  readonly redo?: readonly (readonly Op[])[];
}

type Kind = 'insert' | 'delete' | 'other';

/**
 * What takes one's own edits back, the newest last: each made for the document as it is when those behind it are undone.
 * A change of somebody else's goes down through the stack, so an undo never touches what others wrote.
 */
class Stack {
  readonly #changes: Delta[] = [];

  get size(): number {
    return this.#changes.length;
  }

  get kept(): readonly (readonly Op[])[] {
    return this.#changes.map(({ ops }) => ops).slice(-undoKept);
  }

  push(change: Delta): void {
    if (change.ops.length === 0) return;
    this.#changes.push(change);
    if (this.#changes.length > undoMax) this.#changes.shift();
  }

  pop(): Delta | undefined {
    return this.#changes.pop();
  }

  clear(): void {
    this.#changes.length = 0;
  }

  pass(change: Delta): void {
    let passed = change;
    for (let index = this.#changes.length - 1; index >= 0; index--) {
      const own = this.#changes[index]!;
      const moved = passed.transform(own, true);
      passed = own.transform(passed);
      if (moved.ops.length > 0) this.#changes[index] = moved;
      else this.#changes.splice(index, 1);
    }
  }
}

/** One user's undo and redo. */
export class UndoStack {
  readonly #undo = new Stack();
  readonly #redo = new Stack();
  #lastKind: Kind | undefined;
  #beganMillis = 0;

  get canUndo(): boolean {
    return this.#undo.size > 0;
  }

  get canRedo(): boolean {
    return this.#redo.size > 0;
  }

  get kept(): KeptUndo {
    return { undo: this.#undo.kept, redo: this.#redo.kept };
  }

  /** Of an earlier program, for the document as it was kept with it. */
  restore({ undo, redo }: KeptUndo): void {
    undo?.forEach((ops) => this.#undo.push(new Delta(ops)));
    redo?.forEach((ops) => this.#redo.push(new Delta(ops)));
  }

  /** @param content the document before the edit */
  edited(change: Delta, content: Delta, nowMillis: number): void {
    let back = change.invert(content);
    const kind = kindOf(change);
    const elapsed = nowMillis - this.#beganMillis;
    const goesOn = kind !== 'other' && kind === this.#lastKind && elapsed >= 0 && elapsed < groupMillis;
    if (goesOn) back = back.compose(this.#undo.pop() ?? new Delta());
    this.#undo.push(back);
    this.#redo.clear();
    if (!goesOn) this.#beganMillis = nowMillis;
    this.#lastKind = kind;
  }

  /** The next edit is undone by itself. */
  cut(): void {
    this.#lastKind = undefined;
  }

  /** What to do to `content` in order to undo; undefined where nothing is left. */
  undo(content: Delta): Delta | undefined {
    return this.#turn(this.#undo, this.#redo, content);
  }

  redo(content: Delta): Delta | undefined {
    return this.#turn(this.#redo, this.#undo, content);
  }

  /** Somebody else's change. */
  passed(change: Delta): void {
    const { size } = this.#undo;
    this.#undo.pass(change);
    this.#redo.pass(change);
    if (this.#undo.size < size) this.cut();
  }

  #turn(from: Stack, to: Stack, content: Delta): Delta | undefined {
    const change = from.pop();
    this.cut();
    if (change) to.push(change.invert(content));
    return change;
  }
}

/** Typing goes on in one line; a new line, a format and an embed stand for themselves. */
function kindOf({ ops }: Delta): Kind {
  const does = ops.filter(({ retain, attributes }) => retain === undefined || attributes);
  if (does.length !== 1) return 'other';
  const [{ insert, delete: deleted }] = does as [Delta['ops'][number]];
  if (deleted !== undefined) return 'delete';
  return typeof insert === 'string' && !insert.includes('\n') ? 'insert' : 'other';
}
