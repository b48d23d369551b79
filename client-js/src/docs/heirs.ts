import type { Client } from '../client.js';
import type { DocumentEvents } from './liveDocument.js';
import type { OperationPush } from './messages.js';
import { clientIdOf, Replica } from './replica.js';
import { Session } from './session.js';
import type { KeptReplica, Shelf } from './shelf.js';

/**
 * Brings to the server what other tabs left unsaved that are gone: each with the
 * number under which it may have been sent, so that nothing is written twice.
 */
export class Heirs {
  readonly #client: Client;
  readonly #documentId: string;
  readonly #shelf: Shelf;
  readonly #rejected: (event: DocumentEvents['rejected']) => void;
  readonly #sessions = new Set<Session>();

  constructor(client: Client, documentId: string, shelf: Shelf, rejected: (event: DocumentEvents['rejected']) => void) {
    this.#client = client;
    this.#documentId = documentId;
    this.#shelf = shelf;
    this.#rejected = rejected;
  }

  /** @param connected the document itself is in the room */
  add(left: KeptReplica, connected: boolean): void {
    const replica = new Replica(clientIdOf(this.#client));
    replica.restore(left);
    const session = new Session(this.#client, this.#documentId, replica, {
      joined: () => {},
      departing: () => this.#shelf.keep({ ...left, ...replica.kept }).catch(() => this.#shelf.erase(left.key)),
      confirmed: () => {},
      changed: () => {},
      replaced: () => {},
      moved: () => this.#moved(session, left.key),
      rejected: (operation, refusal) => this.#rejected({ operation, refusal }),
      refused: () => {},
    });
    session.restored();
    this.#sessions.add(session);
    if (connected) session.connected();
  }

  connected(): void {
    for (const session of this.#sessions) session.connected();
  }

  disconnected(): void {
    for (const session of this.#sessions) session.disconnected();
  }

  received(push: OperationPush): void {
    for (const session of this.#sessions) session.received(push);
  }

  #moved(session: Session, key: string): void {
    if (session.state !== 'joined' || !session.replica.saved || !this.#sessions.delete(session)) return;
    session.disconnected();
    this.#shelf.drop(key).catch(() => {});
  }
}
