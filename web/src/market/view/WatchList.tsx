import type { Floor } from '../floor';
import { hashOfSymbol } from '../route';
import type { Watched } from '../watched';

export function WatchList({ floor, shown }: { floor: Floor; shown: string | undefined }) {
  return (
    <nav class="watch" aria-labelledby="watch-title">
      <h2 id="watch-title" class="panel-title">
        Symbols
      </h2>
      <ul>
        {floor.watched.value.map((each) => (
          <Row key={each.info.symbol} watched={each} shown={each.info.symbol === shown} />
        ))}
      </ul>
    </nav>
  );
}

/** Prices are bound to their text nodes: that they change renders nothing. */
function Row({ watched, shown }: { watched: Watched; shown: boolean }) {
  const { info, price, change, tone, flash } = watched;
  return (
    <li>
      <a class="watch-row" href={hashOfSymbol(info.symbol)} aria-current={shown ? 'page' : undefined} data-symbol={info.symbol}>
        <span class="watch-name">{info.symbol}</span>
        <span class="watch-price" data-flash={flash}>
          {price}
        </span>
        <span class="watch-change" data-tone={tone}>
          {change}
        </span>
      </a>
    </li>
  );
}
