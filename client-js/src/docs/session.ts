import { backoff } from '../backoff.js';
import type { Client } from '../client.js';
import type { ClientMessages } from '../messages.js';
import { NoReply, Refusal } from '../requests.js';
import { Delta } from './delta.js';
import type { Joined, OperationPush } from './messages.js';
import type { Flight, Replica } from './replica.js';

/** What a session tells its owner. No method may throw. */
export interface SessionOwner {
  /** In the document; all that is known of it before the operations that follow. */
  joined(joined: Joined): void;
  /** What is shown changes: by another's operation, or by one's own that was refused. */
  changed(change: Delta, by: OperationPush | undefined): void;
  /** The document begins anew; `change` leads there from what was shown. */
  replaced(change: Delta): void;
  /** An operation is confirmed, one's own or another's; told before {@link changed}. */
  confirmed(push: OperationPush): void;
  /** An operation is about to be sent for the first time; not before this ends, where it is something to wait for. */
  departing(): Promise<void> | undefined;
  /** Something went out or came in. */
  moved(): void;
  /** The server does not want it, ever: it was taken back. */
  rejected(operation: Delta, refusal: Refusal): void;
  /** Not in the document, for good as far as this connection goes. */
  refused(refusal: Refusal): void;
}

/** The document as it comes anew, while it is not known whether the operation in flight is in it. */
interface Arrival {
  readonly joined: Joined;
  content: Delta;
  revision: number;
}

/** What an operation that the server does not know is answered with: the document has to be read anew. */
const lostTouch = ['revision_unknown', 'revision_pruned'];
/** The WebSocket alone carries documents. */
const noWebSocket = new Refusal({ code: 'websocket_needed', message: 'Documents need a WebSocket' });

/**
 * One replica's talk with the server, across connections: joins behind what it knows, takes operations in order, sends
 * its own one at a time and again until they are answered. An answer of an earlier connection is none.
 */
export class Session {
  state: 'away' | 'joining' | 'joined' | 'refused' = 'away';
  readonly replica: Replica;
  readonly #documentId: string;
  readonly #client: Client;
  readonly #owner: SessionOwner;
  /** What came before the answer to the join. */
  readonly #early: OperationPush[] = [];
  #turn = 0;
  #attempt = 0;
  #timer: unknown;
  /** Until here the answer to the join said that operations would come: before that, the one in flight may be among them. */
  #until = 0;
  /** The operation that was sent on this connection. */
  #sent: Flight | undefined;
  /** The operation in flight is still on its way to the disk. */
  #aboard: Promise<void> | undefined;
  /** An acknowledgement that came before its operation. */
  #ownRevision = 0;
  #arrival: Arrival | undefined;
  /** Whether what comes anew has the operation in flight in it, where that is known. */
  #hasFlight: boolean | undefined;
  #opened = false;

  constructor(client: Client, documentId: string, replica: Replica, owner: SessionOwner) {
    this.#client = client;
    this.#documentId = documentId;
    this.replica = replica;
    this.#owner = owner;
  }

  /** Whether there is anything to show, or to go on from. */
  get opened(): boolean {
    return this.#opened;
  }

  /** The replica has content now, of an earlier program. */
  restored(): void {
    this.#opened = true;
  }

  /** Signed in. */
  connected(): void {
    this.disconnected();
    const { state } = this.#client;
    if (state.kind !== 'live') return;
    if (state.transport !== 'websocket') return this.#refused(noWebSocket);
    const { epoch, revision } = this.replica;
    this.#join(this.#opened ? { since: { epoch, revision } } : {});
  }

  disconnected(): void {
    this.#turn++;
    this.state = 'away';
    this.#sent = this.#arrival = undefined;
    this.#early.length = 0;
    this.#client.port.ambient.clearTimeout(this.#timer);
  }

  /** An `operation` for this document. */
  received(push: OperationPush): void {
    if (this.state === 'joining') this.#early.push(push);
    else if (this.state === 'joined') this.#take(push);
  }

