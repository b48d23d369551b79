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
    readonly roomId: string;
  };
  /** A user went out of a room. */
  readonly user_left: {
    readonly userId: string | null;
    readonly userName?: string | null;
    readonly roomId: string;
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
    readonly roomId: string;
    readonly total: number;
  };
  /** Pushes that a slow member was spared. */
  readonly skipped: {
    readonly roomId: string;
    readonly count: number;
    readonly offset?: number;
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
}
