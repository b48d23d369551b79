export { type Ambient, ambient } from './ambient.js';
export type { Incoming, Outgoing, Position } from './messages.js';
export type { Link, LinkEnd, LinkEvents, Target, Transport } from './transport.js';
