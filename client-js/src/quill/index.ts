import type Quill from 'quill';
import { Delta } from '../docs/delta.js';
import type { LiveDocument, Range, RemoteCursor } from '../docs/index.js';
import { missingLines, shown, type Shows, withLines, withoutLines } from './lines.js';
import { permitted } from './rules.js';

export { permitted } from './rules.js';

/** The module `cursors` of quill-cursors. */
export interface QuillCursors {
  createCursor(id: string, name: string, color: string): unknown;
  moveCursor(id: string, range: Range): void;
  removeCursor(id: string): void;
  clearCursors(): void;
}

export interface QuillOptions {
  /** `quill.getModule('cursors')`, where the others' cursors are to be seen. */
  readonly cursors?: QuillCursors;
  /** Of a user's cursor. Default: one that goes with the user's id. */
  readonly color?: (cursor: RemoteCursor) => string;
}

export interface QuillBinding {
  /** Quill is as it was, with what it shows. */
  destroy(): void;
}

/** Parchment's `Scope.INLINE`. */
const inline = 7;

/** A colour for a user, the same everywhere, which can be read on white and on black. */
export function colorOf(userId: string | null): string {
  let hash = 0;
  for (const character of userId ?? '') hash = (Math.imul(hash, 31) + character.codePointAt(0)!) | 0;
  return `hsl(${(hash >>> 0) % 360} 70% 42%)`;
}

/**
 * Shows a document in a Quill 2 and writes what is typed there. Whatever Quill tells as a change, except silently, is an
 * edit; what others do comes silently. Undo and redo are the document's. One may type where {@link LiveDocument.canEdit}.
 */
export function bindQuill(quill: Quill, document: LiveDocument, options: QuillOptions = {}): QuillBinding {
  const binding = new Binding(quill, document, options);
  return { destroy: () => binding.destroy() };
}

class Binding {
  readonly #quill: Quill;
  readonly #document: LiveDocument;
  readonly #cursors: QuillCursors | undefined;
  readonly #color: (cursor: RemoteCursor) => string;
  readonly #shows: Shows;
  readonly #off: (() => void)[];
  /** Newlines that Quill shows and the document does not have. */
  #lines = new Delta();
  /** What the document has and Quill does not show yet. */
  #held = new Delta();
  /** An edit of this Quill is on its way into the document. */
  #writing = false;
  readonly #seen = new Set<string>();

