import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DocumentSummary } from '@peal/client/docs';
import { Icon, Mark } from '../../design/Icon';
import { ThemeButton } from '../../design/ThemeButton';
import { Times } from '../../design/times';
import type { Session } from '../../session/session';
import { type Desk, explain } from '../desk';
import { hashOfDocument } from '../route';
import { Importer } from './Importer';

interface ShelfProps {
  readonly desk: Desk;
  readonly session: Session;
  readonly notice: string | undefined;
  readonly banner: ComponentChildren;
  readonly onSignOut: () => void;
}

const times = new Times();
const roleNames = { owner: '', editor: 'may edit', commenter: 'may comment', reader: 'may read' } as const;
export const titleMax = 200;

/** My documents: open one, make one, bring one along. */
export function Shelf({ desk, session, notice, banner, onSignOut }: ShelfProps) {
  useEffect(() => void (document.title = 'Documents · Peal'), []);
  const shelf = desk.shelf.value;
  return (
    <>
      <header class="bar">
        <div class="brand">
          <Mark />
          <span class="brand-name">Peal Docs</span>
        </div>
        <nav class="bar-nav" aria-label="Peal">
          <a href="/">Chat</a>
          <a href="/market">Market</a>
        </nav>
        <span class="bar-self">{session.credentials.value?.userName}</span>
        <ThemeButton />
        <button class="icon-button" type="button" aria-label="Sign out" title="Sign out" onClick={onSignOut}>
          <Icon name="leave" />
        </button>
      </header>
      {banner}
      <main class="shelf">
        <div class="shelf-inner">
          <h1>Documents</h1>
          {notice !== undefined && (
            <p class="callout" role="status">
              {notice}
            </p>
          )}
          <NewDocument desk={desk} />
          {desk.problem.value !== undefined && (
            <p class="problem" role="alert">
              {desk.problem.value}
            </p>
          )}
          {shelf === undefined && desk.problem.value === undefined && <p class="hint">Loading…</p>}
          {shelf?.length === 0 && (
            <div class="shelf-empty">
              <Icon name="page" />
              <p>No documents yet. The first one begins with its title, above.</p>
            </div>
          )}
          {shelf !== undefined && shelf.length > 0 && (
            <ul class="shelf-list" aria-label="My documents">
              {shelf.map((each) => (
                <Row key={each.documentId} desk={desk} summary={each} />
              ))}
            </ul>
          )}
          {desk.more.value !== undefined && (
            <button class="button" type="button" onClick={() => void desk.loadMore()}>
              Show more
            </button>
          )}
        </div>
      </main>
    </>
  );
}

function NewDocument({ desk }: { desk: Desk }) {
  const title = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const create = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    try {
      const made = await desk.files.create(title.value.trim() || 'Untitled');
      location.hash = hashOfDocument(made.documentId);
    } catch (error) {
      problem.value = explain(error);
    }
    busy.value = false;
  };
  return (
    <form class="new-document" onSubmit={create} noValidate>
      <label class="visually-hidden" for="new-title">
        Title of the new document
      </label>
      <input
        id="new-title"
        type="text"
        placeholder="Title of a new document"
        autocomplete="off"
        maxLength={titleMax}
        value={title.value}
        aria-describedby="new-problem"
        onInput={(event) => {
          title.value = event.currentTarget.value;
          problem.value = undefined;
        }}
      />
      <button class="button button-primary" type="submit" aria-disabled={busy.value}>
        <Icon name="plus" />
        {busy.value ? 'Creating…' : 'Create'}
      </button>
      <Importer desk={desk} onProblem={(text) => (problem.value = text)} />
      <p id="new-problem" class="problem" role="alert">
        {problem.value}
      </p>
    </form>
  );
}

function Row({ desk, summary }: { desk: Desk; summary: DocumentSummary }) {
  const asking = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const confirm = useRef<HTMLButtonElement>(null);
  const trash = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (asking.value) confirm.current?.focus();
    else if (asked.current) trash.current?.focus();
    asked.current = asking.value;
  }, [asking.value]);
  const remove = async () => {
    try {
      await desk.files.remove(summary.documentId);
      await desk.load();
      document.getElementById('new-title')?.focus();
    } catch (error) {
      problem.value = explain(error);
      asking.value = false;
    }
  };
  const { role, title, ownerName, updatedAt } = summary;
  return (
    <li class="shelf-row">
      <a class="shelf-link" href={hashOfDocument(summary.documentId)}>
        <Icon name="page" />
        <span class="shelf-title">{title || 'Untitled'}</span>
        <span class="shelf-about">
          {role !== 'owner' && `${ownerName ?? 'Somebody'} · ${roleNames[role]} · `}
          <time dateTime={new Date(updatedAt).toISOString()} title={times.full(updatedAt)}>
            {times.day(updatedAt, Date.now())}, {times.time(updatedAt)}
          </time>
        </span>
      </a>
      {role === 'owner' && !asking.value && (
        <button ref={trash} class="icon-button" type="button" aria-label={`Delete ${title || 'Untitled'}`} title="Delete" onClick={() => (asking.value = true)}>
          <Icon name="trash" />
        </button>
      )}
      {asking.value && (
        <span
          class="shelf-ask"
          role="group"
          aria-label={`Delete ${title || 'Untitled'} for everybody?`}
          onKeyDown={(event) => event.key === 'Escape' && (asking.value = false)}
        >
          <button ref={confirm} class="button button-small button-danger" type="button" onClick={() => void remove()}>
            Delete for everybody
          </button>
          <button class="button button-small" type="button" onClick={() => (asking.value = false)}>
            Keep
          </button>
        </span>
      )}
      {problem.value !== undefined && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </li>
  );
}
