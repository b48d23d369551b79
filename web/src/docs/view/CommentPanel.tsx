import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Comment } from '@peal/client/docs';
import { Times } from '../../design/times';
import { explain } from '../desk';
import type { Paper } from '../paper';

const textMax = 4_000;
const times = new Times();

/** What is said about the text: open first, resolved below. */
export function CommentPanel({ paper }: { paper: Paper }) {
  useEffect(() => void paper.loadComments(), [paper]);
  const resolvedToo = useSignal(false);
  const all = paper.comments.value;
  const shown = (all ?? []).filter(({ resolved }) => resolvedToo.value || !resolved);
  const hidden = (all ?? []).filter(({ resolved }) => resolved).length;
  return (
    <section class="panel" aria-labelledby="comments-title">
      <h2 id="comments-title" class="panel-head">
        Comments
      </h2>
      {paper.draft.value !== undefined && <Draft paper={paper} />}
      {all === undefined && <p class="panel-note">Loading…</p>}
      {all !== undefined && shown.length === 0 && paper.draft.value === undefined && (
        <p class="panel-empty">Nothing yet. Select some text, then choose “Comment on the selection”.</p>
      )}
      <ul class="cards">
        {shown.map((comment) => (
          <Card key={comment.commentId} paper={paper} comment={comment} />
        ))}
      </ul>
      {hidden > 0 && (
        <button class="button button-small" type="button" aria-pressed={resolvedToo.value} onClick={() => (resolvedToo.value = !resolvedToo.value)}>
          {resolvedToo.value ? 'Hide resolved' : `Show resolved (${hidden})`}
        </button>
      )}
    </section>
  );
}

function Draft({ paper }: { paper: Paper }) {
  return (
    <div class="card card-new">
      <p class="card-quote">“{shorten(paper.draft.value?.quote ?? '')}”</p>
      <Writing label="Comment" action="Comment" onWrite={(text) => paper.finishComment(text)} onCancel={() => (paper.draft.value = undefined)} focus />
    </div>
  );
}

function Card({ paper, comment }: { paper: Paper; comment: Comment }) {
  const replying = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const { document: open } = paper;
  const act = (action: () => Promise<unknown>) => async () => {
    try {
      await action();
      await paper.loadComments();
      problem.value = undefined;
    } catch (error) {
      problem.value = explain(error);
    }
  };
  const active = paper.activeComment.value === comment.commentId;
  return (
    <li class={`card${active ? ' card-active' : ''}`}>
      <button class="card-quote" type="button" disabled={comment.range === null} onClick={() => paper.reveal(comment)}>
        “{shorten(comment.quote)}”{comment.range === null && ' (deleted)'}
      </button>
      <Said name={comment.userName ?? comment.userId} at={comment.timestamp} text={comment.text} />
      {comment.replies.map((reply) => (
        <Said key={reply.replyId} name={reply.userName ?? reply.userId} at={reply.timestamp} text={reply.text} />
      ))}
      {paper.canComment.value && (
        <div class="card-actions">
          {!comment.resolved && (
            <button class="button button-small" type="button" onClick={() => (replying.value = !replying.value)}>
              Reply
            </button>
          )}
          <button
            class="button button-small"
            type="button"
            onClick={act(() => (comment.resolved ? open.reopenComment(comment.commentId) : open.resolveComment(comment.commentId)))}
          >
            {comment.resolved ? 'Reopen' : 'Resolve'}
          </button>
          <button class="button button-small" type="button" onClick={act(() => open.deleteComment(comment.commentId))}>
            Delete
          </button>
        </div>
      )}
      {replying.value && (
        <Writing
          label="Reply"
          action="Reply"
          onWrite={async (text) => {
            await open.reply(comment.commentId, text);
            await paper.loadComments();
            replying.value = false;
          }}
          onCancel={() => (replying.value = false)}
          focus
        />
      )}
      <p class="problem" role="alert">
        {problem.value}
      </p>
    </li>
  );
}

function Said({ name, at, text }: { name: string | null; at: number; text: string }) {
  return (
    <div class="said">
      <span class="said-by">{name ?? 'Somebody'}</span>{' '}
      <time class="said-at" dateTime={new Date(at).toISOString()} title={times.full(at)}>
        {times.day(at, Date.now())}, {times.time(at)}
      </time>
      <span class="card-text">{text}</span>
    </div>
  );
}

interface WritingProps {
  readonly label: string;
  readonly action: string;
  readonly onWrite: (text: string) => Promise<void>;
  readonly onCancel: () => void;
  readonly focus: boolean;
}

function Writing({ label, action, onWrite, onCancel, focus }: WritingProps) {
  const text = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, []);
  const write = async (event: Event) => {
    event.preventDefault();
    const said = text.value.trim();
    if (said === '' || busy.value) return;
    busy.value = true;
    try {
      await onWrite(said);
      text.value = '';
    } catch (error) {
      problem.value = explain(error);
    }
    busy.value = false;
  };
  return (
    <form class="writing" onSubmit={write}>
      <textarea
        ref={field}
        aria-label={label}
        rows={3}
        maxLength={textMax}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void write(event);
        }}
      />
      <div class="card-actions">
        <button class="button button-small button-primary" type="submit" aria-disabled={busy.value}>
          {action}
        </button>
        <button class="button button-small" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <p class="problem" role="alert">
        {problem.value}
      </p>
    </form>
  );
}

function shorten(text: string): string {
  const letters = [...text];
  return letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : text;
}
