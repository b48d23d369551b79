/** The messages of the wire, by the server's names (PROTOCOL.md). */

/** A place in a room's history: `offset` counts stored entries from 1 within `epoch`. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** What a client sends: one JSON object. */
export interface Outgoing {
  readonly type: string;
  readonly id?: string | number;
  readonly messageId?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a server sends: one JSON object. `id` is that of the request it answers; `offset` that of a stored entry. */
export interface Incoming {
  readonly type: string;
  readonly id?: string | number;
  readonly offset?: number;
  readonly data: Readonly<Record<string, unknown>>;
}
