export { type Ambient, ambient } from './ambient.js';
export {
  Client,
  type ClientEvents,
  type ClientOptions,
  type Diagnostics,
  type OutboxState,
} from './client.js';
export type { State, TokenProvider } from './connection.js';
export type { Acknowledgement, Pending } from './delivery.js';
export type { ClientMessages, Incoming, Outgoing, Position, ServerMessages, StoredPush } from './messages.js';
export type { Kept, OutboxStore } from './outbox.js';
export { type Field, fits } from './names.js';
export { polling } from './polling.js';
export { QueuedWebSocket, type QueuedOptions } from './queued.js';
export { ReconnectingWebSocket, type ReconnectingOptions } from './reconnecting.js';
export { NoReply, Refusal } from './requests.js';
export type { PublishOptions, Room, RoomEvents } from './room.js';
export { sse } from './sse.js';
export type { Link, LinkEnd, LinkEvents, Target, Transport } from './transport.js';
export { websocket } from './websocket.js';
