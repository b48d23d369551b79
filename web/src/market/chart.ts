import {
  CandlestickSeries,
  type CandlestickData,
  ColorType,
  createChart,
  CrosshairMode,
  type DeepPartial,
  type HistogramData,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  type TimeChartOptions,
  TickMarkType,
  type UTCTimestamp,
} from 'lightweight-charts';
import { grouped } from './decimals';

/** One interval's trades. `start` in milliseconds since 1970. */
export interface Bar {
  readonly start: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

interface ChartListener {
  /** The bar under the pointer; undefined where there is none. */
  readonly pointed: (start: number | undefined) => void;
  /** The oldest bar is near the left edge. */
  readonly nearBeginning: () => void;
}

/** Bars left of the view at which older ones are asked for. */
const beginningBars = 20;
const barSpacing = 7;

/**
 * Candles over volumes (TradingView's Lightweight Charts). It draws in an animation frame of its own, at most one for each. What it attributes stands below it
 * in the page: the logo that it brings along comes with a style sheet that the pages' policy forbids.
 */
export class CandleChart {
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volumes: ISeriesApi<'Histogram'>;
  readonly #place: HTMLElement;
  #up = '';
  #down = '';
  #newest = -Infinity;

  constructor(place: HTMLElement, listener: ChartListener) {
    this.#place = place;
    this.#chart = createChart(place, layout());
    this.#candles = this.#chart.addSeries(CandlestickSeries, { borderVisible: false, priceLineWidth: 1 });
    this.#volumes = this.#chart.addSeries(HistogramSeries, { priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false });
    this.#candles.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.24 } });
    this.#volumes.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.#chart.subscribeCrosshairMove(({ time }) => listener.pointed(typeof time === 'number' ? time * 1_000 : undefined));
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range !== null && range.from < beginningBars && this.#newest > 0) listener.nearBeginning();
    });
    this.recolour();
  }

  /** Everything anew. @param keepView for older bars in front, or other colours: what is looked at stays where it is, which the library counts from the newest bar */
  show(bars: readonly Bar[], places: number, withSeconds: boolean, keepView: boolean): void {
    const formatter = (price: number) => grouped(price.toFixed(places));
    this.#candles.applyOptions({ priceFormat: { type: 'custom', formatter, minMove: 1 / 10 ** places } });
    this.#chart.timeScale().applyOptions({ secondsVisible: withSeconds });
    this.#candles.setData(bars.map(candleOf));
    this.#volumes.setData(bars.map((bar) => this.#volumeOf(bar)));
    this.#newest = bars.at(-1)?.start ?? -Infinity;
    if (keepView) return;
    this.#chart.priceScale('right').applyOptions({ autoScale: true });
    this.#chart.timeScale().resetTimeScale();
  }

  /** The newest bar as it is now, or the one after it. An older one is not taken. */
  update(bar: Bar): void {
    if (bar.start < this.#newest) return;
    this.#newest = bar.start;
    this.#candles.update(candleOf(bar));
    this.#volumes.update(this.#volumeOf(bar));
  }

  /** After a change of theme. Volumes keep their colours until they are shown anew. */
  recolour(): void {
    const colour = coloursOf(this.#place);
    this.#up = colour('--up-soft');
    this.#down = colour('--down-soft');
    this.#chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: colour('--ground') }, textColor: colour('--ink-faint'), fontFamily: getComputedStyle(this.#place).fontFamily },
      grid: { vertLines: { color: colour('--line-faint') }, horzLines: { color: colour('--line-faint') } },
      rightPriceScale: { borderColor: colour('--line') },
      timeScale: { borderColor: colour('--line') },
      crosshair: { vertLine: { color: colour('--line-strong'), labelBackgroundColor: colour('--accent') }, horzLine: { color: colour('--line-strong'), labelBackgroundColor: colour('--accent') } },
    });
    const up = colour('--up');
    const down = colour('--down');
    this.#candles.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down });
  }

  /** Moves what is seen by bars, and to the newest one with `Infinity`. */
  scroll(bars: number): void {
    const scale = this.#chart.timeScale();
    if (bars === Infinity) scale.scrollToRealTime();
    else scale.scrollToPosition(scale.scrollPosition() + bars, false);
  }

  /** @param factor more than 1: closer */
  zoom(factor: number): void {
    const scale = this.#chart.timeScale();
    scale.applyOptions({ barSpacing: Math.min(60, Math.max(1, scale.options().barSpacing * factor)) });
  }

  close(): void {
    this.#chart.remove();
  }

  #volumeOf({ start, open, close, volume }: Bar): HistogramData<UTCTimestamp> {
    return { time: seconds(start), value: volume, color: close < open ? this.#down : this.#up };
  }
}

function candleOf({ start, open, high, low, close }: Bar): CandlestickData<UTCTimestamp> {
  return { time: seconds(start), open, high, low, close };
}

function seconds(millis: number): UTCTimestamp {
  return Math.floor(millis / 1_000) as UTCTimestamp;
}

/** The library speaks UTC; people look at their own clocks. */
function layout(): DeepPartial<TimeChartOptions> {
  const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
  const whole = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return {
    autoSize: true,
    layout: { attributionLogo: false, fontSize: 11 },
    crosshair: { mode: CrosshairMode.Normal },
    timeScale: {
      barSpacing,
      rightOffset: 4,
      timeVisible: true,
      tickMarkFormatter: (at: UTCTimestamp, kind: TickMarkType) => {
        if (kind === TickMarkType.Time) return time.format(at * 1_000);
        return (kind === TickMarkType.TimeWithSeconds ? clock : day).format(at * 1_000);
      },
    },
    localization: { timeFormatter: (at: UTCTimestamp) => whole.format(at * 1_000) },
    kineticScroll: { touch: !matchMedia('(prefers-reduced-motion: reduce)').matches, mouse: false },
    // The page scrolls under a finger that moves up; across, the chart does.
    handleScroll: { vertTouchDrag: false, mouseWheel: true },
  };
}

/** Colours of the design as the library reads them; `light-dark()` is resolved by an element that has one. */
function coloursOf(place: HTMLElement): (name: string) => string {
  const probe = document.createElement('span');
  place.append(probe);
  const colours = new Map<string, string>();
  for (const name of ['--ground', '--ink-faint', '--line', '--line-faint', '--line-strong', '--accent', '--up', '--down', '--up-soft', '--down-soft']) {
    probe.style.color = `var(${name})`;
    colours.set(name, getComputedStyle(probe).color);
  }
  probe.remove();
  return (name) => colours.get(name) ?? '';
}
