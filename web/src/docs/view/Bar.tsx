import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Avatar } from '../../design/Avatar';
import { Icon, type IconName } from '../../design/Icon';
import { ThemeButton } from '../../design/ThemeButton';
import { type Desk, explain } from '../desk';
import type { Paper } from '../paper';
import { savedText } from '../saved';
import type { Side } from './Editor';
import { ExportMenu } from './ExportMenu';
import { titleMax } from './Shelf';

interface BarProps {
  readonly desk: Desk;
  readonly paper: Paper;
  readonly side: Side;
  readonly onSide: (side: Side) => void;
}

const facesMax = 5;

/** What the document is called, whether it is saved, who is here, and what else one can do with it. */
export function Bar({ desk, paper, side, onSide }: BarProps) {
  const state = paper.state.value;
  const comments = (paper.comments.value ?? []).filter(({ resolved }) => !resolved).length;
  const toggle = (name: Exclude<Side, 'none'>, icon: IconName, label: string, count = 0) => (
    <button class="icon-button" type="button" aria-label={label} title={label} aria-pressed={side === name} onClick={() => onSide(name)}>
      <Icon name={icon} />
      {count > 0 && <span class="with-count">{count}</span>}
    </button>
  );
  return (
    <header class="bar bar-document">
      <a class="icon-button" href="#/" aria-label="My documents" title="My documents">
        <Icon name="back" />
      </a>
      <div class="bar-title">
        <Title desk={desk} paper={paper} />
        <span class="bar-saved" data-saved={state.saved} data-kind={state.kind} role="status">
          {savedText(state)}
        </span>
      </div>
      <People paper={paper} />
      {toggle('comments', 'comment', comments === 0 ? 'Comments' : `Comments: ${comments} open`, comments)}
      {toggle('history', 'history', 'History')}
      {paper.isOwner.value && toggle('share', 'share', 'Share')}
      <ExportMenu paper={paper} />
      <ThemeButton />
    </header>
  );
}

function Title({ desk, paper }: { desk: Desk; paper: Paper }) {
  const problem = useSignal<string | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const rename = async () => {
    const wanted = input.current?.value.trim() ?? '';
    if (wanted === paper.title.value || wanted === '') {
      if (input.current !== null) input.current.value = paper.title.value;
      return;
    }
    try {
      await desk.files.rename(paper.document.documentId, wanted);
      paper.title.value = wanted;
      problem.value = undefined;
    } catch (error) {
      problem.value = explain(error);
    }
  };
  return (
    <>
      <input
        ref={input}
        class="title-input"
        type="text"
        aria-label="Title"
        aria-describedby="title-problem"
        maxLength={titleMax}
        readOnly={!paper.canEdit.value}
        value={paper.title.value}
        onBlur={() => void rename()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') paper.focus();
          else if (event.key === 'Escape') {
            event.currentTarget.value = paper.title.value;
            paper.focus();
          }
        }}
      />
      <span id="title-problem" class="problem" role="alert">
        {problem.value}
      </span>
    </>
  );
}

function People({ paper }: { paper: Paper }) {
  const users = paper.users.value;
  const names = users.map(({ userId, userName }) => userName ?? userId ?? 'Somebody');
  if (users.length === 0) return null;
  return (
    <ul class="faces" aria-label={`Here now: ${names.join(', ')}`}>
      {users.slice(0, facesMax).map(({ userId }, at) => (
        <li key={userId ?? ''} title={names[at]}>
          <Avatar userId={userId ?? ''} name={names[at] ?? ''} small />
        </li>
      ))}
      {users.length > facesMax && <li class="faces-more">+{users.length - facesMax}</li>}
    </ul>
  );
}
