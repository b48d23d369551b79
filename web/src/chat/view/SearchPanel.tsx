import { useSignal } from '@preact/signals';
import type { Chat } from '../chat';
import { excerpt } from '../highlight';
import { codePoints, queryCodePointsMax } from '../lengths';
import type { Room } from '../room';
import type { Hit, SearchProblem } from '../search';
import { Times } from '../../design/times';

interface SearchPanelProps {
  readonly chat: Chat;
  readonly room: Room;
  /** The reader was led to an entry. */
  readonly onFound: () => void;
}

const times = new Times();

/** Looks for words in a room, and leads to where they were said. What was found stays while the room is open. */
export function SearchPanel({ chat, room, onFound }: SearchPanelProps) {
  const { search } = room;
  const lost = useSignal<string | undefined>(undefined);
  const open = async (offset: number) => {
    lost.value = undefined;
    try {
      if (await room.lookback.goTo(offset)) onFound();
      else lost.value = 'This message is no longer kept.';
    } catch {
      lost.value = 'This message could not be loaded. Try again.';
    }
  };
  return (
    <section class="panel" aria-labelledby="search-title">
      <h2 id="search-title" class="panel-title panel-head">
        Search in {room.id}
      </h2>
      <SearchForm room={room} />
      <p class="panel-note" role="status">
        {statusText(room)}
      </p>
      <p class="problem" role="alert">
        {search.problem.value === undefined ? lost.value : problemText(search.problem.value)}
      </p>
      <ol class="cards">
        {search.hits.value.map((hit) => (
          <li key={hit.entry.offset}>
            <HitView chat={chat} hit={hit} onOpen={open} />
          </li>
        ))}
      </ol>
      {search.next.value !== undefined && (
        <div class="panel-more">
          <button class="button button-small" type="button" aria-disabled={search.searching.value} onClick={() => void search.more()}>
            {search.searching.value ? 'Searching…' : 'Search further back'}
          </button>
        </div>
      )}
    </section>
  );
}

function SearchForm({ room }: { room: Room }) {
  const text = useSignal(room.search.query.value ?? '');
  const problem = useSignal<string | undefined>(undefined);
  const submit = (event: Event) => {
    event.preventDefault();
    const query = text.value.trim();
    if (query === '') return;
    if (codePoints(query) > queryCodePointsMax) problem.value = `At most ${queryCodePointsMax} characters.`;
    else void room.search.find(query);
  };
  return (
    <form class="search" role="search" aria-label={`Messages in ${room.id}`} onSubmit={submit}>
      <label class="visually-hidden" for="search">
        Words to look for
      </label>
      <input
        id="search"
        type="search"
        placeholder="Words to look for"
        autocomplete="off"
        autofocus
        value={text.value}
        aria-invalid={problem.value !== undefined}
        aria-describedby="search-problem"
        onInput={(event) => {
          text.value = event.currentTarget.value;
          problem.value = undefined;
        }}
      />
      <button class="button button-primary" type="submit">
        Search
      </button>
      <p id="search-problem" class="problem" role="alert">
        {problem.value}
      </p>
    </form>
  );
}

function HitView({ chat, hit, onOpen }: { chat: Chat; hit: Hit; onOpen: (offset: number) => void }) {
  void chat.names.value;
  const { offset, userId, text, at } = hit.entry;
  return (
    <button class="card hit" type="button" data-testid="hit" onClick={() => onOpen(offset)}>
      <span class="hit-head">
        <span class="author">{chat.nameOf(userId)}</span>{' '}
        <time dateTime={new Date(at).toISOString()}>
          {times.day(at, Date.now())}, {times.time(at)}
        </time>
      </span>{' '}
      <span class="card-text">
        {excerpt(text, hit.highlights).map((piece) => (piece.hit ? <mark>{piece.text}</mark> : piece.text))}
      </span>
    </button>
  );
}

function statusText({ search }: Room): string {
  if (search.searching.value) return 'Searching…';
  if (search.query.value === undefined || search.problem.value !== undefined) return '';
  const count = search.hits.value.length;
  const more = search.next.value !== undefined;
  if (count === 0) return more ? 'Nothing found so far. There are older messages to look through.' : 'Nothing found. Every word has to be there; the last one may be a beginning.';
  return `${count}${more ? ' or more' : ''} found, newest first.`;
}

function problemText({ kind, reason, retryAt }: SearchProblem): string {
  if (kind === 'busy') return `Too many searches at once. Search again at ${times.clock(Math.ceil((retryAt ?? 0) / 1000) * 1000)}.`;
  if (kind === 'unanswered') return `${reason} Search again when you are connected.`;
  return `The server could not search: ${reason}.`;
}
