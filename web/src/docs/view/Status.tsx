import { useSignal } from '@preact/signals';
import type { Paper } from '../paper';
import { explain } from '../desk';

const roles = { owner: 'Yours', editor: 'You may edit', commenter: 'You may comment', reader: 'You may read' } as const;

/** How much there is, what one may do, and who wrote it. */
export function Status({ paper }: { paper: Paper }) {
  const problem = useSignal<string | undefined>(undefined);
  const { words, characters } = paper.count.value;
  const { role, kind } = paper.state.value;
  const toggle = async () => {
    try {
      await paper.showAuthors(paper.authors.value === undefined);
      problem.value = undefined;
    } catch (error) {
      problem.value = explain(error);
    }
  };
  return (
    <footer class="status">
      <span>
        {words.toLocaleString()} {words === 1 ? 'word' : 'words'}, {characters.toLocaleString()} {characters === 1 ? 'character' : 'characters'}
      </span>
      {role !== undefined && <span class="tag">{roles[role]}</span>}
      <button class="button button-small" type="button" aria-pressed={paper.authors.value !== undefined} disabled={kind !== 'live'} onClick={() => void toggle()}>
        Who wrote what
      </button>
      {paper.authors.value !== undefined && <Legend paper={paper} />}
      <span class="problem" role="alert">
        {problem.value}
      </span>
      <span class="visually-hidden" role="status">
        {paper.announcement.value}
      </span>
    </footer>
  );
}

function Legend({ paper }: { paper: Paper }) {
  const lengths = new Map<string, { readonly name: string; length: number }>();
  for (const { userId, userName, length } of paper.authors.value ?? []) {
    const known = lengths.get(userId ?? '') ?? { name: userName ?? userId ?? 'Somebody', length: 0 };
    known.length += length;
    lengths.set(userId ?? '', known);
  }
  const all = [...lengths.values()].reduce((sum, { length }) => sum + length, 0) || 1;
  return (
    <ul class="legend" aria-label="Who wrote how much">
      {[...lengths].map(([userId, { name, length }]) => (
        <li key={userId} data-author={userId}>
          {name} {Math.round((100 * length) / all)} %
        </li>
      ))}
    </ul>
  );
}
