import type { Delta } from './delta.js';
import type { Comment } from './messages.js';
import { markBehind } from './ranges.js';
import type { Recent } from './recent.js';

/** The comments of a document, their places moved by every edit. */
export class Comments {
  readonly #comments = new Map<string, Comment>();
  readonly #recent: Recent;

  constructor(recent: Recent) {
    this.#recent = recent;
  }

  get all(): readonly Comment[] {
    return [...this.#comments.values()];
  }

  get(commentId: string): Comment | undefined {
    return this.#comments.get(commentId);
  }

  /** As the server has them, on this revision. */
  loaded(comments: readonly Comment[], revision?: number): void {
    this.#comments.clear();
    for (const comment of comments) this.changed(comment.commentId, comment, revision);
  }

  changed(commentId: string, comment: Comment | null, revision?: number): Comment | null {
    this.#comments.delete(commentId);
    if (!comment) return null;
    const here = { ...comment, range: this.#recent.mark(comment.range, revision) };
    this.#comments.set(commentId, here);
    return here;
  }

  moved(change: Delta): void {
    for (const [id, comment] of this.#comments) {
      if (comment.range) this.#comments.set(id, { ...comment, range: markBehind(change, comment.range) });
    }
  }
}
