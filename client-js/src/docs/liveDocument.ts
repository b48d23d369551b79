import type { Client } from '../client.js';
import { Emitter } from '../emitter.js';
import type { Incoming } from '../messages.js';
import { NoReply, Refusal } from '../requests.js';
import { Comments } from './comments.js';
import { Company } from './company.js';
import type { RemoteCursor } from './cursors.js';
import { Delta, type Op } from './delta.js';
import { misfit } from './fits.js';
import type {
  AuthorRun,
  Comment,
  CursorPush,
  DocumentUser,
  History,
  Joined,
  OperationPush,
  Range,
  Role,
  Version,
} from './messages.js';
import { Offline } from './offline.js';
import { markBehind, rangeBefore } from './ranges.js';
import { Recent } from './recent.js';
import { clientIdOf, Replica } from './replica.js';
import { Session } from './session.js';
import type { KeptReplica } from './shelf.js';
import { UndoStack } from './undo.js';

export interface DocumentState {
  /** `offline`: there is content, and edits wait. `refused`: the server says no, and {@link refusal} why. */
  readonly kind: 'opening' | 'live' | 'offline' | 'refused' | 'closed';
  /** The server has every edit. */
  readonly saved: boolean;
  /** Edits that it does not have. */
  readonly pending: number;
  /** Those are on this device's disk and survive the page. */
  readonly kept: boolean;
  readonly role: Role | undefined;
  readonly title: string | undefined;
  readonly revision: number;
  readonly refusal: Refusal | undefined;
}

export interface DocumentChange {
  readonly delta: Delta;
  readonly source: 'remote' | 'undo' | 'redo' | 'restore';
}

export interface DocumentEvents {
  /** Something other than {@link LiveDocument.edit} changed what is shown. */
  change: DocumentChange;
  /** {@link LiveDocument.edit} did. */
  edited: Delta;
  /** There is content, or all of it is another: the history broke off. */
  content: Delta;
  state: DocumentState;
  users: ReadonlyMap<string, DocumentUser>;
  cursors: ReadonlyMap<string, RemoteCursor>;
  /** Null: deleted. */
  comment: { readonly commentId: string; readonly comment: Comment | null };
  version: Version;
  /** The server refused an edit for good, and it was taken back; here it is, so that nobody has to lose it. */
  rejected: { readonly operation: Delta; readonly refusal: Refusal };
}

export interface DocumentOptions {
  /**
   * Keeps the document and what is not saved on this device (IndexedDB), under this name: the user's id, as nobody may
   * send what another one wrote. Absent: both live as long as the page.
   */
  readonly offline?: string;
}

/** So long a document that is closed waits for the server, where the disk has its edits. */
export const lastWordsMillisMax = 5_000;
const writers: readonly (Role | undefined)[] = ['owner', 'editor'];

/** One document, open in this program: what is shown is changed at once, and is brought together with what others do. */
export class LiveDocument extends Emitter<DocumentEvents> {
  readonly documentId: string;
  state: DocumentState;
  readonly #client: Client;
  readonly #replica: Replica;
  readonly #session: Session;
  readonly #undo = new UndoStack();
  readonly #recent: Recent;
  readonly #company: Company;
  readonly #comments: Comments;
  readonly #off: (() => void)[];
  /** Called when something went out or came in. */
  readonly #waiting = new Set<() => void>();
  #offline: Offline | undefined;
  /** What an earlier program left was looked for. */
  #ready = false;
  #role: Role | undefined;
  #title: string | undefined;
  #refusal: Refusal | undefined;
  #restoring = 0;
  #commentsLoaded = false;
  #closed = false;