  /** Sends what can be sent. */
  flush(): void {
    if (this.state !== 'joined' || this.#arrival || this.replica.revision < this.#until) return;
    if (this.replica.depart()) {
      const aboard = this.#owner.departing();
      this.#aboard = aboard?.finally(() => {
        this.#aboard = undefined;
        this.#send();
      });
    }
    this.#send();
  }

  #join(more: Pick<ClientMessages['join_document'], 'since'>): void {
    const turn = ++this.#turn;
    const { clientId } = this.replica.flight ?? this.replica;
    this.state = 'joining';
    this.#sent = this.#arrival = undefined;
    this.#client.request('join_document', { documentId: this.#documentId, clientId, ...more }).then(
      (joined) => turn === this.#turn && this.#joined(joined as Joined),
      (error) => turn === this.#turn && this.#notJoined(error),
    );
  }

  /** Without a position: everything comes anew. */
  #joinAnew(hasFlight?: boolean): void {
    this.#hasFlight = hasFlight;
    this.#early.length = 0;
    this.#join({});
  }

  #joined(joined: Joined): void {
    const { replica } = this;
    this.#attempt = 0;
    this.state = 'joined';
    this.#until = joined.revision;
    this.#ownRevision = 0;
    this.#owner.joined(joined);
    if (!joined.recovered) this.#arrived(joined);
    else replica.epoch = joined.epoch;
    for (const push of this.#early.splice(0)) this.received(push);
    this.#owner.moved();
    this.flush();
  }

  #notJoined(error: unknown): void {
    if (error instanceof Refusal && !error.retry) return this.#refused(error);
    this.#later(error, () => this.connected());
  }

  #refused(refusal: Refusal): void {
    this.#turn++;
    this.state = 'refused';
    this.#owner.refused(refusal);
  }

  #later(error: unknown, run: () => void): void {
    const { ambient } = this.#client.port;
    const asked = error instanceof Refusal ? error.retryAfterMs : undefined;
    ambient.clearTimeout(this.#timer);
    this.#timer = ambient.setTimeout(run, asked ?? backoff(this.#attempt++, ambient.random()));
  }

  /** The document came whole. Whether the operation in flight is in it, the server says, at the latest when it is sent again. */
  #arrived(joined: Joined): void {
    const { replica } = this;
    const content = Delta.from(joined.content ?? []);
    this.#arrival = { joined, content, revision: joined.revision };
    const known = (joined.seq ?? 0) >= (replica.flight?.seq ?? Infinity) || undefined;
    const hasFlight = this.#hasFlight ?? (joined.epoch === replica.epoch ? known : this.#looksIncluded(content));
    this.#hasFlight = undefined;
    if (!replica.flight || hasFlight !== undefined) this.#settle(hasFlight ?? false);
    else this.#send();
  }

  /** Another history has no memory of operations: what the content shows is all there is to go by. */
  #looksIncluded(content: Delta): boolean {
    const { confirmed, flight } = this.replica;
    return flight !== undefined && confirmed.compose(flight.now).equals(content);
  }

  #settle(hasFlight: boolean): void {
    const { joined, content, revision } = this.#arrival!;
    this.#arrival = undefined;
    this.#sent = undefined;
    const change = this.replica.rebase(content, joined.epoch, revision, hasFlight);
    this.#opened = true;
    this.#owner.replaced(change);
    this.#owner.moved();
    this.flush();
  }

  #take(push: OperationPush): void {
    const arrival = this.#arrival;
    if (arrival) return this.#takeIn(arrival, push);
    const received = this.replica.receive(push, push.revision === this.#ownRevision);
    if (received.kind === 'gap') return this.connected();
    if (received.kind === 'diverged') return this.#joinAnew(true);
    if (received.kind === 'known') return;
    this.#owner.confirmed(push);
    if (received.kind === 'remote') this.#owner.changed(received.change, push);
    this.#owner.moved();
    this.flush();
  }

  #takeIn(arrival: Arrival, { revision, operation }: OperationPush): void {
    if (revision <= arrival.revision) return;
    if (revision > arrival.revision + 1) return this.#joinAnew(this.#hasFlight);
    arrival.content = arrival.content.compose(Delta.from(operation));
    arrival.revision = revision;
  }

  /** As it was sent first: the server knows by `seq` whether it has it. */
  #send(): void {
    const { flight } = this.replica;
    if (!flight || isSame(flight, this.#sent) || this.#aboard || this.state !== 'joined') return;
    this.#sent = flight;
    const turn = this.#turn;
    const current = () => turn === this.#turn && isSame(flight, this.replica.flight);
    const { clientId, seq, revision, operation } = flight;
    const data = { documentId: this.#documentId, operation: operation.toJSON(), revision, clientId, seq } as unknown as ClientMessages['operation'];
    this.#client.request('operation', data).then(
      (ack) => current() && this.#acknowledged(ack.offset ?? 0),
      (error) => current() && this.#notTaken(flight, error),
    );
  }

  /** Comes behind the operation itself, which said so already; alone, it answers one that was sent again. */
  #acknowledged(offset: number): void {
    if (this.#arrival) this.#settle(true);
    else if (offset > this.replica.revision) this.#ownRevision = offset;
    else this.#joinAnew(true);
  }

  #notTaken({ operation }: Flight, error: unknown): void {
    this.#sent = undefined;
    if (error instanceof NoReply || (error as Refusal).retry) return this.#later(error, () => this.#send());
    const refusal = error as Refusal;
    if (this.#arrival) return this.#settle(false);
    if (lostTouch.includes(refusal.code)) return this.#joinAnew(false);
    if (refusal.code === 'not_a_member') return this.connected();
    if (refusal.code === 'forbidden') return this.#refused(refusal);
    this.#owner.changed(this.replica.reject(), undefined);
    this.#owner.rejected(operation, refusal);
    this.#owner.moved();
    this.flush();
  }
}

/** A flight changes on its way: its number does not. */
function isSame(one: Flight, other: Flight | undefined): boolean {
  return one.clientId === other?.clientId && one.seq === other.seq;
}
