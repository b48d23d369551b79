import { Emitter } from '../emitter.js';
import type { Flat } from './messages.js';
import type { Steps } from './step.js';

/** One symbol over the last 24 hours. Prices and volume are exact decimals, undefined until the first message. */
export class Ticker extends Emitter<{ change: Ticker }> {
  last: string | undefined;
  open: string | undefined;
  high: string | undefined;
  low: string | undefined;
  /** Of all trades, in the symbol's own unit; exact up to 15 digits. */
  volume: string | undefined;
  /** `last` minus `open`: "-1.50". */
  change: string | undefined;
  /** The same as part of `open`, in percent; for show. */
  changePercent: number | undefined;
  trades = 0;
  /** Milliseconds since 1970. */
  timestamp = 0;
  /** Follows it no longer. */
  readonly close: () => void;

  /** @internal */
  constructor(
    readonly symbol: string,
    close: () => void,
  ) {
    super();
    this.close = close;
  }

  /** @internal */
  take(message: Flat, { tick, lot }: Steps): void {
    for (const field of ['last', 'open', 'high', 'low', 'change'] as const) {
      this[field] = tick.text(tick.count(message[field] as number));
    }
    this.volume = lot.text(lot.count(message['volume'] as number));
    this.changePercent = (100 * (message['change'] as number)) / (message['open'] as number);
    this.trades = message['trades'] as number;
    this.timestamp = message['timestamp'] as number;
    this.emit('change', this);
  }
}
