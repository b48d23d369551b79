export { type Ambient, ambient } from './ambient.js';
export type { ClientMessages, Incoming, Outgoing, Position, ServerMessages, StoredPush } from './messages.js';
export type { Link, LinkEnd, LinkEvents, Target, Transport } from './transport.js';
