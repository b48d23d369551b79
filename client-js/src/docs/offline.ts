import type { Client } from '../client.js';
import { Heirs } from './heirs.js';
import { Keeper } from './keeper.js';
import type { DocumentEvents } from './liveDocument.js';
import type { OperationPush } from './messages.js';
import { isPending, type KeptReplica, Shelf } from './shelf.js';

/** What the document tells, and is told. */
export interface OfflineOwner {
  /** The replica as it is now. */
  look(): Omit<KeptReplica, 'key'>;
  /** {@link Offline.kept} may be different now. */
  told(): void;
  rejected(event: DocumentEvents['rejected']): void;
}

/** A document's life on the disk: what earlier programs and other tabs left is taken up, and one's own is kept. */
export class Offline {
  readonly #client: Client;
  readonly #shelf: Shelf;
  readonly #heirs: Heirs;
  readonly #owner: OfflineOwner;
  #keeper: Keeper | undefined;
  #connected = false;

  /** @param name of the user, by the program */
  constructor(client: Client, documentId: string, name: string, owner: OfflineOwner) {
    this.#client = client;
    this.#shelf = new Shelf(name, documentId, client.port.ambient);
    this.#heirs = new Heirs(client, documentId, this.#shelf, (event) => owner.rejected(event));
    this.#owner = owner;
  }

  /** Whether all that is pending is on the disk. */
  get kept(): boolean {
    return this.#keeper?.kept === true;
  }

  /** Ends with what there is to go on from; rejects where nothing can be kept. */
  async begin(): Promise<KeptReplica | undefined> {
    const { left, seed } = await this.#look();
    const mine = left.find(isPending) ?? left[0];
    for (const other of left) if (other !== mine) this.#inherit(other);
    const key = mine?.key ?? (await this.#shelf.take(this.#client.port.freshId()));
    const { ambient } = this.#client.port;
    this.#keeper = new Keeper(this.#shelf, ambient, mine !== undefined, () => ({ ...this.#owner.look(), key }), () => this.#owner.told());
    return mine ?? (seed && { ...seed, flight: undefined, buffer: [], undo: [], redo: [] });
  }

  /** The document itself is being joined. */
  connected(): void {
    this.#connected = true;
    this.#heirs.connected();
    if (this.#keeper) this.#look().then(({ left }) => left.forEach((one) => this.#inherit(one)), () => {});
  }

  disconnected(): void {
    this.#connected = false;
    this.#heirs.disconnected();
  }

  received(push: OperationPush): void {
    this.#heirs.received(push);
  }

  edited(): void {
    this.#keeper?.edited();
  }

  departing(): Promise<void> | undefined {
    return this.#keeper?.departing();
  }

  changed(): void {
    this.#keeper?.changed();
  }

  /** Ends when all is written that can be. */
  async close(): Promise<void> {
    this.disconnected();
    await this.#keeper?.settled();
    this.#shelf.close();
  }

  #look() {
    return this.#shelf.claim((late) => this.#inherit(late));
  }

  #inherit(left: KeptReplica): void {
    if (isPending(left)) this.#heirs.add(left, this.#connected);
    else this.#shelf.drop(left.key).catch(() => {});
  }
}
