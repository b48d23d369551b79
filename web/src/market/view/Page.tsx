import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { ConnectionBanner } from '../../session/view/ConnectionBanner';
import type { Session } from '../../session/session';
import type { Floor } from '../floor';
import { symbolOf } from '../route';
import type { SymbolView } from '../symbolView';
import { Ticket } from '../ticket';
import { AccountPanel } from './AccountPanel';
import { Announcer } from './Announcer';
import { BookPanel } from './BookPanel';
import { ChartPanel } from './ChartPanel';
import { Headline } from './Headline';
import { HealthPanel } from './HealthPanel';
import { type Panel, Panels } from './Panels';
import { TapePanel } from './TapePanel';
import { TicketPanel } from './TicketPanel';
import { TopBar } from './TopBar';
import { WatchList } from './WatchList';

interface PageProps {
  readonly floor: Floor;
  readonly session: Session;
  readonly onSignIn: () => void;
}

/** Side by side where there is room; on a phone one panel at a time, below the chart. */
export function Page({ floor, session, onSignIn }: PageProps) {
  const panel = useSignal<Panel>('book');
  const view = floor.view.value;
  return (
    <div class="market-page" data-connection={floor.connection.value.kind}>
      <a class="skip-link" href="#ticket" onClick={(event) => focusOn(event, 'ticket', () => (panel.value = 'ticket'))}>
        Skip to the order ticket
      </a>
      <TopBar floor={floor} session={session} onSignIn={onSignIn} onHealth={() => (panel.value = 'health')} />
      <ConnectionBanner connection={floor.connection} onConnect={() => floor.start()} />
      <main class="market" data-panel={panel.value}>
        {view === undefined ? (
          <Nothing floor={floor} />
        ) : (
          <Desk key={view.info.symbol} floor={floor} view={view} panel={panel.value} onPanel={(next) => (panel.value = next)} onSignIn={onSignIn} notice={session.notice.value} />
        )}
      </main>
      <Announcer floor={floor} />
    </div>
  );
}

interface DeskProps {
  readonly floor: Floor;
  readonly view: SymbolView;
  readonly panel: Panel;
  readonly onPanel: (panel: Panel) => void;
  readonly onSignIn: () => void;
  readonly notice: string | undefined;
}

function Desk({ floor, view, panel, onPanel, onSignIn, notice }: DeskProps) {
  const ticket = useMemo(() => new Ticket(view.info), [view]);
  const takePrice = (price: string) => {
    if (floor.account === undefined || ticket.type.value === 'market') return;
    ticket.price.value = price;
  };
  return (
    <>
      <div class="column column-watch">
        <WatchList floor={floor} shown={view.info.symbol} />
        <TapePanel floor={floor} view={view} />
      </div>
      <div class="column column-center">
        <Headline floor={floor} view={view} />
        <ChartPanel floor={floor} view={view} />
        <Panels shown={panel} onShow={onPanel} />
        <AccountPanel floor={floor} />
      </div>
      <div class="column column-book">
        <BookPanel floor={floor} view={view} onPrice={takePrice} />
      </div>
      <div class="column column-ticket">
        <TicketPanel floor={floor} view={view} ticket={ticket} onSignIn={onSignIn} notice={notice} />
        <HealthPanel floor={floor} view={view} />
      </div>
    </>
  );
}

/** While the symbols are not known, or where there is none of the address's name. */
function Nothing({ floor }: { floor: Floor }) {
  const symbols = floor.symbols.value;
  if (symbols === undefined) return <p class="nothing hint">Asking for the symbols…</p>;
  if (symbols.length === 0) return <p class="nothing">This server has no symbols.</p>;
  return (
    <div class="nothing">
      <h1>There is no {symbolOf(location.hash) ?? 'such symbol'} here</h1>
      <WatchList floor={floor} shown={undefined} />
    </div>
  );
}

function focusOn(event: Event, id: string, show: () => void): void {
  event.preventDefault();
  show();
  // Behind the frame in which a phone shows it.
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus()));
}
