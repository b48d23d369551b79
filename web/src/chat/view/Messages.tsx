import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../design/Icon';
import type { Chat } from '../chat';
import { type Block, layOut } from '../layout';
import type { Room } from '../room';
import { Times } from '../times';
import { Group } from './Group';

/** How near the end, in pixels, counts as being there. */
const endPixels = 48;
/** How near the beginning, in pixels, older messages are loaded. */
const beginPixels = 600;

const times = new Times();

/** The history of a room, kept at its end while the reader is there, kept in place while older ones come. */
export function Messages({ chat, room }: { chat: Chat; room: Room }) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const blocks = useComputed(() => blocksOf(chat, room)).value;
  useScrolling(room, list, blocks, atEnd);
  useAttention(room, atEnd);

  const toEnd = () => {
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
          {isEmpty && <Beginning />}
        </div>
      </div>
      {!atEnd.value && (
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
  const state = room.history.older.value;
  if (state === 'failed') {
    return (
      <p class="older">
        Older messages could not be loaded.{' '}
        <button class="button button-small" type="button" onClick={() => void room.history.loadOlder()}>
          Try again
        </button>
      </p>
    );
  }
  if (state === 'loading') return <p class="older">Loading older messages…</p>;
  if (!room.history.timeline.hasOlder) return null;
  return (
    <p class="older">
      <button class="button button-small" type="button" onClick={() => void room.history.loadOlder()}>
        Load older messages
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
  return layOut({
    archives: timeline.archives,
    entries: timeline.entries,
    outgoing: room.delivery.outbox.items,
    epoch: timeline.position?.epoch ?? '',
    me: chat.me,
    newAfter: room.reading.newAfter,
  });
}

type Ref<T> = { readonly current: T | null };

/** At the end: stays there. Else: what is in sight stays where it is, although older messages grow above it. */
function useScrolling(room: Room, list: Ref<HTMLDivElement>, blocks: readonly Block[], atEnd: { value: boolean }): void {
  const before = useRef({ height: 0, oldest: room.history.timeline.oldestOffset });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const { height, oldest } = before.current;
    const grewAbove = oldest !== undefined && (room.history.timeline.oldestOffset ?? oldest) < oldest;
    if (atEnd.value) element.scrollTop = element.scrollHeight;
    else if (grewAbove) element.scrollTop += element.scrollHeight - height;
    before.current = { height: element.scrollHeight, oldest: room.history.timeline.oldestOffset };
    loadIfNearBeginning(room, element);
  }, [blocks, room.history.older.value]);

  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const scrolled = () => {
      atEnd.value = element.scrollHeight - element.scrollTop - element.clientHeight <= endPixels;
      loadIfNearBeginning(room, element);
    };
    const resized = new ResizeObserver(() => {
      if (atEnd.value) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, [room]);
}

function loadIfNearBeginning(room: Room, element: HTMLElement): void {
  if (element.scrollTop < beginPixels && room.history.older.value === 'idle' && room.status.value.kind === 'joined') void room.history.loadOlder();
}

/** New messages count as read while their place is in sight of someone who looks. */
function useAttention(room: Room, atEnd: { readonly value: boolean }): void {
  const end = atEnd.value;
  useEffect(() => {
    const update = () => room.reading.attend(end && document.visibilityState === 'visible' && document.hasFocus());
    update();
    document.addEventListener('visibilitychange', update);
    addEventListener('focus', update);
    addEventListener('blur', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      removeEventListener('focus', update);
      removeEventListener('blur', update);
    };
  }, [room, end]);
}
