import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { LiveDocument } from '@peal/client/docs';
import { bindQuill, type QuillCursors } from '@peal/client/quill';
import { Drawer } from '../../design/Drawer';
import { Icon } from '../../design/Icon';
import { useMedia } from '../../design/useMedia';
import { Highlights } from '../highlights';
import { type Desk, explain } from '../desk';
import { Paper } from '../paper';
import { quillOf } from '../quillOf';
import { Bar } from './Bar';
import { CommentPanel } from './CommentPanel';
import { HistoryPanel } from './HistoryPanel';
import { SharePanel } from './SharePanel';
import { Status } from './Status';
import { Toolbar } from './Toolbar';

export type Side = 'none' | 'comments' | 'history' | 'share';

interface EditorProps {
  readonly desk: Desk;
  readonly document: LiveDocument;
  readonly banner: ComponentChildren;
}

const sideNames = { comments: 'Comments', history: 'History', share: 'Share' } as const;

/** One document: what is written, who is here, and at its side what is said about it. */
export function Editor({ desk, document: open, banner }: EditorProps) {
  const paper = useMemo(() => new Paper(open, () => desk.me), [open]);
  const place = useRef<HTMLDivElement>(null);
  const side = useSignal<Side>('none');
  const state = paper.state.value;
  const { kind } = state;
  const wide = useMedia('(min-width: 64rem)');
  useEffect(() => {
    const quill = quillOf(place.current!, 'Document', false);
    const binding = bindQuill(quill, open, { cursors: quill.getModule('cursors') as QuillCursors });
    paper.attach(quill, new Highlights(quill));
    return () => {
      paper.detach();
      binding.destroy();
    };
  }, [paper]);
  // One that is new is there to be written; where the title was typed there is nothing any more that could have the focus.
  useEffect(() => {
    const empty = open.content.ops.length === 0;
    if (kind === 'live' && empty && paper.canEdit.value && document.activeElement === document.body) paper.focus();
  }, [kind]);
  useSignalEffect(() => void (document.title = `${paper.title.value || 'Document'} · Peal Docs`));

  const close = () => (side.value = 'none');
  const closeAside = () => {
    close();
    paper.focus();
  };
  const show = (next: Side) => (side.value = side.value === next ? 'none' : next);
  const panel =
    side.value === 'comments' ? (
      <CommentPanel paper={paper} />
    ) : side.value === 'history' ? (
      <HistoryPanel paper={paper} />
    ) : side.value === 'share' ? (
      <SharePanel desk={desk} paper={paper} />
    ) : null;
  return (
    <>
      <a class="skip-link" href="#paper" onClick={focusPaper(paper)}>
        Skip to the text
      </a>
      <Bar desk={desk} paper={paper} side={side.value} onSide={show} />
      {banner}
      {state.kind === 'refused' && (
        <div class="banner banner-stopped" role="alert">
          <Icon name="alert" />
          <p>{explain(state.refusal)}</p>
          <a class="button button-small" href="#/">
            My documents
          </a>
        </div>
      )}
      {paper.rejected.value !== undefined && (
        <div class="banner banner-stopped" role="alert">
          <Icon name="alert" />
          <p>The server did not take an edit. {paper.rejected.value.text === '' ? '' : `It said: “${paper.rejected.value.text}”`}</p>
          <button class="button button-small" type="button" onClick={() => (paper.rejected.value = undefined)}>
            Dismiss
          </button>
        </div>
      )}
      <Toolbar paper={paper} onComment={() => paper.beginComment() && (side.value = 'comments')} />
      <div class="desk">
        <main class="paper-place" data-state={state.kind}>
          {state.kind === 'opening' && (
            <p class="paper-wait" role="status">
              Opening the document…
            </p>
          )}
          <div id="paper" class="paper" ref={place} />
        </main>
        {panel !== null && wide && (
          <aside class="side" aria-label={sideNames[side.value as keyof typeof sideNames]}>
            <button class="icon-button side-close" type="button" aria-label="Close the panel" onClick={closeAside}>
              <Icon name="close" />
            </button>
            {panel}
          </aside>
        )}
      </div>
      {!wide && (
        <Drawer label={side.value === 'none' ? 'Panel' : sideNames[side.value]} side="end" wide open={side.value !== 'none'} onClose={close}>
          <div class="side">{panel}</div>
        </Drawer>
      )}
      <Status paper={paper} />
    </>
  );
}

function focusPaper(paper: Paper) {
  return (event: Event) => {
    event.preventDefault();
    paper.focus();
  };
}
