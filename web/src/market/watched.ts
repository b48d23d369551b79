import { signal } from '@preact/signals';
import type { MarketSymbol, SymbolInfo } from '@peal/client/market';
import { grouped } from './decimals';
import type { Frames } from './frames';
import { tickerText, type Tone, toneOf } from './tickerText';

/** Two and a half a second at the most: what flashes more than three times a second can bring on a seizure (WCAG 2.3.1). */
const flashMillisMin = 400;

/** Two names for each flash, so that one follows the other without the page being laid out in between. */
export type Flash = '' | 'flash-up' | 'flash-up-again' | 'flash-down' | 'flash-down-again';

/** A symbol of the list: its last price and how far it has come in a day. */
export class Watched {
  readonly info: SymbolInfo;
  readonly price = signal('–');
  readonly change = signal('');
  readonly tone = signal<Tone>('level');
  readonly flash = signal<Flash>('');
  readonly #last;
  readonly #ticker;
  readonly #frames: Frames;
  readonly #paint = (now: number): void => this.#draw(now);
  readonly #paintDay = (): void => this.#drawDay();
  #ticks: number | undefined;
  #flashedAt = -Infinity;

  constructor(info: SymbolInfo, feed: MarketSymbol, frames: Frames) {
    this.info = info;
    this.#frames = frames;
    this.#last = feed.price();
    this.#ticker = feed.ticker();
    this.#last.on('change', () => frames.mark(this.#paint));
    this.#ticker.on('change', () => frames.mark(this.#paintDay));
    frames.mark(this.#paint);
    frames.mark(this.#paintDay);
  }

  close(): void {
    this.#last.close();
    this.#ticker.close();
    this.#frames.forget(this.#paint);
    this.#frames.forget(this.#paintDay);
  }

  #draw(now: number): void {
    const { ticks, price } = this.#last;
    if (price !== undefined) this.price.value = grouped(price);
    if (ticks === undefined || ticks === this.#ticks) return;
    if (this.#ticks !== undefined && now - this.#flashedAt >= flashMillisMin) this.#flashTo(ticks > this.#ticks ? 'flash-up' : 'flash-down', now);
    this.#ticks = ticks;
  }

  #drawDay(): void {
    this.change.value = tickerText(this.#ticker).percent;
    this.tone.value = toneOf(this.#ticker.changePercent);
  }

  #flashTo(flash: 'flash-up' | 'flash-down', now: number): void {
    this.#flashedAt = now;
    this.flash.value = this.flash.value === flash ? `${flash}-again` : flash;
  }
}
