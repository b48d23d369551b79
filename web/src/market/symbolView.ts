import { signal } from '@preact/signals';
import type { Candles, Interval, MarketSymbol, OrderBook, SymbolInfo, Trades } from '@peal/client/market';
import { grouped } from './decimals';
import type { Frames } from './frames';
import { type TickerText, tickerText, type Tone, toneOf } from './tickerText';

const bookDepth = 50;
const tradesKept = 60;

/** The one symbol that is looked at. Price and statistics are those of the list, which follows them anyhow. */
export class SymbolView {
  readonly info: SymbolInfo;
  readonly feed: MarketSymbol;
  readonly book: OrderBook;
  readonly trades: Trades;
  readonly candles;
  readonly price = signal('–');
  /** Where the newest price went from the one before. */
  readonly tone = signal<Tone>('level');
  readonly day = signal<TickerText>({ percent: '', change: '', high: '–', low: '–', volume: '–' });
  readonly dayTone = signal<Tone>('level');
  readonly #frames: Frames;
  readonly #last;
  readonly #ticker;
  readonly #deaf: (() => void)[] = [];
  readonly #paint = (): void => this.#draw();
  readonly #paintDay = (): void => this.#drawDay();
  #ticks: number | undefined;

  constructor(info: SymbolInfo, feed: MarketSymbol, frames: Frames, interval: Interval) {
    this.info = info;
    this.feed = feed;
    this.#frames = frames;
    this.book = feed.book({ depth: bookDepth });
    this.trades = feed.trades({ keep: tradesKept, history: tradesKept });
    this.candles = signal<Candles>(feed.candles(interval));
    this.#last = feed.price();
    this.#ticker = feed.ticker();
    this.#deaf.push(this.#last.on('change', () => frames.mark(this.#paint)));
    this.#deaf.push(this.#ticker.on('change', () => frames.mark(this.#paintDay)));
    frames.mark(this.#paint);
    frames.mark(this.#paintDay);
  }

  choose(interval: Interval): void {
    const before = this.candles.value;
    if (before.interval === interval) return;
    this.candles.value = this.feed.candles(interval);
    before.close();
  }

  close(): void {
    for (const deafen of this.#deaf) deafen();
    this.#frames.forget(this.#paint);
    this.#frames.forget(this.#paintDay);
    this.book.close();
    this.trades.close();
    this.candles.value.close();
  }

  #draw(): void {
    const { ticks, price } = this.#last;
    if (price !== undefined) this.price.value = grouped(price);
    if (ticks !== undefined && this.#ticks !== undefined && ticks !== this.#ticks) this.tone.value = ticks > this.#ticks ? 'up' : 'down';
    this.#ticks = ticks;
  }

  #drawDay(): void {
    this.day.value = tickerText(this.#ticker);
    this.dayTone.value = toneOf(this.#ticker.changePercent);
  }
}
