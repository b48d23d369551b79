import { Delta } from '../docs/delta.js';
import { misfit } from '../docs/fits.js';
import type { Comment, DocumentUser, OperationPush, Range, Role, Version } from '../docs/messages.js';
import { markBehind, selectionBehind, within } from '../docs/ranges.js';

export interface Operation {
  readonly operation: Delta;
  /** The one that it was made on. */
  readonly revision: number;
  readonly clientId?: string;
  readonly seq?: number;
}

/** The authority of one document: gives operations their order, each once, and keeps them all. */
export class FakeDocument {
  readonly id: string;
  epoch: string;
  title = 'Untitled';
  content = new Delta();
  /** By user; who is not in it is an editor. */
  readonly roles = new Map<string | null, Role>();
  readonly comments = new Map<string, Comment>();
  readonly versions: Version[] = [];
  #operations: OperationPush[] = [];
  #trimmed = 0;
  /** By client and number, the revision that it became. */
  readonly #seen = new Map<string, number>();
  #trimmedContent = new Delta();

  constructor(id: string, epoch: string) {
    this.id = id;
    this.epoch = epoch;
  }

  /** Operations that were applied. */
  get revision(): number {
    return this.#trimmed + this.#operations.length;
  }

  /** The first revision that operations can still be made on. */
  get oldest(): number {
    return this.#trimmed;
  }

  /** From {@link oldest} on. */
  get operations(): readonly OperationPush[] {
    return this.#operations;
  }

  roleOf(userId: string | null): Role {
    return this.roles.get(userId) ?? 'editor';
  }

  /** What it becomes, the revision that a repetition became before, or the code of an error. */
  take({ operation, revision, clientId, seq }: Operation, { userId, userName }: DocumentUser, timestamp: number): OperationPush | number | string {
    const key = seq === undefined ? undefined : `${clientId} ${seq}`;
    const earlier = key === undefined ? undefined : this.#seen.get(key);
    if (earlier !== undefined) return earlier;
    if (revision > this.revision) return 'revision_unknown';
    if (revision < this.#trimmed) return 'revision_pruned';
    // One after the other: behind their composition it might come to lie elsewhere.
    const since = this.after(revision);
    const now = since.reduce((change, push) => new Delta(push.operation).transform(change, true), operation);
    if (misfit(this.contentAt(revision)!, operation) !== undefined) return 'invalid_operation';
    const push = {
      documentId: this.id,
      userId,
      userName,
      ...(clientId !== undefined && { clientId }),
      ...(seq !== undefined && { seq }),
      operation: now.toJSON(),
      revision: this.revision + 1,
      timestamp,
    };
    this.#append(push, now);
    if (key !== undefined) this.#seen.set(key, push.revision);
    return push;
  }

  #append(push: OperationPush, change: Delta): void {
    this.#operations.push(push);
    this.content = this.content.compose(change);
    for (const [id, comment] of this.comments) {
      if (comment.range) this.comments.set(id, { ...comment, range: markBehind(change, comment.range) });
    }
  }

  after(revision: number): readonly OperationPush[] {
    return this.#operations.slice(Math.max(0, revision - this.#trimmed));
  }

  contentAt(revision: number): Delta | undefined {
    if (revision < this.#trimmed || revision > this.revision) return undefined;
    const until = this.#operations.slice(0, revision - this.#trimmed);
    return until.reduce((content, { operation }) => content.compose(new Delta(operation)), this.#trimmedContent);
  }

  /** A place told on a revision, on the newest. */
  rangeNow(range: Range, revision = this.revision, own: boolean): Range {
    const moved = this.after(revision).reduce((range, { operation }) => selectionBehind(new Delta(operation), range, own), range);
    return within(moved, this.content.length);
  }

  markNow(range: Range, revision = this.revision): Range | null {
    return this.after(revision).reduce<Range | null>((moved, { operation }) => moved && markBehind(new Delta(operation), moved), range);
  }

  /** Why `since` cannot be gone on from; undefined where it can. */
  broken(since: { readonly epoch: string; readonly revision: number }): 'epoch_changed' | 'history_trimmed' | undefined {
    if (since.epoch !== this.epoch || since.revision > this.revision) return 'epoch_changed';
    return since.revision < this.#trimmed ? 'history_trimmed' : undefined;
  }

  /** Lets all operations go but the newest `keep`. */
  trim(keep = 0): void {
    const until = Math.max(this.#trimmed, this.revision - keep);
    this.#trimmedContent = this.contentAt(until)!;
    this.#operations = this.#operations.slice(until - this.#trimmed);
    this.#trimmed = until;
  }

  /** All is lost. */
  lose(epoch: string): void {
    this.epoch = epoch;
    this.content = this.#trimmedContent = new Delta();
    this.#operations = [];
    this.#trimmed = 0;
    this.#seen.clear();
    this.comments.clear();
    this.versions.length = 0;
  }
}
