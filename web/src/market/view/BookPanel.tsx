import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { grouped } from '../decimals';
import type { Floor } from '../floor';
import type { SymbolView } from '../symbolView';
import { type Half, Ladder } from './ladder';

interface BookPanelProps {
  readonly floor: Floor;
  readonly view: SymbolView;
  /** A level was clicked. */
  readonly onPrice: (price: string) => void;
}

const levelsMin = 6;
const levelsMax = 24;
const rowPixels = 22;
/** Head of the columns and the spread between the halves. */
const restPixels = 62;

export function BookPanel({ floor, view, onPrice }: BookPanelProps) {
  const place = useRef<HTMLDivElement>(null);
  const asks = useRef<HTMLTableSectionElement>(null);
  const bids = useRef<HTMLTableSectionElement>(null);
  const askBars = useRef<HTMLDivElement>(null);
  const bidBars = useRef<HTMLDivElement>(null);
  const ladder = useRef<Ladder | undefined>(undefined);
  const spread = useSignal('–');
  const middle = useSignal('');
  useEffect(() => {
    const { current: around } = place;
    const upper = half(asks.current, askBars.current);
    const lower = half(bids.current, bidBars.current);
    if (upper === undefined || lower === undefined || around === null) return undefined;
    const { book, info } = view;
    const drawn = new Ladder(info, upper, lower);
    ladder.current = drawn;
    const draw = () => {
      drawn.draw(book);
      const { bestBid, bestAsk } = book;
      spread.value = book.spread === undefined ? '–' : grouped(book.spread);
      middle.value = bestBid && bestAsk ? `${(((bestAsk.ticks - bestBid.ticks) / bestAsk.ticks) * 10_000).toFixed(2)} bp` : '';
    };
    let levels = levelsMin;
    const fit = () => {
      around.style.setProperty('--levels', String(levels));
      drawn.resize(levels);
      draw();
    };
    const sizes = new ResizeObserver(([entry]) => {
      const fitting = Math.floor(((entry?.contentRect.height ?? 0) - restPixels) / 2 / rowPixels);
      levels = Math.min(levelsMax, Math.max(levelsMin, fitting));
      floor.frames.mark(fit);
    });
    sizes.observe(around);
    floor.frames.mark(fit);
    const deafen = book.on('change', () => floor.frames.mark(draw, 'large'));
    return () => {
      sizes.disconnect();
      deafen();
      floor.frames.forget(draw);
      floor.frames.forget(fit);
    };
  }, [view]);
  const click = (event: Event) => {
    const price = ladder.current?.priceAt(event.target);
    if (price !== undefined) onPrice(price);
  };
  return (
    <section class="panel-box panel-book" aria-labelledby="book-title">
      <h2 id="book-title" class="panel-title">
        Order book
      </h2>
      <div ref={place} class="book-place">
        <div ref={askBars} class="bars bars-asks" />
        <div ref={bidBars} class="bars bars-bids" />
        {/* What a click does, the ticket's Bid and Ask buttons do for the keyboard. */}
        <table class="figures book" aria-labelledby="book-title" onClick={click}>
          <thead>
            <tr>
              <th scope="col">Price</th>
              <th scope="col">Size</th>
              <th scope="col">Total</th>
            </tr>
          </thead>
          <tbody ref={asks} class="asks" aria-label="Asks" />
          <tbody class="spread">
            <tr>
              <th scope="row">Spread</th>
              <td>{spread}</td>
              <td>{middle}</td>
            </tr>
          </tbody>
          <tbody ref={bids} class="bids" aria-label="Bids" />
        </table>
      </div>
    </section>
  );
}

function half(rows: Half['rows'] | null, bars: Half['bars'] | null): Half | undefined {
  return rows === null || bars === null ? undefined : { rows, bars };
}
