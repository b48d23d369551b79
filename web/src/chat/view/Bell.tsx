import { Icon } from '../../design/Icon';
import type { Chat } from '../chat';

const shownMax = 99;

/** Opens the notifications, and says how many of them are new. */
export function Bell({ chat, onOpen }: { chat: Chat; onOpen: () => void }) {
  const unread = chat.notifications.unread.value;
  const label = unread > 0 ? `Notifications, ${unread} unread` : 'Notifications';
  return (
    <button class="icon-button" type="button" aria-label={label} title={label} aria-haspopup="dialog" onClick={onOpen}>
      <Icon name="bell" />
      {unread > 0 && <span class="badge bell-count">{unread > shownMax ? `${shownMax}+` : unread}</span>}
    </button>
  );
}
