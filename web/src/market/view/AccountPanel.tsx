import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Fill, Order, Position } from '@peal/client/market';
import { Times } from '../../design/times';
import type { Account, Holdings } from '../account';
import { grouped, placesOf } from '../decimals';
import type { Floor } from '../floor';
import { money, signedMoney, toneOf } from '../tickerText';

type Tab = 'positions' | 'orders' | 'fills';

const tabs: readonly Tab[] = ['positions', 'orders', 'fills'];
const tabNames: Record<Tab, string> = { positions: 'Positions', orders: 'Open orders', fills: 'Fills' };
const times = new Times();

export function AccountPanel({ floor }: { floor: Floor }) {
  return (
    <section class={`panel-box panel-account${floor.account === undefined ? ' panel-account-empty' : ''}`} aria-labelledby="account-title">
      {floor.account === undefined ? (
        <>
          <h2 id="account-title" class="panel-title">
            Paper account
          </h2>
          <p class="account-empty">Positions, open orders and fills stand here once you have signed in.</p>
        </>
      ) : (
        <Holding account={floor.account} />
      )}
    </section>
  );
}

function Holding({ account }: { account: Account }) {
  const tab = useSignal<Tab>('positions');
  const bar = useRef<HTMLDivElement>(null);
  const holdings = account.holdings.value;
  const steer = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    tab.value = tabs[(tabs.indexOf(tab.value) + by + tabs.length) % tabs.length] ?? 'positions';
    bar.current?.querySelector<HTMLElement>(`#tab-${tab.value}`)?.focus();
  };
  const count = (of: Tab) => (of === 'fills' ? 0 : (holdings?.[of].length ?? 0));
  return (
    <>
      <h2 id="account-title" class="visually-hidden">
        Paper account
      </h2>
      <div class="account-head">
        <div ref={bar} class="tabs" role="tablist" aria-labelledby="account-title" onKeyDown={steer}>
          {tabs.map((each) => (
            <button
              key={each}
              id={`tab-${each}`}
              type="button"
              role="tab"
              aria-selected={each === tab.value}
              aria-controls="tab-panel"
              tabIndex={each === tab.value ? 0 : -1}
              onClick={() => (tab.value = each)}
            >
              {tabNames[each]}
              {count(each) > 0 && <span class="with-count"> {count(each)}</span>}
            </button>
          ))}
        </div>
        {holdings !== undefined && (
          <dl class="account-sums">
            <div>
              <dt>Equity</dt>
              <dd data-testid="equity">{money(holdings.equity)}</dd>
            </div>
            <div title="Of what you still hold, at the last price">
              <dt>Unrealised</dt>
              <dd data-tone={toneOf(holdings.unrealised)}>{signedMoney(holdings.unrealised)}</dd>
            </div>
            <div title="Of what you have sold again">
              <dt>Realised</dt>
              <dd data-tone={toneOf(holdings.realised)}>{signedMoney(holdings.realised)}</dd>
            </div>
          </dl>
        )}
      </div>
      <p class="problem" role="alert">
        {account.problem.value}
      </p>
      <div id="tab-panel" class="scroll" role="tabpanel" aria-labelledby={`tab-${tab.value}`} tabIndex={0}>
        {holdings === undefined ? <p class="account-empty">Loading…</p> : <Table tab={tab.value} holdings={holdings} account={account} />}
      </div>
    </>
  );
}

function Table({ tab, holdings, account }: { tab: Tab; holdings: Holdings; account: Account }) {
  switch (tab) {
    case 'positions':
      return <Positions positions={holdings.positions} />;
    case 'orders':
      return <Orders orders={holdings.orders} account={account} />;
    case 'fills':
      return <Fills fills={holdings.fills} />;
  }
}

function Positions({ positions }: { positions: readonly Position[] }) {
  if (positions.length === 0) return <p class="account-empty">No positions. What you buy stands here, with its profit at the last price.</p>;
  return (
    <table class="figures holdings">
      <thead>
        <tr>
          <th scope="col">Symbol</th>
          <th scope="col">Size</th>
          <th scope="col">Average price</th>
          <th scope="col">Value</th>
          <th scope="col">Profit</th>
        </tr>
      </thead>
      <tbody>
        {positions.map(({ symbol, size, averagePrice, lastPrice, value, unrealised }) => (
          <tr key={symbol}>
            <th scope="row">{symbol}</th>
            <td>{grouped(size)}</td>
            <td>{grouped(averagePrice.toFixed(placesOf(lastPrice)))}</td>
            <td>{money(value)}</td>
            <td data-tone={toneOf(unrealised)} data-testid="profit">
              {signedMoney(unrealised)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Orders({ orders, account }: { orders: readonly Order[]; account: Account }) {
  if (orders.length === 0) return <p class="account-empty">No open orders.</p>;
  return (
    <table class="figures holdings">
      <thead>
        <tr>
          <th scope="col">Symbol</th>
          <th scope="col">Side</th>
          <th scope="col">Price</th>
          <th scope="col">Filled</th>
          <th scope="col">
            <span class="visually-hidden">Cancel</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr key={order.orderId} data-testid="order">
            <th scope="row">{order.symbol}</th>
            <td data-tone={order.side === 'buy' ? 'up' : 'down'}>{order.side === 'buy' ? 'Buy' : 'Sell'}</td>
            <td>{order.price === undefined ? '–' : grouped(order.price)}</td>
            <td>
              {grouped(order.filled)} of {grouped(order.size)}
            </td>
            <td>
              <button class="button button-small" type="button" aria-label={`Cancel: ${order.side} ${order.size} ${order.symbol}`} onClick={() => void account.cancel(order)}>
                Cancel
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Fills({ fills }: { fills: readonly Fill[] }) {
  if (fills.length === 0) return <p class="account-empty">No fills yet.</p>;
  return (
    <table class="figures holdings">
      <thead>
        <tr>
          <th scope="col">Symbol</th>
          <th scope="col">Side</th>
          <th scope="col">Price</th>
          <th scope="col">Size</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {fills.map(({ orderId, tradeId, symbol, side, price, size, timestamp }) => (
          <tr key={`${orderId} ${tradeId}`} data-testid="fill">
            <th scope="row">{symbol}</th>
            <td data-tone={side === 'buy' ? 'up' : 'down'}>{side === 'buy' ? 'Buy' : 'Sell'}</td>
            <td>{grouped(price)}</td>
            <td>{grouped(size)}</td>
            <td>{times.second(timestamp)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