  /** @internal */
  constructor(client: Client, documentId: string, { offline }: DocumentOptions) {
    super();
    this.documentId = documentId;
    this.#client = client;
    this.#replica = new Replica(clientIdOf(client));
    this.#recent = new Recent(this.#replica);
    this.#comments = new Comments(this.#recent);
    this.#company = new Company(this.#replica, this.#recent, client.port.ambient, {
      users: () => this.emit('users', this.users),
      cursors: () => this.emit('cursors', this.cursors),
      heard: () => this.#session.state === 'joined',
      say: (where) => void client.send('cursor_position', { documentId, clientId: this.#replica.clientId, ...where }),
    });
    this.#session = new Session(client, documentId, this.#replica, {
      joined: (joined) => this.#joined(joined),
      departing: () => this.#offline?.departing(),
      confirmed: (push) => this.#recent.confirmed(push),
      changed: (change, by) => this.#changed(change, by),
      replaced: (change) => this.#replaced(change),
      moved: () => this.#moved(),
      rejected: (operation, refusal) => this.emit('rejected', { operation, refusal }),
      refused: (refusal) => this.#refused(refusal),
    });
    this.state = this.#stateNow();
    this.#off = [
      client.on('signed_in', () => this.#connect()),
      client.on('state', ({ kind }) => kind !== 'live' && this.#disconnected()),
      client.on('push', (push) => this.#received(push)),
    ];
    opened(client, documentId, 1);
    void this.#begin(offline);
  }

  /** As it is shown, own edits included. */
  get content(): Delta {
    return this.#replica.content;
  }

  /** Who has the document open, by user id. */
  get users(): ReadonlyMap<string, DocumentUser> {
    return this.#company.users;
  }

  /** Where the others are, by client id. */
  get cursors(): ReadonlyMap<string, RemoteCursor> {
    return this.#company.cursors.shown;
  }

  get canEdit(): boolean {
    return this.#session.opened && !this.#closed && !this.#refusal && writers.includes(this.#role);
  }

  get canUndo(): boolean {
    return this.canEdit && this.#undo.canUndo;
  }

  get canRedo(): boolean {
    return this.canEdit && this.#undo.canRedo;
  }

  /** Shown at once, sent when it can be. Throws a {@link Refusal} where one may not write, and a RangeError where it does not fit. */
  edit(change: Delta | { readonly ops: readonly Op[] } | readonly Op[]): void {
    const delta = Delta.from(change);
    const wrong = misfit(this.content, delta);
    if (!this.canEdit) throw new Refusal({ code: 'read_only', message: 'Read only' });
    if (wrong) throw new RangeError(wrong);
    if (delta.ops.length === 0) return;
    this.#undo.edited(delta, this.content, this.#client.port.ambient.now());
    this.#write(delta, () => this.emit('edited', delta));
  }

  /** Takes the last own edit back, whatever others did since. False where there is none. */
  undo(): boolean {
    return this.#turn('undo');
  }

  redo(): boolean {
    return this.#turn('redo');
  }

  /** What is typed next is undone by itself. */
  cutUndo(): void {
    this.#undo.cut();
  }

  /** Where one is, for the others to see; null: nowhere. */
  setCursor(range: Range | null): void {
    if (!this.#closed) this.#company.set(range);
  }

  /** All comments, their ranges in {@link content}. */
  async comments(): Promise<readonly Comment[]> {
    if (!this.#commentsLoaded) await this.#loadComments();
    return this.#comments.all;
  }

  /** On a part of {@link content}; ends when the server has both. */
  async addComment(range: Range, text: string): Promise<Comment> {
    const commentId = this.#client.port.freshId();
    const place = await this.#settled(range);
    if (!place) throw new Refusal({ code: 'invalid_message', message: 'The text is gone' });
    await this.#comment(commentId, 'add', { ...place, text });
    if (!this.#comments.get(commentId)) await this.#loadComments();
    return this.#comments.get(commentId)!;
  }

  reply(commentId: string, text: string): Promise<void> {
    return this.#comment(commentId, 'reply', { replyId: this.#client.port.freshId(), text });
  }

  /** The comment's own text, or a reply's. */
  editComment(commentId: string, text: string, replyId?: string): Promise<void> {
    return this.#comment(commentId, 'edit', { text, ...(replyId !== undefined && { replyId }) });
  }

  resolveComment(commentId: string): Promise<void> {
    return this.#comment(commentId, 'resolve');
  }

  reopenComment(commentId: string): Promise<void> {
    return this.#comment(commentId, 'reopen');
  }

  /** The comment with its replies, or one reply. */
  deleteComment(commentId: string, replyId?: string): Promise<void> {
    return this.#comment(commentId, 'delete', replyId === undefined ? {} : { replyId });
  }

  /** Revisions with names, as the server lists them. */
  async versions(): Promise<readonly Version[]> {
    return (await this.#ask<{ versions: readonly Version[] }>('versions', {})).versions;
  }

  /** Names the document as it is now, own edits included. */
  async nameVersion(name: string): Promise<void> {
    await this.#settled();
    await this.#ask('version', { name });
  }

  async contentAt(revision: number): Promise<Delta> {
    const { content } = await this.#ask<{ content: { ops: readonly Op[] } }>('document_at', { revision });
    return Delta.from(content);
  }

  /** Makes the newest content what it was at a revision: an edit like any other, which others may undo by restoring again. */
  async restore(revision: number): Promise<void> {
    await this.#settled();
    this.#restoring++;
    try {
      await this.#ask('restore', { revision });
    } finally {
      this.#restoring--;
    }
  }

  /** Who wrote what of the document as the server has it. */
  async authorship(): Promise<readonly AuthorRun[]> {
    await this.#settled();
    return (await this.#ask<{ runs: readonly AuthorRun[] }>('authorship', {})).runs;
  }

  /** Who changed the document and when: the newest, or those before a revision. */
  history(page: { readonly before?: number; readonly limit?: number } = {}): Promise<History> {
    return this.#ask<History>('history_of', page);
  }

  /** For good. Ends when every edit is with the server; or on the disk, where the server takes long or is away; or lost, where both are. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.setCursor(null);
    this.#closed = true;
    this.#say();
    await this.#lastWords();
    for (const off of this.#off) off();
    if (opened(this.#client, this.documentId, -1) === 0) this.#client.send('leave_document', { documentId: this.documentId });
    this.#session.disconnected();
    this.#company.end();
    await this.#offline?.close();
  }

  async #lastWords(): Promise<void> {
    const { ambient } = this.#client.port;
    let timer: unknown;
    const late = new Promise<void>((resolve) => {
      if (this.#offline) timer = ambient.setTimeout(resolve, lastWordsMillisMax);
    });
    await Promise.race([late, this.#settled().catch(() => {})]);
    ambient.clearTimeout(timer);
  }

  /** Goes on where an earlier program ended. Where nothing can be kept, `state.kept` says so. */
  async #begin(name: string | undefined): Promise<void> {
    const kept = name === undefined ? undefined : await this.#takeUp(name).catch(() => undefined);
    this.#ready = true;
    if (this.#closed) return;
    // One that was refused never had content, and is nothing to go on from.
    if (kept && kept.epoch !== '') {
      this.#replica.restore(kept);
      this.#undo.restore(kept);
      this.#role = kept.role;
      this.#title = kept.title;
      this.#session.restored();
      this.emit('content', this.content);
    }
    this.#connect();
  }

  #takeUp(name: string): Promise<KeptReplica | undefined> {
    this.#offline = new Offline(this.#client, this.documentId, name, {
      look: () => ({ ...this.#replica.kept, ...this.#undo.kept, role: this.#role, title: this.#title }),
      told: () => this.#say(),
      rejected: (event) => this.emit('rejected', event),
    });
    return this.#offline.begin();
  }

  #connect(): void {
    if (!this.#ready || this.#client.state.kind !== 'live') return this.#say();
    this.#refusal = undefined;
    this.#session.connected();
    this.#offline?.connected();
    this.#moved();
  }

  #disconnected(): void {
    this.#session.disconnected();
    this.#offline?.disconnected();
    this.#moved();
  }

  #refused(refusal: Refusal): void {
    this.#refusal = refusal;
    this.#moved();
  }

  #joined({ role, title, users }: Joined): void {
    this.#role = role;
    this.#title = title;
    this.#company.found(users);
  }

  #received({ type, data }: Incoming): void {
    if (data['documentId'] !== this.documentId) return;
    switch (type) {
      case 'operation':
        this.#offline?.received(data as unknown as OperationPush);
        return this.#session.received(data as unknown as OperationPush);
      case 'cursor_position':
        return this.#company.told(data as unknown as CursorPush);
      case 'user_joined':
        return this.#company.came(data as unknown as DocumentUser);
      case 'user_left':
        return this.#company.went((data['userId'] as string | null) ?? null);
      case 'comment':
        return this.#commented(data as unknown as DocumentEvents['comment']);
      case 'version':
        return this.emit('version', data['version'] as Version);
      case 'document_renamed':
        this.#title = data['title'] as string;
        return this.#say();
      case 'role_changed':
        return this.#roleChanged(data);
      case 'removed':
        return this.#connect();
      case 'document_deleted':
        return this.#refused(new Refusal({ code: 'not_found', message: 'Deleted' }));
    }
  }

  /** Without a role, the server's next word says what that means. */
  #roleChanged({ userId, role }: Incoming['data']): void {
    if (userId !== this.#client.who?.userId || !role) return;
    this.#role = role as Role;
    this.#say();
  }

  #commented({ commentId, comment, revision }: DocumentEvents['comment'] & { readonly revision?: number }): void {
    this.emit('comment', { commentId, comment: this.#comments.changed(commentId, comment, revision) });
  }

  #changed(change: Delta, by: OperationPush | undefined): void {
    this.#undo.passed(change);
    const own = this.#restoring > 0 && by?.userId === this.#client.who?.userId && !by?.clientId;
    this.#shift(change, by?.clientId ?? '', false, () => this.emit('change', { delta: change, source: own ? 'restore' : 'remote' }));
  }

  #replaced(change: Delta): void {
    this.#undo.passed(change);
    this.#recent.replaced();
    this.#commentsLoaded = false;
    this.#shift(change, '', false, () => this.emit('content', this.content));
  }

  /** Moves all that has a place, and tells where to behind what moved it. */
  #shift(change: Delta, by: string, own: boolean, tell: () => void): void {
    this.#comments.moved(change);
    const moved = this.#company.moved(change, by, own);
    tell();
    if (moved) this.emit('cursors', this.cursors);
  }

  #write(change: Delta, tell: () => void): void {
    this.#replica.edit(change);
    this.#offline?.edited();
    this.#shift(change, '', true, tell);
    this.#session.flush();
    this.#moved();
  }

  #turn(source: 'undo' | 'redo'): boolean {
    const delta = this.canEdit ? this.#undo[source](this.content) : undefined;
    if (!delta) return false;
    this.#write(delta, () => this.emit('change', { delta, source }));
    return true;
  }

  async #comment(commentId: string, action: string, more: object = {}): Promise<void> {
    await this.#ask('comment', { commentId, action, ...more });
  }

  async #loadComments(): Promise<void> {
    const { comments, revision } = await this.#ask<{ comments: readonly Comment[]; revision?: number }>('comments', {});
    this.#comments.loaded(comments, revision);
    this.#commentsLoaded = true;
  }

  async #ask<Answer = unknown>(type: string, data: object): Promise<Answer> {
    if (this.#session.state !== 'joined') throw (this.#refusal ?? new NoReply('not connected'));
    return (await this.#client.request(type, { documentId: this.documentId, ...data })) as Answer;
  }

  /** Ends when the server has all edits made until now. With a range: where that is then, by the server's revision. */
  #settled(range?: Range): Promise<{ readonly range: Range; readonly revision: number } | undefined> {
    const { made } = this.#replica;
    let place: Range | null = range ?? null;
    const follow = (delta: Delta) => (place &&= markBehind(delta, place));
    const off = [this.on('edited', follow), this.on('change', ({ delta }) => follow(delta))];
    const there = new Promise<void>((resolve, reject) => {
      const look = () => {
        if (this.#session.state !== 'joined') reject(this.#refusal ?? new NoReply('not connected'));
        else if (this.#replica.done >= made) resolve();
        else return;
        this.#waiting.delete(look);
      };
      this.#waiting.add(look);
      look();
    });
    const where = () => {
      const before = place && rangeBefore(this.#replica, place);
      return before && before.length > 0 ? { range: before, revision: this.#replica.revision } : undefined;
    };
    return there.then(where).finally(() => off.forEach((end) => end()));
  }

  #moved(): void {
    this.#company.caughtUp();
    for (const look of [...this.#waiting]) look();
    if (this.#session.opened) this.#offline?.changed();
    this.#say();
  }

  #say(): void {
    const state = this.#stateNow();
    const changed = (Object.keys(state) as (keyof DocumentState)[]).some((key) => state[key] !== this.state[key]);
    if (!changed) return;
    this.state = state;
    this.emit('state', state);
  }

  #stateNow(): DocumentState {
    const { saved, edits: pending, revision } = this.#replica;
    const kept = saved || this.#offline?.kept === true;
    return { kind: this.#kindNow(), saved, pending, kept, role: this.#role, title: this.#title, revision, refusal: this.#refusal };
  }

  #kindNow(): DocumentState['kind'] {
    if (this.#closed) return 'closed';
    if (this.#refusal) return 'refused';
    if (!this.#session.opened) return 'opening';
    return this.#session.state === 'joined' ? 'live' : 'offline';
  }
}

/** A connection is in a document once, however often a program has it open: it leaves with the last. */
const open = new WeakMap<Client, Map<string, number>>();

function opened(client: Client, documentId: string, change: number): number {
  const counts = open.get(client) ?? new Map<string, number>();
  open.set(client, counts);
  const count = (counts.get(documentId) ?? 0) + change;
  counts.set(documentId, count);
  return count;
}

/** Opens a document, which is made where there is none. Of a client with the path `/docs` or `/`. */
export function openDocument(client: Client, documentId: string, options: DocumentOptions = {}): LiveDocument {
  return new LiveDocument(client, documentId, options);
}