  constructor(quill: Quill, document: LiveDocument, { cursors, color }: QuillOptions) {
    this.#quill = quill;
    this.#document = document;
    this.#cursors = cursors;
    this.#color = color ?? (({ userId }) => colorOf(userId));
    this.#shows = embedsOf(quill);
    this.#off = [
      document.on('change', ({ delta, source }) => this.#incoming(delta, source === 'undo' || source === 'redo')),
      document.on('edited', (delta) => !this.#writing && this.#incoming(delta, false)),
      document.on('content', () => this.#repair()),
      document.on('state', () => this.#enable()),
      document.on('cursors', () => this.#showCursors()),
      this.#listen('text-change', (change: { ops: Delta['ops'] }) => this.#typed(Delta.from(change))),
      this.#listen('selection-change', () => this.#tellCursor()),
      this.#listen('composition-end', () => queueMicrotask(() => this.#flush())),
      ownHistory(quill, document),
      withoutScripts(quill),
    ];
    this.#repair();
    this.#enable();
    this.#showCursors();
  }

  destroy(): void {
    for (const off of this.#off.splice(0)) off();
    this.#cursors?.clearCursors();
    this.#document.setCursor(null);
  }

  #listen(event: string, handler: (...given: never[]) => void): () => void {
    const listener = handler as () => void;
    this.#quill.on(event as 'text-change', listener);
    return () => void this.#quill.off(event, listener);
  }

  #enable(): void {
    const { canEdit } = this.#document;
    if (this.#quill.isEnabled() !== canEdit) this.#quill.enable(canEdit);
  }

  /** The document changed, and not by this Quill. */
  #incoming(change: Delta, ours: boolean): void {
    const before = this.#lines;
    this.#lines = missingLines(shown(this.#document.content, this.#shows), this.#shows);
    const incoming = withLines(shown(change, this.#shows), before, this.#lines);
    this.#held = this.#held.compose(incoming);
    this.#flush();
    if (!ours || !this.#quill.hasFocus()) return;
    this.#quill.setSelection(endOf(incoming), 0, 'silent');
    this.#tellCursor();
  }

  /** Shows what is held, unless an input method is at work: it would lose its place. */
  #flush(repairing = false): void {
    const quill = this.#quill;
    if (quill.composition.isComposing) return;
    // What was typed and not told yet comes first.
    if (this.#held.ops.length > 0) quill.update('user');
    const change = this.#held;
    this.#held = new Delta();
    if (change.ops.length > 0) quill.updateContents(change.ops as never, 'silent');
    // A blot may have made more of it than was said.
    if (!repairing && quill.getLength() !== this.#length) this.#repair();
    this.#showCursors();
  }

  /** Of what Quill shows, when it shows all. */
  get #length(): number {
    return this.#document.content.length + this.#lines.ops.reduce((sum, { insert = '' }) => sum + (insert as string).length, 0);
  }

  /** A change of what Quill shows, which may not have what is held yet. */
  #typed(change: Delta): void {
    const now = this.#held.transform(change, true);
    this.#held = change.transform(this.#held);
    const { content } = this.#document;
    const edit = withoutLines(content, this.#lines, now, this.#shows);
    const taken = permitted(edit);
    this.#writing = true;
    try {
      this.#document.edit(taken);
    } catch {
      // Read only, or out of step with what was shown: the document stays as it is.
    }
    this.#writing = false;
    const { content: after } = this.#document;
    this.#lines = missingLines(shown(after, this.#shows), this.#shows);
    // Behind a block embed Quill lets the last line be deleted, and the document may have none that stands for it.
    const inStep = this.#held.ops.length > 0 || this.#quill.getLength() === this.#length;
    if (after === content || !taken.equals(edit) || !inStep) this.#repair();
    this.#showCursors();
    this.#tellCursor();
  }

  /** Shows what the document has, whatever is shown now. */
  #repair(): void {
    const quill = this.#quill;
    if (!quill.composition.isComposing) quill.update('user');
    const content = shown(this.#document.content, this.#shows);
    this.#lines = missingLines(content, this.#shows);
    this.#held = Delta.from(quill.getContents() as never).diff(content.compose(this.#lines));
    this.#flush(true);
  }

  #tellCursor(): void {
    const range = this.#quill.getSelection();
    // One who looks elsewhere for a moment is still there.
    if (range && this.#held.ops.length === 0) this.#document.setCursor(this.#inDocument(range));
  }

  #inDocument({ index, length }: Range): Range {
    const start = this.#lines.originOf(index);
    return { index: start, length: this.#lines.originOf(index + length) - start };
  }

  #inQuill({ index, length }: Range): Range {
    const start = this.#lines.transformPosition(index, true);
    return { index: start, length: this.#lines.transformPosition(index + length, true) - start };
  }

  #showCursors(): void {
    const cursors = this.#cursors;
    if (!cursors || this.#writing || this.#held.ops.length > 0) return;
    for (const id of this.#seen) {
      if (!this.#document.cursors.has(id) && this.#seen.delete(id)) cursors.removeCursor(id);
    }
    for (const [id, cursor] of this.#document.cursors) {
      if (!this.#seen.has(id)) cursors.createCursor(id, cursor.userName ?? cursor.userId ?? '', this.#color(cursor));
      this.#seen.add(id);
      cursors.moveCursor(id, this.#inQuill(cursor.range));
    }
  }
}

/** What this Quill has a blot for, and one that works here: a formula needs a library of its own. */
function embedsOf({ scroll }: Quill): Shows {
  const known = new Map<string, ReturnType<Shows['embed']>>();
  const look = (kind: string) => {
    try {
      if (scroll.query(kind) && scroll.create(kind, true)) return scroll.query(kind, inline) ? 'inline' : 'block';
    } catch {
      // It is shown as what cannot be shown.
    }
    return undefined;
  };
  return {
    embed: (kind) => {
      if (!known.has(kind)) known.set(kind, look(kind));
      return known.get(kind);
    },
  };
}

/** The text of a script is nobody's writing. Returns what takes that away. */
function withoutScripts({ clipboard }: Quill): () => void {
  const before = clipboard.matchers;
  clipboard.matchers = [...before, ['script, template, title', (_, delta) => delta.slice(0, 0)]];
  return () => void (clipboard.matchers = before);
}

/** Where what a change did last ends. */
function endOf({ ops }: Delta): number {
  return ops.reduce((sum, { insert, retain = 0 }) => sum + (insert === undefined ? retain : typeof insert === 'string' ? insert.length : 1), 0);
}

/** Whatever calls Quill's history, a key, a menu or a button, undoes in the document. Returns what gives it back. */
function ownHistory(quill: Quill, document: LiveDocument): () => void {
  const history = quill.history as unknown as Record<string, unknown>;
  quill.history.clear();
  const own: Record<string, unknown> = {
    change: (source: 'undo' | 'redo') => void document[source](),
    cutoff: () => document.cutUndo(),
    record: () => {},
    transform: () => {},
  };
  Object.assign(history, own);
  return () => {
    for (const name of Object.keys(own)) delete history[name];
  };
}
