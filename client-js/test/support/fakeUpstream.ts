import type { Incoming, Outgoing } from '../../src/messages.js';
import type { Link, LinkEnd, LinkEvents, Target, Transport } from '../../src/transport.js';
import { Mailbox } from './mailbox.js';

/** A connection that the test is the other end of. */
export class FakeLink implements Link {
  readonly sent = new Mailbox<Outgoing>();
  readonly bufferedAmount = 0;
  closed = false;
  readonly #events: LinkEvents;

  constructor(events: LinkEvents) {
    this.#events = events;
  }

  send(message: Outgoing): void {
    this.sent.put(message);
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.#events.open();
  }

  say(message: Incoming): void {
    this.#events.message(message);
  }

  end(end: LinkEnd): void {
    this.#events.closed(end);
  }
}

export class FakeTransport implements Transport {
  readonly name = 'websocket';
  readonly links = new Mailbox<FakeLink>();
  readonly targets: Target[] = [];

  open(target: Target, events: LinkEvents): Link {
    const link = new FakeLink(events);
    this.targets.push(target);
    this.links.put(link);
    return link;
  }
}
