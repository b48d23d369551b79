/*
 * The messages of the wire, by the server's names (PROTOCOL.md). Made from the JSON Schemas in spec/ by
 * build/messages.mjs: a change begins there. What a type cannot say (lengths, patterns) the schemas do.
 */

/** Any message of a client, known or not: one JSON object. `id` asks for a reply; `messageId` makes a publish repeatable. */
export interface Outgoing {
  readonly type: string;
  readonly id?: string | number;
  readonly messageId?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Any message of a server, known or not. `id` is that of the request it answers; `offset` that of a stored entry. */
export interface Incoming {
  readonly type: string;
  readonly id?: string | number;
  readonly offset?: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A place in the history of a room: offset counts stored entries from 1 within epoch. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** A stored entry, the same object as its push. */
export interface StoredPush {
  readonly type: string;
  readonly offset: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The `data` of what a client says, by `type`. */
export interface ClientMessages {
  /** Says who the caller is. */
  readonly authenticate: {
    readonly token?: string | null;
    readonly userId?: string | null;
    readonly userName?: string | null;
    readonly session?: boolean | null;
    readonly sessionId?: string | null;
  };
  /** Enters a room; with since, asks for what came after it. */
  readonly join_room: {
    readonly roomId: string;
    readonly since?: Position | null;
  };
  /** Leaves a room. */
  readonly leave_room: {
    readonly roomId: string;
  };
  /** Says something to everyone else in a room. */
  readonly chat: {
    readonly roomId: string;
    readonly message: string;
    readonly userId?: string | null;
  };
  /** Says something to everyone in a room. */
  readonly message: {
    readonly roomId: string;
    readonly message: string;
    readonly userId?: string | null;
  };
  /** Begins or ends typing. */
  readonly typing: {
    readonly roomId: string;
    readonly userId?: string | null;
    readonly typing: boolean;
  };
  /** Asks for a pong. */
  readonly ping: Readonly<Record<string, unknown>>;
  /** Asks who is in a room. */
  readonly presence: {
    readonly roomId: string;
    readonly after?: string | null;
    readonly limit?: number | null;
  };
  /** Asks for stored entries. */
  readonly history: {
    readonly roomId: string;
    readonly before?: number | null;
    readonly after?: number | null;
    readonly limit?: number | null;
  };
  /** Asks for stored entries by their words. */
  readonly search: {
    readonly roomId: string;
    /** Words, in code points; the last one may be a beginning. */
    readonly query: string;
    readonly before?: number | null;
    readonly limit?: number | null;
  };
  /** Marks notifications as read. */
  readonly read: {
    readonly offset: number;
  };
  /** Asks for stored notifications. */
  readonly notifications: {
    readonly before?: number | null;
    readonly limit?: number | null;
  };
  /** Enters a document, which is made if there is none; with since, asks for what came after it. */
  readonly join_document: {
    readonly documentId: string;
    readonly userId?: string | null;
    readonly userName?: string | null;
    readonly since?: {
      readonly epoch: string;
      readonly revision: number;
    } | null;
    readonly clientId?: string | null;
  };
  /** Leaves a document. */
  readonly leave_document: {
    readonly documentId: string;
  };
  /** Changes the text of a document. */
  readonly operation: {
    readonly documentId: string;
    readonly userId?: string | null;
    readonly operation: {
      /** Each with one of insert (a text or an embed), retain and delete, and perhaps attributes. */
      readonly ops: readonly (Readonly<Record<string, unknown>>)[];
    };
    /** What the operation was made on. */
    readonly revision: number;
    readonly clientId?: string | null;
    readonly seq?: number | null;
  };
  /** Says where the cursor is. */
  readonly cursor_position: {
    readonly documentId: string;
    readonly userId?: string | null;
    readonly position: number | Readonly<Record<string, unknown>> | null;
    readonly revision?: number | null;
    readonly clientId?: string | null;
  };
  /** Asks for the content at a revision. */
  readonly document_at: {
    readonly documentId: string;
    readonly revision: number;
  };
  /** Makes the content what it was at a revision. */
  readonly restore: {
    readonly documentId: string;
    readonly userId?: string | null;
    readonly revision: number;
  };
  /** Asks who wrote what. */
  readonly authorship: {
    readonly documentId: string;
  };
  /** Asks who changed a document, and when. */
  readonly history_of: {
    readonly documentId: string;
    readonly before?: number | null;
    readonly limit?: number | null;
  };
  /** Asks for all comments of a document. */
  readonly comments: {
    readonly documentId: string;
  };
  /** Does something about a comment. */
  readonly comment: {
    readonly documentId: string;
    readonly commentId: string;
    readonly userId?: string | null;
    /** replyId is needed for reply; with edit and delete it says which reply is meant, in place of the comment. text is needed for add, reply and edit. */
    readonly action: 'add' | 'reply' | 'edit' | 'resolve' | 'reopen' | 'delete';
    /** For add: what it is about; null or absent for the document as a whole. */
    readonly range?: {
      /** UTF-16 units before it. */
      readonly index: number;
      /** UTF-16 units in it. */
      readonly length: number;
    } | null;
    /** For add: what range counts in; the newest where absent. */
    readonly revision?: number | null;
    readonly text?: string | null;
    readonly replyId?: string | null;
  };
  /** Asks for the named versions of a document. */
  readonly versions: {
    readonly documentId: string;
  };
  /** Names a revision of a document. */
  readonly version: {
    readonly documentId: string;
    readonly userId?: string | null;
    /** One line of text. */
    readonly name: string;
    /** Makes a repetition known; the server chooses where absent. */
    readonly versionId?: string | null;
    /** The newest where absent. */
    readonly revision?: number | null;
  };
}

/** The `data` of what a server says, by `type`. */
export interface ServerMessages {
  /** Who the caller is now. */
  readonly authenticated: {
    readonly success: true;
    readonly userId: string | null;
    readonly userName: string | null;
    readonly sessionId?: string;
    readonly resumed?: boolean;
  };
  /** The caller is in the room. */
  readonly joined: {
    readonly roomId: string;
    readonly epoch: string;
    readonly offset: number;
    readonly recovered?: boolean;
    readonly reason?: 'epoch_changed' | 'history_trimmed';
    readonly oldest?: number;
    readonly durability: 'disk' | 'memory';
  };
  /** Done; with a position, stored there. */
  readonly ack: {
    readonly roomId?: string;
    readonly epoch?: string;
    readonly offset?: number;
    /** In place of roomId, where it is about a document. */
    readonly documentId?: string;
  };
  /** A message had no effect. */
  readonly error: {
    /** More codes may come. */
    readonly code: string;
    readonly message: string;
    readonly retry: boolean;
    readonly retryAfterMs?: number;
  };
  /** The answer to ping. */
  readonly pong: Readonly<Record<string, unknown>>;
  /** A user came into a room. */
  readonly user_joined: {
    readonly userId: string | null;
    readonly userName?: string | null;
    readonly roomId?: string;
    /** In place of roomId, where it is about a document. */
    readonly documentId?: string;
  };
  /** A user went out of a room. */
  readonly user_left: {
    readonly userId: string | null;
    readonly userName?: string | null;
    readonly roomId?: string;
    /** In place of roomId, where it is about a document. */
    readonly documentId?: string;
  };
  /** What another said. */
  readonly chat: {
    readonly message: string;
    readonly userId: string | null;
    readonly timestamp: string;
    readonly roomId: string;
  };
  /** What someone said, oneself included. */
  readonly message: {
    readonly roomId: string;
    readonly message: string;
    readonly userId: string | null;
    readonly userName: string | null;
    readonly timestamp: number;
  };
  /** Another began or ended typing. */
  readonly typing: {
    readonly roomId: string;
    readonly userId: string | null;
    readonly userName?: string | null;
    readonly typing: boolean;
  };
  /** For one user, or for everybody. */
  readonly notification: Readonly<Record<string, unknown>>;
  /** How far the user has read. */
  readonly notification_read: {
    readonly offset: number;
  };
  /** Stored notifications, oldest first. */
  readonly notifications: {
    readonly entries: readonly StoredPush[];
    readonly read: number;
    readonly next?: number;
  };
  /** Who is in a room. */
  readonly presence: {
    readonly roomId: string;
    readonly members: readonly {
      readonly userId: string | null;
      readonly userName: string | null;
      readonly connections: number;
    }[];
    readonly total: number;
    readonly next?: string;
  };
  /** How many users a large room has. */
  readonly presence_count: {
    readonly roomId?: string;
    readonly total: number;
    /** In place of roomId, where it is about a document. */
    readonly documentId?: string;
  };
  /** Pushes that a slow member was spared. */
  readonly skipped: {
    readonly roomId?: string;
    readonly count: number;
    readonly offset?: number;
    /** In place of roomId, where it is about a document. */
    readonly documentId?: string;
  };
  /** Stored entries, oldest first. */
  readonly history: {
    readonly roomId: string;
    readonly epoch: string;
    readonly entries: readonly StoredPush[];
    readonly oldest: number;
    readonly newest: number;
    readonly more: boolean;
  };
  /** Stored entries that match, newest first. */
  readonly search_results: {
    readonly roomId: string;
    readonly results: readonly (StoredPush & {
      /** What matches in the message: the first code point and the one behind the last. */
      readonly highlights: readonly (readonly [number, number])[];
    })[];
    /** The before of the next page; absent on the last. */
    readonly next?: number;
  };
  /** The server restarts: when to come back. */
  readonly reconnect: {
    readonly afterMs: number;
  };
  /** The token ends soon. */
  readonly token_expiring: {
    readonly expiresInMs: number;
  };
  /** Why an event stream ends: the last event of one that the server ends. */
  readonly close: {
    readonly code: number;
    readonly reason: string;
  };
  /** The caller is in the document. */
  readonly document: {
    readonly documentId: string;
    readonly epoch: string;
    readonly revision: number;
    readonly role: 'reader' | 'commenter' | 'editor' | 'owner';
    readonly title: string;
    readonly content?: {
      /** Each with one of insert (a text or an embed), retain and delete, and perhaps attributes. */
      readonly ops: readonly (Readonly<Record<string, unknown>>)[];
    };
    /** Whether the operations after since follow. */
    readonly recovered?: boolean;
    readonly reason?: 'epoch_changed' | 'history_trimmed';
    /** The newest seq that was stored of the caller's clientId; absent where none is known. */
    readonly seq?: number;
    /** Who is in the document, the caller too; at most 1,000. */
    readonly users: readonly {
      readonly userId: string | null;
      readonly userName: string | null;
    }[];
  };
  /** The text of a document changed. */
  readonly operation: {
    readonly documentId: string;
    readonly userId: string | null;
    readonly userName?: string | null;
    readonly clientId?: string;
    readonly seq?: number;
    readonly operation: {
      /** Each with one of insert (a text or an embed), retain and delete, and perhaps attributes. */
      readonly ops: readonly (Readonly<Record<string, unknown>>)[];
    };
    readonly revision: number;
    readonly timestamp: number;
  };
  /** Where somebody's cursor is. */
  readonly cursor_position: {
    readonly documentId: string;
    readonly userId: string | null;
    readonly userName?: string | null;
    readonly clientId?: string;
    readonly position: number | Readonly<Record<string, unknown>> | null;
    readonly revision: number;
  };
  /** The content at a revision. */
  readonly document_at: {
    readonly documentId: string;
    readonly revision: number;
    readonly content: {
      /** Each with one of insert (a text or an embed), retain and delete, and perhaps attributes. */
      readonly ops: readonly (Readonly<Record<string, unknown>>)[];
    };
  };
  /** Who wrote what. */
  readonly authorship: {
    readonly documentId: string;
    readonly revision: number;
    /** From the first unit of the text to the last. */
    readonly runs: readonly {
      readonly length: number;
      readonly userId: string | null;
      readonly userName: string | null;
    }[];
  };
  /** Who changed a document, and when. */
  readonly history_of: {
    readonly documentId: string;
    /** In rising order. */
    readonly operations: readonly {
      readonly revision: number;
      readonly userId: string | null;
      readonly userName: string | null;
      readonly timestamp: number;
    }[];
    readonly oldest: number;
    readonly newest: number;
  };
  /** The receiver may not be in a room any more, and is not. */
  readonly removed: {
    readonly roomId?: string;
    /** In place of roomId, where it is about a document. */
    readonly documentId?: string;
  };
  /** All comments of a document, in the order in which they were made. */
  readonly comments: {
    readonly documentId: string;
    /** What the ranges count in. */
    readonly revision: number;
    readonly comments: readonly {
      readonly commentId: string;
      readonly range: {
        readonly index: number;
        readonly length: number;
      } | null;
      /** The text that it was about when it was made. */
      readonly quote: string;
      readonly text: string;
      readonly userId: string | null;
      readonly userName: string | null;
      readonly timestamp: number;
      readonly resolved: boolean;
      /** In the order in which they were made. */
      readonly replies: readonly {
        readonly replyId: string;
        readonly userId: string | null;
        readonly userName: string | null;
        readonly text: string;
        readonly timestamp: number;
      }[];
    }[];
  };
  /** A comment was made or changed, or is gone. */
  readonly comment: {
    readonly documentId: string;
    readonly commentId: string;
    /** What the range counts in. */
    readonly revision: number;
    /** As it is now; null where it is gone. */
    readonly comment: {
      readonly commentId: string;
      readonly range: {
        readonly index: number;
        readonly length: number;
      } | null;
      /** The text that it was about when it was made. */
      readonly quote: string;
      readonly text: string;
      readonly userId: string | null;
      readonly userName: string | null;
      readonly timestamp: number;
      readonly resolved: boolean;
      /** In the order in which they were made. */
      readonly replies: readonly {
        readonly replyId: string;
        readonly userId: string | null;
        readonly userName: string | null;
        readonly text: string;
        readonly timestamp: number;
      }[];
    } | null;
  };
  /** The named versions of a document, by revision. */
  readonly versions: {
    readonly documentId: string;
    /** The newest. */
    readonly revision: number;
    /** The oldest that can be looked at. */
    readonly oldest: number;
    readonly versions: readonly {
      readonly versionId: string;
      readonly revision: number;
      readonly name: string;
      readonly userId: string | null;
      readonly userName: string | null;
      readonly timestamp: number;
    }[];
  };
  /** A revision was given a name. */
  readonly version: {
    readonly documentId: string;
    readonly version: {
      readonly versionId: string;
      readonly revision: number;
      readonly name: string;
      readonly userId: string | null;
      readonly userName: string | null;
      readonly timestamp: number;
    };
  };
  /** A document has another title. */
  readonly document_renamed: {
    readonly documentId: string;
    /** Text, never markup. */
    readonly title: string;
  };
  /** A document was deleted; removed follows. */
  readonly document_deleted: {
    readonly documentId: string;
  };
  /** A user may do more or less with a document than before. */
  readonly role_changed: {
    readonly documentId: string;
    readonly userId: string;
    readonly role: 'reader' | 'commenter' | 'editor' | 'owner';
  };
}
