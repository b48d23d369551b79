import { Delta } from './delta.js';
import type { OperationPush, Range } from './messages.js';
import { selectionBehind, markBehind } from './ranges.js';
import type { Replica } from './replica.js';

/** Operations that are remembered, for what was told on an earlier revision. */
const recentMax = 100;

/** The way from a revision of the server's to what is shown. */
export class Recent {
  readonly #replica: Replica;
  readonly #operations: { readonly revision: number; readonly clientId: string; readonly change: Delta }[] = [];

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  confirmed({ revision, clientId, operation }: OperationPush): void {
    this.#operations.push({ revision, clientId: clientId ?? '', change: new Delta(operation) });
    if (this.#operations.length > recentMax) this.#operations.shift();
  }

  /** The document began anew: what came before leads nowhere. */
  replaced(): void {
    this.#operations.length = 0;
  }

  /** @param by whose selection it is */
  selection(range: Range, revision: number, by: string): Range {
    return this.#since(revision).reduce((now, { change, clientId }) => selectionBehind(change, now, clientId === by), range);
  }

  mark(range: Range | null, revision = this.#replica.revision): Range | null {
    return this.#since(revision).reduce((now, { change }) => now && markBehind(change, now), range);
  }

  #since(since: number) {
    const { flight, buffer, clientId } = this.#replica;
    const pending = [flight?.now ?? new Delta(), buffer].map((change) => ({ change, clientId }));
    return [...this.#operations.filter(({ revision }) => revision > since), ...pending];
  }
}
