import type { Ambient } from '../ambient.js';
import { Refusal } from '../requests.js';
import type { Flat } from './messages.js';
import type { Steps } from './step.js';

/** What the parts of a market client need of it. */
export interface MarketPort {
  readonly ambient: Ambient;
  /** As asked for by the program. */
  readonly maxUpdatesPerSecond: number | undefined;
  /** Wants no reply; lost where there is no connection. */
  send(action: Flat): void;
  /** The reply; rejects with a `Refusal` or `NoReply`. */
  ask(action: Flat): Promise<Flat>;
  /** Something was refused for good that no call of the program waits for. */
  refused(error: { readonly code: string; readonly message: string; readonly symbol?: string }): void;
  /** What a path below the server's address answers. */
  get<Answer>(path: string, query: Readonly<Record<string, string | number>>): Promise<Answer>;
}

/** What the parts of a symbol's feed need of it. */
export interface SymbolPort {
  readonly name: string;
  readonly market: MarketPort;
  /** Known before anything comes. */
  readonly steps: Steps;
}

const retryMillis = 500;
const retryMillisMax = 16_000;

/** Tries again while it is still wanted, later each time; what was refused for good is told. `symbol`: what it is about. */
export function persistently({ ambient, refused }: MarketPort, wanted: () => boolean, work: () => Promise<void>, symbol?: string): void {
  let ceiling = retryMillis;
  const attempt = () => {
    if (wanted()) work().catch(failed);
  };
  const failed = (error: unknown) => {
    if (!wanted()) return;
    if (error instanceof Refusal && !error.retry) {
      return refused({ code: error.code, message: error.message, ...(symbol !== undefined && { symbol }) });
    }
    ambient.setTimeout(attempt, Math.max(ceiling * (0.5 + ambient.random() / 2), (error as Partial<Refusal>).retryAfterMs ?? 0));
    ceiling = Math.min(retryMillisMax, 2 * ceiling);
  };
  attempt();
}
