import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Entry } from '../../wire/frames';
import type { Chat } from '../chat';

const gatherMillis = 800;
const readOutMax = 3;

interface Arrival {
  readonly roomId: string;
  readonly entry: Entry;
}

/**
 * What a screen reader says by itself: new messages of others, gathered so that a busy room is not a stream
 * of interruptions, who comes and goes, and the state of the connection.
 */
export function Announcer({ chat }: { chat: Chat }) {
  const spoken = useSignal('');
  useEffect(() => {
    let gathered: Arrival[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      spoken.value = arrivalsText(chat, gathered);
      gathered = [];
      timer = undefined;
    };
    chat.onArrival = (roomId, entry) => {
      gathered.push({ roomId, entry });
      timer ??= setTimeout(speak, gatherMillis);
    };
    return () => {
      clearTimeout(timer);
      chat.onArrival = () => {};
    };
  }, [chat]);
  const notice = useComputed(() => {
    const now = chat.active.value?.company.notice.value;
    return now === undefined ? '' : `${chat.nameOf(now.userId)} ${now.joined ? 'joined' : 'left'} the room.`;
  });
  const connection = useComputed(() => connectionText(chat.state.value.kind));
  return (
    <div class="visually-hidden">
      <p role="log" aria-label="New messages" aria-atomic="true">
        {spoken.value}
      </p>
      <p role="status" aria-label="Comings and goings">
        {notice.value}
      </p>
      <p role="status" aria-label="Connection">
        {connection.value}
      </p>
    </div>
  );
}

function arrivalsText(chat: Chat, arrivals: readonly Arrival[]): string {
  const here = arrivals.filter(({ roomId }) => roomId === chat.active.value?.id);
  const elsewhere = arrivals.length - here.length;
  const texts = here.length > readOutMax ? [`${here.length} new messages.`] : here.map(({ entry }) => `${chat.nameOf(entry.userId)}: ${entry.text}`);
  if (elsewhere > 0) texts.push(elsewhere === 1 ? '1 new message in another room.' : `${elsewhere} new messages in other rooms.`);
  return texts.join(' ');
}

function connectionText(kind: string): string {
  if (kind === 'live') return 'Connected.';
  return kind === 'waiting' || kind === 'stopped' ? 'Connection lost.' : '';
}
