import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { grouped } from '../decimals';
import type { Floor } from '../floor';
import type { SymbolView } from '../symbolView';

const titleEveryMillis = 1_000;

export function Headline({ floor, view }: { floor: Floor; view: SymbolView }) {
  const { info, price, tone, day, dayTone } = view;
  const percent = useComputed(() => day.value.percent);
  const change = useComputed(() => day.value.change);
  const high = useComputed(() => day.value.high);
  const low = useComputed(() => day.value.low);
  const volume = useComputed(() => day.value.volume);
  useEffect(() => {
    const tell = () => void (document.title = price.peek() === '–' ? `${info.symbol} · Peal Market` : `${price.peek()} ${info.symbol} · Peal Market`);
    tell();
    const timer = setInterval(() => floor.frames.mark(tell), titleEveryMillis);
    return () => {
      clearInterval(timer);
      floor.frames.forget(tell);
    };
  }, [view]);
  const [base] = info.symbol.split(/[-/:]/);
  return (
    <header class="headline">
      <h1>{info.symbol}</h1>
      <p class="headline-price" data-tone={tone}>
        <span class="visually-hidden">Last price </span>
        {price}
      </p>
      <p class="headline-change" data-tone={dayTone}>
        <span class="visually-hidden">Change in 24 hours </span>
        {change} <span class="headline-percent">{percent}</span>
      </p>
      <dl class="headline-day">
        <div>
          <dt>24 h high</dt>
          <dd>{high}</dd>
        </div>
        <div>
          <dt>24 h low</dt>
          <dd>{low}</dd>
        </div>
        <div>
          <dt>24 h volume{base === info.symbol ? '' : ` (${base})`}</dt>
          <dd>{volume}</dd>
        </div>
      </dl>
      <button class="button button-small say-price" type="button" onClick={() => floor.announcements.say(quotation(view))}>
        Say the price
      </button>
    </header>
  );
}

/** For a screen reader, when asked. */
function quotation({ info, price, day, book }: SymbolView): string {
  const { bestBid, bestAsk } = book;
  const best = bestBid && bestAsk ? ` Bid ${grouped(bestBid.price)}, ask ${grouped(bestAsk.price)}.` : '';
  return `${info.symbol} ${price.peek()}, ${day.peek().percent.replace('−', 'minus ')} in 24 hours.${best}`;
}
