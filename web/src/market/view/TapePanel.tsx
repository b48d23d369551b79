import { useEffect, useRef } from 'preact/hooks';
import type { Floor } from '../floor';
import type { SymbolView } from '../symbolView';
import { Tape } from './tape';

const rowsMax = 30;

export function TapePanel({ floor, view }: { floor: Floor; view: SymbolView }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    if (body.current === null) return undefined;
    const tape = new Tape(body.current, rowsMax);
    const draw = () => tape.draw(view.trades.recent);
    const mark = () => floor.frames.mark(draw, 'large');
    const deaf = [view.trades.on('trade', mark), view.trades.on('reset', mark)];
    mark();
    return () => {
      for (const deafen of deaf) deafen();
      floor.frames.forget(draw);
    };
  }, [view]);
  return (
    <section class="panel-box panel-tape" aria-labelledby="tape-title">
      <h2 id="tape-title" class="panel-title">
        Trades
      </h2>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="tape-title">
        <table class="figures tape" aria-labelledby="tape-title">
          <thead>
            <tr>
              <th scope="col">Price</th>
              <th scope="col">Size</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody ref={body} />
        </table>
      </div>
    </section>
  );
}
