import type { Ambient } from './ambient.js';
import type { Incoming, Outgoing } from './messages.js';

/** One way of talking to a server. Messages are the JSON objects of PROTOCOL.md, whatever carries them. */
export interface Transport {
  readonly name: 'websocket' | 'sse' | 'polling';
  /** Calls nothing of `events` before it has returned. */
  open(target: Target, events: LinkEvents): Link;
}

export interface Target {
  /** `http:` or `https:`; the server's own, without a path. */
  readonly url: URL;
  /** Of the WebSocket endpoint: `/chat`. */
  readonly path: string;
  /** The clock, the network, chance: a transport takes all of these from here. */
  readonly ambient: Ambient;
}

/** One connection, from opening to its end. The first message sent is `authenticate`. */
export interface Link {
  /** In order; what is sent before `open` or after the end is lost. */
  send(message: Outgoing): void;
  /** Ends it from this side; `closed` is not called any more. 1000 by default. */
  close(code?: number, reason?: string): void;
  /** Bytes that the network has not taken yet. */
  readonly bufferedAmount: number;
}

/** What a link tells its owner. */
export interface LinkEvents {
  open(): void;
  message(message: Incoming): void;
  /** Once, and the last. */
  closed(end: LinkEnd): void;
}

export interface LinkEnd {
  /** As in PROTOCOL.md, section 10; 1006 where nobody said why. */
  readonly code: number;
  readonly reason: string;
  /** The server said how long to stay away, in milliseconds (`Retry-After`). */
  readonly afterMs?: number;
  /** `open` was not called: another transport may do better. */
  readonly neverOpened: boolean;
}
