import { Client, type ClientOptions } from '../../src/index.js';
import { Delta, type DocumentOptions, type LiveDocument, openDocument } from '../../src/docs/index.js';
import { FakeServer } from '../../src/testing/index.js';
import type { Outgoing } from '../../src/messages.js';

/** A server and the people at it. */
export class Desk {
  readonly server = new FakeServer();
  readonly clients: Client[] = [];

  open(user: string, options: DocumentOptions = {}, more: ClientOptions = {}): LiveDocument {
    const client = new Client('http://peal.test', this.server.options({ token: user, ...more })).start();
    this.clients.push(client);
    return openDocument(client, 'plan', options);
  }

  /** What was said of one type, by anybody. */
  sent(type: string): readonly Outgoing[] {
    return this.server.received.filter((message) => message.type === type);
  }

  get document() {
    return this.server.document('plan');
  }

  advance(millis = 100): Promise<void> {
    return this.server.advance(millis);
  }

  close(): void {
    for (const client of this.clients) client.stop();
  }
}

export const insert = (text: string, at = 0): Delta => new Delta().retain(at).insert(text);
export const remove = (length: number, at = 0): Delta => new Delta().retain(at).delete(length);
