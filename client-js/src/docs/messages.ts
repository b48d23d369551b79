import type { Op } from './delta.js';

/** What one may do with a document; each may do all that those behind it may. */
export type Role = 'owner' | 'editor' | 'commenter' | 'reader';

export interface DocumentUser {
  readonly userId: string | null;
  readonly userName: string | null;
}

/** A part of a document, in UTF-16 code units. */
export interface Range {
  readonly index: number;
  readonly length: number;
}

export interface Reply {
  readonly replyId: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

export interface Comment {
  readonly commentId: string;
  /** Moves with the text; null where all of it was deleted. */
  readonly range: Range | null;
  /** The text as it was when the comment was made. */
  readonly quote: string;
  readonly text: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly timestamp: number;
  readonly resolved: boolean;
  readonly replies: readonly Reply[];
}

/** A revision with a name. */
export interface Version {
  readonly versionId: string;
  readonly revision: number;
  readonly name: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly timestamp: number;
}

/** So many code units, from where the last run ended, were written by this user. */
export interface AuthorRun {
  readonly length: number;
  readonly userId: string | null;
  readonly userName: string | null;
}

/** Who changed the document, and when. */
export interface HistoryEntry {
  readonly revision: number;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly timestamp: number;
}

export interface History {
  readonly operations: readonly HistoryEntry[];
  /** Revisions that can be looked at. */
  readonly oldest: number;
  readonly newest: number;
}

/** The answer to `join_document`. */
export interface Joined {
  readonly documentId: string;
  readonly epoch: string;
  readonly revision: number;
  readonly role: Role;
  readonly title: string;
  readonly content?: { readonly ops: readonly Op[] };
  readonly recovered?: boolean;
  readonly reason?: 'epoch_changed' | 'history_trimmed';
  /** The newest number that is known of the client id the caller sent. */
  readonly seq?: number;
  readonly users: readonly (DocumentUser & { readonly clientId?: string | null })[];
}

export interface OperationPush {
  readonly documentId: string;
  readonly userId: string | null;
  readonly userName?: string | null;
  readonly clientId?: string | null;
  readonly seq?: number | null;
  readonly operation: { readonly ops: readonly Op[] };
  readonly revision: number;
  readonly timestamp?: number;
}

export interface CursorPush {
  readonly documentId: string;
  readonly userId: string | null;
  readonly userName?: string | null;
  readonly clientId?: string | null;
  readonly position: number | Range | null;
  readonly revision?: number;
}
