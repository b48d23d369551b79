import { Emitter } from '../emitter.js';
import type { Gap } from './messages.js';

export interface LastPriceEvents {
  change: LastPrice;
  gap: Gap;
}

/** The newest price of one symbol. */
export class LastPrice extends Emitter<LastPriceEvents> {
  /** The exact decimal; undefined until the first. Of frames of 12 bytes the tick nearest to their float32. */
  price: string | undefined;
  ticks: number | undefined;
  /** 0 of frames of 12 bytes, which have none. */
  sequence = 0;
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
  take(price: string, ticks: number, sequence: number, timestamp: number): void {
    Object.assign(this, { price, ticks, sequence, timestamp });
    this.emit('change', this);
  }

  /** @internal */
  missing(gap: Gap): void {
    this.emit('gap', gap);
  }
}
