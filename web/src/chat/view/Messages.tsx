import { useComputed, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../../design/Icon';
import type { Chat } from '../chat';
import type { Loading } from '../history';
import { type Block, layOut } from '../layout';
import type { Room } from '../room';
import { Times } from '../../design/times';
import { Group } from './Group';
import { useAttention, useScrolling } from './scrolling';

const times = new Times();

/** The history of a room, kept at its end while the reader is there, kept in place while older ones come. */
export function Messages({ chat, room }: { chat: Chat; room: Room }) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const blocks = useComputed(() => blocksOf(chat, room)).value;
  useScrolling(room, list, blocks, atEnd);
  useAttention(room, atEnd);

  const passage = room.lookback.passage.value;
  const toEnd = () => {
    room.lookback.toEnd();
    atEnd.value = true;
    const element = list.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    element.focus();
  };
  const loaded = room.status.value.kind === 'joined' || room.history.timeline.entries.length > 0;
  const isEmpty = loaded && room.history.older.value !== 'loading' && !blocks.some(({ kind }) => kind === 'group');
  return (
    <div class="messages-place">
      <div ref={list} id="messages" class="messages" tabIndex={0} role="region" aria-label={`Messages in ${room.id}`}>
        <div class="messages-column">
          {blocks.map((block) => (
            <BlockView key={block.key} chat={chat} room={room} block={block} />
          ))}
          {passage?.hasNewer === true && <More what="Newer" state={passage.newer.value} onMore={() => void room.lookback.loadNewer()} />}
          {isEmpty && <Beginning />}
        </div>
      </div>
      {(!atEnd.value || passage !== undefined) && (
        <button class="to-end" type="button" onClick={toEnd}>
          <Icon name="down" />
          {room.reading.unread.value > 0 ? `${room.reading.unread.value} new` : 'To the newest'}
        </button>
      )}
    </div>
  );
}

function BlockView({ chat, room, block }: { chat: Chat; room: Room; block: Block }) {
  switch (block.kind) {
    case 'day':
      return (
        <h2 class="day">
          <span>{times.day(block.at, Date.now())}</span>
        </h2>
      );
    case 'gap':
      return (
        <p class="gap">
          <Icon name="alert" />
          Some history could not be recovered.
        </p>
      );
    case 'new':
      return (
        <p class="new-mark">
          <span>New</span>
        </p>
      );
    case 'older':
      return <Older room={room} />;
    case 'group':
      return <Group chat={chat} room={room} userId={block.userId} at={block.at} lines={block.lines} times={times} />;
  }
}

function Older({ room }: { room: Room }) {
  const source = room.lookback.passage.value ?? room.history;
  const state = source.older.value;
  const load = source === room.history ? () => room.history.loadOlder() : () => room.lookback.loadOlder();
  return state === 'idle' && !source.hasOlder ? null : <More what="Older" state={state} onMore={() => void load()} />;
}

function More({ what, state, onMore }: { what: 'Older' | 'Newer'; state: Loading; onMore: () => void }) {
  if (state === 'loading') return <p class="older">Loading {what.toLowerCase()} messages…</p>;
  return (
    <p class="older">
      {state === 'failed' && `${what} messages could not be loaded. `}
      <button class="button button-small" type="button" onClick={onMore}>
        {state === 'failed' ? 'Try again' : `Load ${what.toLowerCase()} messages`}
      </button>
    </p>
  );
}

function Beginning() {
  return (
    <div class="beginning">
      <h2>Nothing said yet</h2>
      <p>Write the first message, or send someone this page’s address.</p>
    </div>
  );
}

function blocksOf(chat: Chat, room: Room): readonly Block[] {
  void room.revision.value;
  const { timeline } = room.history;
  const { place, passage } = room.lookback;
  const shown = { epoch: timeline.position?.epoch ?? '', me: chat.me, found: place.value?.offset };
  if (passage.value !== undefined) {
    return layOut({ ...shown, archives: [], entries: passage.value.entries, outgoing: [], newAfter: undefined });
  }
  return layOut({
    ...shown,
    archives: timeline.archives,
    entries: timeline.entries,
    outgoing: room.delivery.items,
    newAfter: room.reading.newAfter,
  });
}
