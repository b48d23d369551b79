import type { Client } from '../client.js';
import { Delta } from './delta.js';
import type { OperationPush } from './messages.js';
import { cut } from './pieces.js';
import type { KeptContent } from './shelf.js';

/** An operation on its way: as first sent, which is how it is sent again, and as it is by now. */
export interface Flight {
  /** Whose number `seq` is: an earlier program's, where that one sent it first. */
  readonly clientId: string;
  readonly seq: number;
  readonly revision: number;
  readonly operation: Delta;
  readonly now: Delta;
}

/** A fresh one: 1–32 of `a-z A-Z 0-9 - _`. */
export function clientIdOf(client: Client): string {
  return client.port.freshId().replace(/[^\w-]/g, '').slice(0, 32);
}

/** What became of an operation of the server's. */
export type Received =
  /** Had before. */
  | { readonly kind: 'known' }
  /** Those before it are missing. */
  | { readonly kind: 'gap' }
  /** One's own, as expected. */
  | { readonly kind: 'own' }
  /** One's own, and not as expected: what is shown is not what the server has. */
  | { readonly kind: 'diverged' }
  /** Another one's; this is what it changes here. */
  | { readonly kind: 'remote'; readonly change: Delta };

/** A text that is composed only when somebody looks. */
class Text {
  #content: Delta;
  #tail = new Delta();
  #count = 0;

  constructor(content: Delta) {
    this.#content = content;
  }

  add(change: Delta): void {
    this.#tail = this.#tail.compose(change);
    if (++this.#count >= 100) this.content;
  }

  /** As it lies there, to be composed. */
  get parts(): { readonly base: Delta; readonly tail: Delta } {
    return { base: this.#content, tail: this.#tail };
  }

  get content(): Delta {
    if (this.#count > 0) this.#content = this.#content.compose(this.#tail);
    if (this.#count > 0) this.#tail = new Delta();
    this.#count = 0;
    return this.#content;
  }
}

/**
 * One's copy of a document: what the server confirmed, then at most one operation in flight, then all later edits as one
 * (Nichols and others, "High-Latency, Low-Bandwidth Windowing in the Jupiter Collaboration System", 1995, and Wave's
 * client after it). What the server says was first; both sides transform the same pairs, so they end alike:
 *
 *     confirmed ∘ flight ∘ buffer = shown
 *     confirmed ∘ op, then flight' = op.transform(flight, true), op' = flight.transform(op), and the same with buffer
 */
export class Replica {
  /** Of this program alone: a number that an earlier one gave, and nobody remembers, is not given twice. */
  readonly clientId: string;
  epoch = '';
  /** Operations of the server's that are in here. */
  revision = 0;
  flight: Flight | undefined;
  buffer = new Delta();
  /** The last number given. */
  seq = 0;
  #made = 0;
  /** How many edits are in the flight and in the buffer. */
  #edits: [flight: number, buffer: number] = [0, 0];
  #confirmed = new Text(new Delta());
  #shown = new Text(new Delta());

  constructor(clientId: string) {
    this.clientId = clientId;
  }

  get content(): Delta {
    return this.#shown.content;
  }

  get confirmed(): Delta {
    return this.#confirmed.content;
  }

  /** All that the server has not confirmed. */
  get pending(): Delta {
    return this.flight ? this.flight.now.compose(this.buffer) : this.buffer;
  }

  get saved(): boolean {
    return !this.flight && this.buffer.ops.length === 0;
  }

  /** Edits that the server has not confirmed. */
  get edits(): number {
    return this.saved ? 0 : this.#edits[0] + this.#edits[1];
  }

  /** As it is kept on a disk: {@link restore} makes it of that. */
  get kept(): KeptContent {
    const { epoch, revision, flight, buffer } = this;
    const { base, tail } = this.#confirmed.parts;
    return {
      ...{ epoch, revision, base: base.ops, tail: tail.ops, buffer: buffer.ops },
      flight: flight && { ...flight, operation: flight.operation.ops, now: flight.now.ops },
    };
  }

  restore({ epoch, revision, base, tail, flight, buffer }: KeptContent): void {
    this.epoch = epoch;
    this.revision = revision;
    this.#confirmed = new Text(new Delta(base));
    this.#confirmed.add(new Delta(tail));
    this.flight = flight && { ...flight, operation: new Delta(flight.operation), now: new Delta(flight.now) };
    this.buffer = new Delta(buffer);
    this.#edits = [flight ? 1 : 0, buffer.length > 0 ? 1 : 0];
    this.#made = this.edits;
    this.#shown = new Text(this.confirmed.compose(this.pending));
  }

  /** Edits so far, of which the server has confirmed {@link done}. */
  get made(): number {
    return this.#made;
  }

  get done(): number {
    return this.#made - this.edits;
  }

  edit(change: Delta): void {
    this.#made++;
    this.#edits[1]++;
    this.#shown.add(change);
    this.buffer = this.buffer.compose(change);
  }

  /** What to send now; undefined where something is on its way, or nothing is to be said. */
  depart(): Flight | undefined {
    if (this.flight || this.buffer.ops.length === 0) return undefined;
    const [now, later] = cut(this.buffer);
    this.flight = { clientId: this.clientId, seq: ++this.seq, revision: this.revision, operation: now, now };
    this.buffer = later;
    if (later.ops.length === 0) this.#edits = [this.#edits[1], 0];
    return this.flight;
  }

  receive({ revision, clientId, seq, operation }: OperationPush, own = false): Received {
    if (revision <= this.revision) return { kind: 'known' };
    if (revision > this.revision + 1) return { kind: 'gap' };
    const change = Delta.from(operation);
    if (this.flight && (own || (clientId === this.flight.clientId && seq === this.flight.seq))) {
      if (!change.equals(this.flight.now)) return { kind: 'diverged' };
      this.#confirm(change, revision);
      this.#land();
      return { kind: 'own' };
    }
    this.#confirm(change, revision);
    return { kind: 'remote', change: this.#pass(change) };
  }

  /** The document begins anew here, with what is pending on it, as far as it still has a place. Returns what that changes. */
  rebase(content: Delta, epoch: string, revision: number, hasFlight: boolean): Delta {
    const flight = hasFlight ? this.#land() : undefined;
    if (flight) this.#confirmed.add(flight.now);
    const difference = this.confirmed.diff(content);
    this.buffer = this.pending;
    this.#edits = [0, this.#edits[0] + this.#edits[1]];
    this.flight = undefined;
    this.epoch = epoch;
    this.revision = revision;
    this.#confirmed = new Text(content);
    return this.#pass(difference);
  }

  /** Takes the operation in flight back, which the server does not want. Returns what that changes. */
  reject(): Delta {
    return this.#pass(this.#land()!.now.invert(this.confirmed));
  }

  #land(): Flight | undefined {
    const { flight } = this;
    this.flight = undefined;
    this.#edits[0] = 0;
    return flight;
  }

  #confirm(change: Delta, revision: number): void {
    this.#confirmed.add(change);
    this.revision = revision;
  }

  /** Takes a change of the confirmed past what is pending. */
  #pass(change: Delta): Delta {
    const { flight } = this;
    let passed = change;
    if (flight) {
      this.flight = { ...flight, now: passed.transform(flight.now, true) };
      passed = flight.now.transform(passed);
    }
    const { buffer } = this;
    this.buffer = passed.transform(buffer, true);
    passed = buffer.transform(passed);
    this.#shown.add(passed);
    return passed;
  }
}
