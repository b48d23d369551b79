import { Icon } from '../../design/Icon';
import type { Chat } from '../chat';
import { notificationLine } from '../notificationText';
import { NotificationBody } from './NotificationPanel';

/** What the server tells everybody, until it is dismissed. The announcer says it aloud. */
export function BroadcastBanners({ chat }: { chat: Chat }) {
  const { broadcasts } = chat.notifications;
  if (broadcasts.items.value.length === 0) return null;
  return (
    <section aria-label="Announcements">
      {broadcasts.items.value.map((broadcast) => (
        <div key={broadcast.key} class="banner banner-broadcast" data-testid="broadcast">
          <Icon name="bell" />
          <div class="banner-text">
            <NotificationBody data={broadcast.data} />
          </div>
          <button
            class="icon-button"
            type="button"
            aria-label={`Dismiss: ${notificationLine(broadcast.data)}`}
            title="Dismiss"
            onClick={() => broadcasts.dismiss(broadcast)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </section>
  );
}
