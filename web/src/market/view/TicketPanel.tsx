import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Account, freeToSell } from '../account';
import { grouped } from '../decimals';
import type { Floor } from '../floor';
import type { SymbolView } from '../symbolView';
import { money } from '../tickerText';
import type { Field, OrderType, Side, Ticket } from '../ticket';
import { Choice } from './Choice';

const sides: readonly (readonly [Side, string])[] = [
  ['buy', 'Buy'],
  ['sell', 'Sell'],
];
const types: readonly (readonly [OrderType, string])[] = [
  ['limit', 'Limit'],
  ['market', 'Market'],
  ['ioc', 'IOC'],
];
const typeHints: Record<OrderType, string> = {
  limit: 'Waits in the book until somebody takes it.',
  market: 'Trades at once at the best prices there are.',
  ioc: 'Trades at once at this price or better; what is left is cancelled.',
};

interface TicketPanelProps {
  readonly floor: Floor;
  readonly view: SymbolView;
  readonly ticket: Ticket;
  readonly onSignIn: () => void;
  readonly notice: string | undefined;
}

export function TicketPanel({ floor, view, ticket, onSignIn, notice }: TicketPanelProps) {
  return (
    <section id="ticket" class="panel-box panel-ticket" aria-labelledby="ticket-title" tabIndex={-1}>
      <h2 id="ticket-title" class="panel-title">
        Paper order
      </h2>
      {floor.account === undefined ? (
        <div class="invitation">
          <p>All that you see is open to everyone. Sign in as a guest to trade on paper: an account that costs nothing, and orders that nobody else sees as yours.</p>
          {notice !== undefined && (
            <p class="callout" role="status">
              {notice}
            </p>
          )}
          <button class="button button-primary" type="button" onClick={onSignIn}>
            Sign in to trade
          </button>
        </div>
      ) : (
        <Form account={floor.account} view={view} ticket={ticket} />
      )}
    </section>
  );
}

type Outcome = { readonly kind: 'none' } | { readonly kind: 'done'; readonly text: string } | { readonly kind: 'refused'; readonly text: string; readonly field?: Field };

function Form({ account, view, ticket }: { account: Account; view: SymbolView; ticket: Ticket }) {
  const outcome = useSignal<Outcome>({ kind: 'none' });
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  useProposedPrice(view, ticket);
  const { side, type } = ticket;
  const [base] = view.info.symbol.split(/[-/:]/);
  const refuse = (text: string, field?: Field) => {
    outcome.value = { kind: 'refused', text, ...(field && { field }) };
    if (field !== undefined) form.current?.querySelector<HTMLInputElement>(`#ticket-${field}`)?.focus();
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    const fault = ticket.fault();
    if (fault !== undefined) return refuse(fault.text, fault.field);
    busy.value = true;
    try {
      outcome.value = { kind: 'done', text: await account.place(ticket.placement()) };
    } catch (error) {
      refuse(error instanceof Error ? error.message : 'That did not work.');
    }
    busy.value = false;
  };
  const shown = outcome.value;
  return (
    <form ref={form} class="ticket" onSubmit={submit} onInput={() => (outcome.value = { kind: 'none' })} noValidate data-side={side.value}>
      <Choice legend="Side" name="side" options={sides} chosen={side.value} onChoose={(next) => (side.value = next)} />
      <Choice legend="Type of order" name="type" options={types} chosen={type.value} onChoose={(next) => (type.value = next)} />
      <p class="hint">{typeHints[type.value]}</p>
      {type.value !== 'market' && (
        <>
          <Stepped ticket={ticket} field="price" label="Price" outcome={shown} />
          <div class="takes" role="group" aria-label="Take a price from the book">
            {(['bid', 'middle', 'ask'] as const).map((from) => (
              <button key={from} class="button button-small" type="button" onClick={() => ticket.take(view.book, from)}>
                {{ bid: 'Bid', middle: 'Middle', ask: 'Ask' }[from]}
              </button>
            ))}
          </div>
        </>
      )}
      <Stepped ticket={ticket} field="size" label={base === view.info.symbol ? 'Size' : `Size (${base})`} outcome={shown} />
      <Worth account={account} view={view} ticket={ticket} />
      <button class="button button-order" type="submit" aria-disabled={busy.value}>
        {busy.value ? 'Sending…' : `${side.value === 'buy' ? 'Buy' : 'Sell'} ${view.info.symbol}`}
      </button>
      <p class="ticket-outcome" role="status">
        {shown.kind === 'done' && shown.text}
      </p>
      <p id="ticket-problem" class="problem" role="alert">
        {shown.kind === 'refused' && shown.text}
      </p>
    </form>
  );
}

/** A number that goes in steps: arrow keys by one, with shift or Page keys by ten; buttons for the pointer. */
function Stepped({ ticket, field, label, outcome }: { ticket: Ticket; field: Field; label: string; outcome: Outcome }) {
  const id = `ticket-${field}`;
  const value = ticket[field];
  const step = ticket.stepOf(field);
  const steer = (event: KeyboardEvent) => {
    const by = { ArrowUp: event.shiftKey ? 10 : 1, ArrowDown: event.shiftKey ? -10 : -1, PageUp: 10, PageDown: -10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    ticket.nudge(field, by);
  };
  const wrong = outcome.kind === 'refused' && outcome.field === field;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="stepped">
        <button class="icon-button" type="button" tabIndex={-1} aria-label={`Lower the ${field}`} onClick={() => ticket.nudge(field, -1)}>
          −
        </button>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          spellcheck={false}
          maxLength={24}
          value={value.value}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint${wrong ? ' ticket-problem' : ''}`}
          onInput={(event) => (value.value = event.currentTarget.value)}
          onKeyDown={steer}
        />
        <button class="icon-button" type="button" tabIndex={-1} aria-label={`Raise the ${field}`} onClick={() => ticket.nudge(field, 1)}>
          +
        </button>
      </div>
      <span id={`${id}-hint`} class="visually-hidden">
        In steps of {step}. Arrow keys change it by one step, Page Up and Page Down by ten.
      </span>
    </div>
  );
}

function Worth({ account, view, ticket }: { account: Account; view: SymbolView; ticket: Ticket }) {
  const market = view.price.value.replaceAll(',', '');
  const worth = ticket.worth(ticket.type.value === 'market' ? market : undefined);
  const holdings = account.holdings.value;
  const selling = ticket.side.value === 'sell';
  return (
    <dl class="worth">
      <div>
        <dt>{ticket.type.value === 'market' ? 'About' : 'Worth'}</dt>
        <dd>{worth === undefined ? '–' : grouped(worth)}</dd>
      </div>
      <div>
        <dt>{selling ? 'Free to sell' : 'Free cash'}</dt>
        <dd data-testid="available">{holdings === undefined ? '–' : selling ? grouped(freeToSell(holdings, view.info)) : money(holdings.cash - holdings.reserved)}</dd>
      </div>
    </dl>
  );
}

/** The first book proposes a price. */
function useProposedPrice(view: SymbolView, ticket: Ticket): void {
  useEffect(() => {
    if (view.book.bestBid !== undefined) return ticket.propose(view.book);
    const deafen = view.book.on('change', () => {
      if (view.book.bestBid === undefined) return;
      ticket.propose(view.book);
      deafen();
    });
    return deafen;
  }, [view]);
}
