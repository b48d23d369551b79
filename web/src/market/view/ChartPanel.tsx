import { type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Candle, Candles, Interval } from '@peal/client/market';
import { theme } from '../../design/theme';
import type { CandleChart } from '../chart';
import { grouped, placesOf } from '../decimals';
import type { Floor } from '../floor';
import type { SymbolView } from '../symbolView';
import { Choice } from './Choice';

const intervals: readonly (readonly [Interval, string])[] = [
  ['1s', '1s'],
  ['1m', '1m'],
  ['5m', '5m'],
  ['1h', '1h'],
];
const spoken: Record<Interval, string> = { '1s': 'one second', '1m': 'one minute', '5m': 'five minutes', '1h': 'one hour' };
const olderCount = 500;
/** Its code is fetched again after so long, where the server was away. */
const loadAgainMillis = 1_500;
/** A candle that goes on changing is drawn so often: all of the chart is drawn with it. */
const redrawMillis = 100;
/** What an arrow key moves and a plus or minus zooms. */
const keySteps = { ArrowLeft: -5, ArrowRight: 5, PageUp: -50, PageDown: 50, End: Infinity } as const;
const keyZooms = { '+': 1.25, '=': 1.25, '-': 0.8 } as const;

export function ChartPanel({ floor, view }: { floor: Floor; view: SymbolView }) {
  const place = useRef<HTMLDivElement>(null);
  const code = useSignal<typeof import('../chart') | undefined>(undefined);
  const chart = useSignal<CandleChart | undefined>(undefined);
  const pointed = useSignal<number | undefined>(undefined);
  const legend = useSignal<Legend | undefined>(undefined);
  const interval = floor.interval.value;
  const candles = view.candles.value;

  // A part of its own: prices are there before it is.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () =>
      import('../chart').then(
        (loaded) => (code.value = loaded),
        () => (timer = setTimeout(load, loadAgainMillis)),
      );
    void load();
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    if (code.value === undefined || place.current === null) return;
    const made = new code.value.CandleChart(place.current, {
      pointed: (start) => (pointed.value = start),
      nearBeginning: () => void older(view.candles.peek()),
    });
    chart.value = made;
    return () => {
      chart.value = undefined;
      made.close();
    };
  }, [code.value, view]);

  useEffect(() => (chart.value === undefined ? undefined : follow(chart.value, candles, view, floor, legend, pointed)), [chart.value, candles]);

  useEffect(() => {
    const recolour = () => {
      const { list, interval: shown } = view.candles.peek();
      chart.peek()?.recolour();
      // Volumes have their colours in their data.
      chart.peek()?.show(list.map(barOf), placesOf(view.info.tick), shown === '1s', true);
    };
    const dark = matchMedia('(prefers-color-scheme: dark)');
    recolour();
    dark.addEventListener('change', recolour);
    return () => dark.removeEventListener('change', recolour);
  }, [theme.value, view]);

  const steer = (event: KeyboardEvent) => {
    const bars = keySteps[event.key as keyof typeof keySteps];
    const factor = keyZooms[event.key as keyof typeof keyZooms];
    if ((bars === undefined && factor === undefined) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (bars !== undefined) chart.value?.scroll(bars);
    else chart.value?.zoom(factor);
  };

  return (
    <section class="panel-chart" aria-labelledby="chart-title">
      <h2 id="chart-title" class="visually-hidden">
        Chart
      </h2>
      <div class="chart-head">
        <Choice legend="Interval" name="interval" options={intervals} chosen={interval} onChoose={(next) => floor.choose(next)} />
        <LegendLine legend={legend} />
      </div>
      <div
        ref={place}
        class="chart-place"
        role="img"
        tabIndex={0}
        aria-label={`Candles of ${spoken[interval]} with volumes. Arrow keys move, plus and minus zoom, End goes to the newest; the values are above.`}
        onKeyDown={steer}
      />
      <p class="chart-credit">
        <a href="https://www.tradingview.com/" target="_blank" rel="noopener noreferrer">
          TradingView Lightweight Charts™
        </a>{' '}
        © 2026 TradingView, Inc.
      </p>
    </section>
  );
}

