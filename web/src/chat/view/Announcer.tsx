import { type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Entry } from '../entries';
import type { Chat } from '../chat';
import { notificationLine } from '../notificationText';

const gatherMillis = 800;
const readOutMax = 3;

interface Arrival {
  readonly roomId: string;
  readonly entry: Entry;
}

/**
 * What a screen reader says by itself: new messages of others and notifications, gathered so that a busy room is not a
 * stream of interruptions, who comes and goes, and the state of the connection.
 */
export function Announcer({ chat }: { chat: Chat }) {
  const messages = useGathered<Arrival>(
    (arrivals) => arrivalsText(chat, arrivals),
    (hear) => {
      chat.onArrival = (roomId, entry) => hear({ roomId, entry });
    },
  );
  const notifications = useGathered<string>(notificationsText, (hear) => {
    chat.notifications.onArrival = ({ data }) => hear(notificationLine(data));
  });
  const notice = useComputed(() => {
    const now = chat.active.value?.company.notice.value;
    return now === undefined ? '' : `${chat.nameOf(now.userId)} ${now.joined ? 'joined' : 'left'} the room.`;
  });
  const connection = useComputed(() => connectionText(chat.state.value.kind));
  return (
    <div class="visually-hidden">
      <p role="log" aria-label="New messages" aria-atomic="true">
        {messages.value}
      </p>
      <p role="status" aria-label="New notifications">
        {notifications.value}
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

/** The text of all that was heard within {@link gatherMillis}. `listen` is called once, and at the end with a deaf ear. */
function useGathered<T>(textOf: (heard: readonly T[]) => string, listen: (hear: (one: T) => void) => void): Signal<string> {
  const spoken = useSignal('');
  useEffect(() => {
    let heard: T[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      spoken.value = textOf(heard);
      heard = [];
      timer = undefined;
    };
    listen((one) => {
      heard.push(one);
      timer ??= setTimeout(speak, gatherMillis);
    });
    return () => {
      clearTimeout(timer);
      listen(() => {});
    };
  }, []);
  return spoken;
}

function arrivalsText(chat: Chat, arrivals: readonly Arrival[]): string {
  const here = arrivals.filter(({ roomId }) => roomId === chat.active.value?.id);
  const elsewhere = arrivals.length - here.length;
  const texts = here.length > readOutMax ? [`${here.length} new messages.`] : here.map(({ entry }) => `${chat.nameOf(entry.userId)}: ${entry.text}`);
  if (elsewhere > 0) texts.push(elsewhere === 1 ? '1 new message in another room.' : `${elsewhere} new messages in other rooms.`);
  return texts.join(' ');
}

function notificationsText(lines: readonly string[]): string {
  return lines.length === 1 ? `New notification: ${lines[0]}` : `${lines.length} new notifications.`;
}

function connectionText(kind: string): string {
  if (kind === 'live') return 'Connected.';
  return kind === 'waiting' || kind === 'stopped' ? 'Connection lost.' : '';
}
