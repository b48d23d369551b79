export type Side = 'buy' | 'sell';
export type Interval = '1s' | '1m' | '5m' | '1h';
export type Channel = 'price' | 'trades' | 'book';

export interface SymbolInfo {
  readonly symbol: string;
  /** In frames of bytes. */
  readonly id: number;
  /** The smallest difference of two prices, and of two sizes: decimals as text. */
  readonly tick: string;
  readonly lot: string;
}

/** Sequences that did not come. */
export interface Gap {
  readonly symbol: string;
  readonly channel: Channel;
  readonly from: number;
  readonly to: number;
  /** The server said that it leaves them out; else they were lost. */
  readonly told: boolean;
}

/** Pairs of ticks and lots, one behind the other: `[ticks, lots, ticks, lots, …]`. */
export type Levels = readonly number[];

/** A book or a change of one, whatever it came as. */
export interface BookMessage {
  /** Forget the levels of before; else it changes the book `previous`. */
  readonly whole: boolean;
  readonly previous: number;
  readonly sequence: number;
  readonly checksum: number;
  /** As asked for; undefined where the message does not say. */
  readonly depth: number | undefined;
  readonly bids: Levels;
  readonly asks: Levels;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** A message of `/stream`: a flat object. */
export type Flat = Readonly<Record<string, unknown>>;
