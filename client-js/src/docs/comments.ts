import type { Delta } from './delta.js';
import type { Comment } from './messages.js';
import { markBehind } from './ranges.js';

/** The comments of a document, their places moved by every edit. */
export class Comments {
  readonly #comments = new Map<string, Comment>();

  get all(): readonly Comment[] {
    return [...this.#comments.values()];
  }

  get(commentId: string): Comment | undefined {
    return this.#comments.get(commentId);
  }

  /** As the server has them; `pending` is what it has not seen. */
  loaded(comments: readonly Comment[], pending: Delta): void {
    this.#comments.clear();
    for (const comment of comments) this.changed(comment.commentId, comment, pending);
  }

  changed(commentId: string, comment: Comment | null, pending: Delta): Comment | null {
    if (!comment) return this.#comments.delete(commentId) ? null : null;
    const here = { ...comment, range: comment.range && markBehind(pending, comment.range) };
    this.#comments.set(commentId, here);
    return here;
  }

  moved(change: Delta): void {
    for (const [id, comment] of this.#comments) {
      if (comment.range) this.#comments.set(id, { ...comment, range: markBehind(change, comment.range) });
    }
  }
}
