import { batch, computed, signal } from '@preact/signals';
import { type AuthorRun, type Comment, Delta, type DocumentState, type DocumentUser, type LiveDocument, type Range, type RemoteCursor } from '@peal/client/docs';
import type { Highlights } from './highlights';
import type { Quill } from './quillOf';
import { type Count, countOf, plainText, segmenters } from './text/plain';

const countMillis = 400;
const commentsMillis = 250;
const authorsMillis = 3_000;

/** The open document as the page shows it: the model behind its bar, toolbar and panels. */
export class Paper {
  readonly document: LiveDocument;
  readonly state = signal<DocumentState>(undefined as never);
  readonly title = signal('');
  readonly users = signal<readonly DocumentUser[]>([]);
  readonly cursors = signal<readonly RemoteCursor[]>([]);
  readonly formats = signal<Readonly<Record<string, unknown>>>({});
  readonly selection = signal<Range | null>(null);
  readonly count = signal<Count>({ words: 0, characters: 0 });
  readonly comments = signal<readonly Comment[] | undefined>(undefined);
  /** A comment that is being written, on this part of the text. */
  readonly draft = signal<{ readonly range: Range; readonly quote: string } | undefined>(undefined);
  readonly activeComment = signal<string | undefined>(undefined);
  readonly authors = signal<readonly AuthorRun[] | undefined>(undefined);
  readonly rejected = signal<{ readonly text: string } | undefined>(undefined);
  /** Grows with each version that gets a name. */
  readonly versionNamed = signal(0);
  readonly canEdit = computed(() => this.state.value.kind !== 'refused' && this.#may('owner', 'editor'));
  readonly canComment = computed(() => this.state.value.kind === 'live' && this.#may('owner', 'editor', 'commenter'));
  readonly isOwner = computed(() => this.#may('owner'));
  /** Told for people who do not see it. */
  readonly announcement = signal('');
  readonly #me: () => string;
  readonly #segmenters = segmenters();
  #quill: Quill | undefined;
  #highlights: Highlights | undefined;
  #off: (() => void)[] = [];
  #countTimer: ReturnType<typeof setTimeout> | undefined;
  #commentTimer: ReturnType<typeof setTimeout> | undefined;
  #authorsTimer: ReturnType<typeof setTimeout> | undefined;
  #range: Range | null = null;

  constructor(document: LiveDocument, me: () => string) {
    this.document = document;
    this.#me = me;
    this.state.value = document.state;
    this.title.value = document.state.title ?? '';
  }

  get quill(): Quill | undefined {
    return this.#quill;
  }

  attach(quill: Quill, highlights: Highlights): void {
    this.#quill = quill;
    this.#highlights = highlights;
    const { document: open } = this;
    this.#off = [
      open.on('state', (state) => this.#changed(state)),
      open.on('users', (users) => this.#present([...users.values()])),
      open.on('cursors', (cursors) => (this.cursors.value = [...cursors.values()])),
      open.on('change', () => this.#touched()),
      open.on('edited', () => this.#touched()),
      open.on('content', () => this.#touched()),
      open.on('comment', () => void this.loadComments()),
      open.on('version', () => this.versionNamed.value++),
      open.on('rejected', ({ operation }) => (this.rejected.value = { text: plainText(inserted(operation)).trim().slice(0, 2_000) })),
    ];
    const moved = () => this.#selected();
    quill.on('editor-change', moved);
    this.#off.push(() => quill.off('editor-change', moved));
    this.#changed(open.state);
    this.#present([...open.users.values()]);
    this.#touched();
  }

  detach(): void {
    for (const off of this.#off) off();
    this.#off = [];
    clearTimeout(this.#countTimer);
    clearTimeout(this.#commentTimer);
    clearTimeout(this.#authorsTimer);
    this.#highlights?.clear();
    this.#quill = undefined;
  }

  focus(): void {
    this.#quill?.focus();
  }

  /** Puts a format on what is selected, or on what is typed next; false takes it away. */
  format(name: string, value: unknown): void {
    const quill = this.#quill;
    if (quill === undefined || !this.document.canEdit) return;
    this.#reselect();
    quill.format(name, value, 'user');
    this.#selected();
  }

  clearFormats(): void {
    const range = this.#reselect();
    if (range === null || this.#quill === undefined || !this.document.canEdit) return;
    if (range.length > 0) this.#quill.removeFormat(range.index, range.length, 'user');
    else for (const name of Object.keys(this.formats.value)) this.#quill.format(name, false, 'user');
    this.#selected();
  }

  insertEmbed(kind: 'image' | 'divider', value: unknown): void {
    const quill = this.#quill;
    if (quill === undefined || !this.document.canEdit) return;
    const index = this.#reselect()?.index ?? quill.getLength() - 1;
    quill.insertEmbed(index, kind, value, 'user');
    quill.setSelection(index + 1, 0, 'silent');
  }

  undo(): void {
    this.document.undo();
  }

  redo(): void {
    this.document.redo();
  }

  // Comments.

  async loadComments(): Promise<void> {
    if (this.state.value.kind !== 'live') return;
    const all = await this.document.comments().catch(() => undefined);
    if (all === undefined) return;
    this.comments.value = [...all].sort((a, b) => (a.range?.index ?? Infinity) - (b.range?.index ?? Infinity) || a.timestamp - b.timestamp);
    this.#mark();
  }

  /** On what is selected. False where nothing is. */
  beginComment(): boolean {
    const range = this.#range;
    if (range === null || range.length === 0 || this.#quill === undefined) {
      this.announcement.value = 'Select the text that the comment is about first.';
      return false;
    }
    this.draft.value = { range, quote: this.#quill.getText(range.index, range.length).trim() };
    return true;
  }

  async finishComment(text: string): Promise<void> {
    const draft = this.draft.value;
    if (draft === undefined) return;
    const made = await this.document.addComment(draft.range, text);
    batch(() => {
      this.draft.value = undefined;
      this.activeComment.value = made.commentId;
    });
    // Where one wrote it there is nothing any more that could have the focus.
    this.focus();
    await this.loadComments();
  }

  /** Shows where a comment stands. */
  reveal(comment: Comment): void {
    this.activeComment.value = comment.commentId;
    this.#mark();
    if (comment.range === null || this.#quill === undefined) return;
    this.#quill.setSelection(comment.range.index, comment.range.length, 'api');
    this.#quill.scrollSelectionIntoView();
  }

  // Who wrote what.

  async showAuthors(on: boolean): Promise<void> {
    this.authors.value = on ? await this.document.authorship() : undefined;
    this.#highlights?.authors(this.authors.value ?? []);
  }

  #may(...roles: readonly string[]): boolean {
    return roles.includes(this.state.value.role ?? '');
  }

  #changed(state: DocumentState): void {
    const before = this.state.value.kind;
    batch(() => {
      this.state.value = state;
      if (state.title !== undefined) this.title.value = state.title;
    });
    if (state.kind === 'live' && (before !== 'live' || this.comments.value === undefined)) void this.loadComments();
  }

  #present(users: readonly DocumentUser[]): void {
    const here = new Set(this.users.value.map(({ userId }) => userId));
    const came = users.filter(({ userId }) => !here.has(userId) && userId !== this.#me());
    this.users.value = users;
    if (came.length > 0 && here.size > 0) this.announcement.value = `${came.map(({ userName, userId }) => userName ?? userId ?? 'Somebody').join(', ')} joined.`;
  }

  #touched(): void {
    this.#countTimer ??= setTimeout(() => {
      this.#countTimer = undefined;
      this.count.value = countOf(this.document.content, this.#segmenters);
    }, countMillis);
    this.#commentTimer ??= setTimeout(() => {
      this.#commentTimer = undefined;
      // Moved by the document itself: nobody is asked.
      if (this.comments.value !== undefined) void this.loadComments();
    }, commentsMillis);
    if (this.authors.value === undefined) return;
    this.#authorsTimer ??= setTimeout(() => {
      this.#authorsTimer = undefined;
      if (this.authors.value !== undefined) void this.showAuthors(true).catch(() => undefined);
    }, authorsMillis);
  }

  #selected(): void {
    const quill = this.#quill;
    const range = quill?.getSelection() ?? null;
    if (quill === undefined || range === null) return;
    batch(() => {
      this.#range = range;
      this.selection.value = range;
      this.formats.value = quill.getFormat(range);
    });
  }

  /** The toolbar takes the focus; what was selected before is meant. */
  #reselect(): Range | null {
    if (this.#quill !== undefined && this.#range !== null) this.#quill.setSelection(this.#range.index, this.#range.length, 'silent');
    return this.#range;
  }

  #mark(): void {
    const open = (this.comments.value ?? []).filter(({ resolved, range }) => !resolved && range !== null);
    const active = open.find(({ commentId }) => commentId === this.activeComment.value);
    this.#highlights?.comments(
      open.map(({ range }) => range!),
      active?.range ?? undefined,
    );
  }
}

/** What an operation would have added. */
function inserted(operation: Delta): Delta {
  return new Delta(operation.ops.filter(({ insert }) => insert !== undefined));
}
