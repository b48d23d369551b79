import { signal } from '@preact/signals';
import type { Channel, MarketClient } from '@peal/client/market';
import type { Frames } from './frames';
import type { SymbolView } from './symbolView';

const channels: readonly Channel[] = ['price', 'trades', 'book'];
const everyMillis = 500;

/** How well the feed does. Texts for the page; `verified` is undefined before the first book. */
export interface HealthReport {
  readonly verified: boolean | undefined;
  readonly sequence: string;
  readonly roundTrip: string;
  readonly delay: string;
  readonly perSecond: string;
  readonly skipped: string;
  readonly gaps: string;
  readonly resyncs: string;
  readonly reconnects: string;
}

const nothing: HealthReport = {
  verified: undefined,
  sequence: '–',
  roundTrip: '–',
  delay: '–',
  perSecond: '–',
  skipped: '0',
  gaps: '0',
  resyncs: '0',
  reconnects: '0',
};

/** Looked at twice a second, as nobody reads faster; whether the book is verified is shown at once. */
export class Health {
  readonly report = signal<HealthReport>(nothing);
  readonly #client: MarketClient;
  readonly #frames: Frames;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #paint = (): void => this.#draw();
  #view: SymbolView | undefined;
  #deaf: (() => void)[] = [];
  #messages = 0;
  #countedAt = 0;
  #perSecond = '–';

  constructor(client: MarketClient, frames: Frames) {
    this.#client = client;
    this.#frames = frames;
    this.#timer = setInterval(() => {
      this.#count();
      frames.mark(this.#paint);
    }, everyMillis);
  }

  follow(view: SymbolView | undefined): void {
    this.#unfollow();
    this.#view = view;
    const at = () => this.#frames.mark(this.#paint);
    if (view !== undefined) this.#deaf = [view.book.on('resync', at), view.book.on('verified', at)];
    at();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unfollow();
    this.#frames.forget(this.#paint);
  }

  #unfollow(): void {
    for (const deafen of this.#deaf) deafen();
    this.#deaf = [];
  }

  /** By the clock and not by the timer, which comes late where much is to be done. */
  #count(): void {
    const now = performance.now();
    const { messages } = this.#client.health;
    if (this.#countedAt > 0) this.#perSecond = Math.round(((messages - this.#messages) * 1_000) / (now - this.#countedAt)).toLocaleString('en-GB');
    this.#messages = messages;
    this.#countedAt = now;
  }

  #draw(): void {
    const { connections, roundTripMillis, delayMillis } = this.#client.health;
    const view = this.#view;
    const sum = (of: 'skipped' | 'gaps') => channels.reduce((total, channel) => total + (view?.feed.health[channel][of] ?? 0), 0).toLocaleString('en-GB');
    this.report.value = {
      verified: view === undefined || view.book.sequence === 0 ? undefined : view.book.verified,
      sequence: view === undefined ? '–' : view.book.sequence.toLocaleString('en-GB'),
      roundTrip: roundTripMillis === undefined ? '–' : millis(roundTripMillis),
      delay: delayMillis === undefined ? '–' : millis(delayMillis),
      perSecond: this.#perSecond,
      skipped: sum('skipped'),
      gaps: sum('gaps'),
      resyncs: String(view?.book.resyncs ?? 0),
      reconnects: String(Math.max(0, connections - 1)),
    };
  }
}

/** Below ten with a digit behind the point. Clocks that differ can make a delay less than nothing. */
function millis(value: number): string {
  return `${Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value)} ms`.replace('-', '−');
}
