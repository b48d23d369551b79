import type { ServerMessages } from '../messages.js';
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

/** Ops as they are; their schema says no more than that they are objects. */
interface Ops {
  readonly ops: readonly Op[];
}

/** The answer to `join_document`. */
export type Joined = Omit<ServerMessages['document'], 'content'> & { readonly content?: Ops };

export type OperationPush = Omit<ServerMessages['operation'], 'operation'> & { readonly operation: Ops };

export type CursorPush = Omit<ServerMessages['cursor_position'], 'position'> & { readonly position: number | Range | null };