interface Legend {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
  readonly down: boolean;
}

const letters = [
  ['open', 'O', 'Open'],
  ['high', 'H', 'High'],
  ['low', 'L', 'Low'],
  ['close', 'C', 'Close'],
  ['volume', 'V', 'Volume'],
] as const;

/** As prices elsewhere: what changes renders nothing. */
function LegendLine({ legend }: { legend: Signal<Legend | undefined> }) {
  const known = useComputed(() => legend.value !== undefined);
  const tone = useComputed(() => (legend.value?.down ? 'down' : 'up'));
  if (!known.value) return <p class="legend hint">No trades yet.</p>;
  return (
    <dl class="legend" data-tone={tone}>
      {letters.map(([of, letter, name]) => (
        <div key={of}>
          <dt>
            <abbr title={name}>{letter}</abbr>
          </dt>
          <LegendValue legend={legend} of={of} />
        </div>
      ))}
    </dl>
  );
}

function LegendValue({ legend, of }: { legend: Signal<Legend | undefined>; of: (typeof letters)[number][0] }) {
  const text = useComputed(() => legend.value?.[of] ?? '');
  return <dd>{text}</dd>;
}

/** Draws what comes, at most once a frame; returns what ends it. */
function follow(
  chart: CandleChart,
  candles: Candles,
  { info }: SymbolView,
  { frames }: Floor,
  legend: Signal<Legend | undefined>,
  pointed: Signal<number | undefined>,
): () => void {
  const changed = new Map<number, Candle>();
  let whole = true;
  let first: number | undefined;
  let drawnAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const mark = () => frames.mark(draw, 'large');
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    drawnAt = performance.now();
    const { list } = candles;
    if (whole) {
      // Older ones came in front of those that are looked at.
      const more = first !== undefined && list[0] !== undefined && list[0].start < first;
      chart.show(list.map(barOf), placesOf(info.tick), candles.interval === '1s', more);
    } else {
      for (const candle of changed.values()) chart.update(barOf(candle));
    }
    whole = false;
    first = list[0]?.start;
    changed.clear();
    describe();
  };
  const describe = () => {
    const { list } = candles;
    const at = pointed.peek();
    const candle = at === undefined ? list.at(-1) : (list.find(({ start }) => start === at) ?? list.at(-1));
    legend.value = candle && legendOf(candle);
  };
  const deaf = [
    candles.on('candle', (candle) => {
      changed.set(candle.start, candle);
      timer ??= setTimeout(mark, Math.max(0, drawnAt + redrawMillis - performance.now()));
    }),
    candles.on('reset', () => {
      whole = true;
      mark();
    }),
    pointed.subscribe(() => frames.mark(describe)),
  ];
  mark();
  return () => {
    for (const deafen of deaf) deafen();
    clearTimeout(timer);
    frames.forget(draw);
    frames.forget(describe);
  };
}

function legendOf({ open, high, low, close, volume }: Candle): Legend {
  return { open: grouped(open), high: grouped(high), low: grouped(low), close: grouped(close), volume: grouped(volume), down: Number(close) < Number(open) };
}

function barOf({ start, open, high, low, close, volume }: Candle) {
  return { start, open: Number(open), high: Number(high), low: Number(low), close: Number(close), volume: Number(volume) };
}

/** One request at a time; the list says when there is more. */
const asking = new WeakSet<Candles>();
const exhausted = new WeakSet<Candles>();
async function older(candles: Candles): Promise<void> {
  if (!candles.complete || asking.has(candles) || exhausted.has(candles)) return;
  asking.add(candles);
  try {
    if ((await candles.older(olderCount)) === 0) exhausted.add(candles);
  } catch {
    // Not now; the next move to the left asks again.
  }
  asking.delete(candles);
}
