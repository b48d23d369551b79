import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Delta, HistoryEntry, Version } from '@peal/client/docs';
import { Times } from '../../design/times';
import { explain } from '../desk';
import type { Paper } from '../paper';
import { quillOf } from '../quillOf';
import { stretchesOf } from '../timeline';

const nameMax = 200;
const times = new Times();

/** What the document was: versions with names, and who changed it when. Any of them can be looked at and brought back. */
export function HistoryPanel({ paper }: { paper: Paper }) {
  const versions = useSignal<readonly Version[] | undefined>(undefined);
  const operations = useSignal<readonly HistoryEntry[]>([]);
  const oldest = useSignal(0);
  const problem = useSignal<string | undefined>(undefined);
  const looking = useSignal<number | undefined>(undefined);
  const { document: open } = paper;
  const load = async () => {
    try {
      const [named, history] = await Promise.all([open.versions(), open.history()]);
      versions.value = [...named].sort((a, b) => b.revision - a.revision);
      operations.value = history.operations;
      oldest.value = history.oldest;
      problem.value = undefined;
    } catch (error) {
      problem.value = explain(error);
    }
  };
  const loadOlder = async () => {
    const before = Math.min(...operations.value.map(({ revision }) => revision));
    try {
      operations.value = [...operations.value, ...(await open.history({ before })).operations];
    } catch (error) {
      problem.value = explain(error);
    }
  };
  useEffect(() => void load(), [paper, paper.versionNamed.value]);
  const first = Math.min(...operations.value.map(({ revision }) => revision));
  return (
    <section class="panel" aria-labelledby="history-title">
      <h2 id="history-title" class="panel-head">
        History
      </h2>
      {paper.canEdit.value && <NameVersion paper={paper} onNamed={load} />}
      <p class="problem" role="alert">
        {problem.value}
      </p>
      {looking.value !== undefined && (
        <Preview paper={paper} revision={looking.value} onClose={() => (looking.value = undefined)} onRestored={load} />
      )}
      {versions.value === undefined && problem.value === undefined && <p class="panel-note">Loading…</p>}
      {versions.value !== undefined && versions.value.length > 0 && (
        <>
          <h3 class="panel-title">Named versions</h3>
          <ul class="cards">
            {versions.value.map(({ versionId, name, revision, timestamp, userName }) => (
              <li key={versionId}>
                <button class="card card-button" type="button" aria-pressed={looking.value === revision} onClick={() => (looking.value = revision)}>
                  <span class="card-title">{name}</span>
                  <span class="said-at">
                    {userName ?? 'Somebody'}, {times.day(timestamp, Date.now())}, {times.time(timestamp)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {operations.value.length > 0 && (
        <>
          <h3 class="panel-title">Changes</h3>
          <ol class="cards">
            {stretchesOf(operations.value).map(({ from, to, userName, userId, timestamp }) => (
              <li key={to}>
                <button class="card card-button" type="button" aria-pressed={looking.value === to} onClick={() => (looking.value = to)}>
                  <span class="card-title">{userName ?? userId ?? 'Somebody'}</span>
                  <span class="said-at">
                    {times.day(timestamp, Date.now())}, {times.time(timestamp)} · {from === to ? `revision ${to}` : `revisions ${from}–${to}`}
                  </span>
                </button>
              </li>
            ))}
          </ol>
          {first > Math.max(1, oldest.value) && (
            <button class="button button-small" type="button" onClick={() => void loadOlder()}>
              Older changes
            </button>
          )}
        </>
      )}
    </section>
  );
}

function NameVersion({ paper, onNamed }: { paper: Paper; onNamed: () => Promise<void> }) {
  const name = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const save = async (event: Event) => {
    event.preventDefault();
    const wanted = name.value.trim();
    if (wanted === '') return;
    try {
      await paper.document.nameVersion(wanted);
      name.value = '';
      await onNamed();
    } catch (error) {
      problem.value = explain(error);
    }
  };
  return (
    <form class="search" onSubmit={save}>
      <label class="visually-hidden" for="version-name">
        Name for the document as it is now
      </label>
      <input
        id="version-name"
        type="text"
        placeholder="Name this version"
        autocomplete="off"
        maxLength={nameMax}
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value;
          problem.value = undefined;
        }}
      />
      <button class="button" type="submit">
        Save
      </button>
      <p class="problem" role="alert">
        {problem.value}
      </p>
    </form>
  );
}

interface PreviewProps {
  readonly paper: Paper;
  readonly revision: number;
  readonly onClose: () => void;
  readonly onRestored: () => Promise<void>;
}

function Preview({ paper, revision, onClose, onRestored }: PreviewProps) {
  const place = useRef<HTMLDivElement>(null);
  const problem = useSignal<string | undefined>(undefined);
  const loading = useSignal(true);
  useEffect(() => {
    let over = false;
    loading.value = true;
    const quill = quillOf(place.current!, `The document at revision ${revision}`, true);
    paper.document.contentAt(revision).then(
      (content: Delta) => {
        if (over) return;
        loading.value = false;
        quill.setContents(content.ops as never, 'silent');
      },
      (error: unknown) => {
        loading.value = false;
        problem.value = explain(error);
      },
    );
    return () => {
      over = true;
      place.current?.replaceChildren();
    };
  }, [revision]);
  const restore = async () => {
    try {
      await paper.document.restore(revision);
      await onRestored();
      onClose();
    } catch (error) {
      problem.value = explain(error);
    }
  };
  return (
    <div class="card preview">
      <p class="card-title">Revision {revision}</p>
      {loading.value && <p class="panel-note">Loading…</p>}
      <div class="preview-paper" key={revision} ref={place} />
      <div class="card-actions">
        {paper.canEdit.value && (
          <button class="button button-small button-primary" type="button" onClick={() => void restore()}>
            Restore this version
          </button>
        )}
        <button class="button button-small" type="button" onClick={onClose}>
          Close
        </button>
      </div>
      <p class="problem" role="alert">
        {problem.value}
      </p>
    </div>
  );
}
