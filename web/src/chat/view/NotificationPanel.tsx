import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat';
import type { Data } from '../entries';
import type { Notifications } from '../notifications';
import { notificationText } from '../notificationText';
import { LinkedText } from './LinkedText';

/** What was told to the visitor, newest first. While it is open and in sight, what is in it counts as read. */
export function NotificationPanel({ chat }: { chat: Chat }) {
  const { notifications } = chat;
  const [readBefore] = useState(() => notifications.read.value);
  useAttention(notifications);
  const items = notifications.items.value;
  return (
    <section class="panel" aria-labelledby="notifications-title">
      <h2 id="notifications-title" class="panel-title panel-head">
        Notifications
      </h2>
      {items.length === 0 && !notifications.hasOlder && <p class="panel-empty">Nothing yet. What the server tells you stands here, and waits while you are away.</p>}
      <ol class="cards">
        {items.map(({ offset, data }) => (
          <li key={offset} class={`card${offset > readBefore ? ' card-new' : ''}`} data-testid="notification">
            {offset > readBefore && <span class="tag">new</span>}
            <NotificationBody data={data} />
          </li>
        ))}
      </ol>
      <Older notifications={notifications} />
    </section>
  );
}

/** The usual fields of a notification; also those of a broadcast. */
export function NotificationBody({ data }: { data: Data }) {
  const { title, body, href } = notificationText(data);
  return (
    <>
      {title !== undefined && <p class="card-title">{title}</p>}
      {body !== undefined && (
        <p class="card-text">
          <LinkedText text={body} />
        </p>
      )}
      {href !== undefined && (
        <p class="card-link">
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {href}
          </a>
        </p>
      )}
    </>
  );
}

function Older({ notifications }: { notifications: Notifications }) {
  const state = notifications.older.value;
  if (!notifications.hasOlder) return null;
  return (
    <div class="panel-more">
      <p role="status">{state === 'failed' && 'Older ones could not be loaded.'}</p>
      <button class="button button-small" type="button" aria-disabled={state === 'loading'} onClick={() => void notifications.loadOlder()}>
        {state === 'loading' ? 'Loading…' : state === 'failed' ? 'Try again' : 'Show older'}
      </button>
    </div>
  );
}

function useAttention(notifications: Notifications): void {
  useEffect(() => {
    const update = () => notifications.attend(document.visibilityState === 'visible');
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      notifications.attend(false);
    };
  }, [notifications]);
}
