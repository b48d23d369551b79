import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Drawer } from '../../design/Drawer';
import { useMedia } from '../../design/useMedia';
import type { Session } from '../../session/session';
import type { Chat } from '../chat';
import { onChangedElsewhere } from '../../session/storage';
import { type JoinedRooms, joinedRoomsKey } from '../joinedRooms';
import { hashOf, roomOf } from '../route';
import { Announcer } from './Announcer';
import { Bell } from './Bell';
import { BroadcastBanners } from './BroadcastBanners';
import { ConnectionBanner } from '../../session/view/ConnectionBanner';
import { NotificationPanel } from './NotificationPanel';
import { People } from './People';
import { RoomView } from './RoomView';
import { Sidebar } from './Sidebar';

export interface WorkspaceProps {
  readonly chat: Chat;
  readonly session: Session;
  readonly rooms: JoinedRooms;
}

const firstRoom = 'general';

export function Workspace({ chat, session, rooms }: WorkspaceProps) {
  const drawer = useSignal<'none' | 'rooms' | 'people' | 'notifications'>('none');
  const wideRooms = useMedia('(min-width: 48rem)');
  const widePeople = useMedia('(min-width: 72rem)');
  const close = () => (drawer.value = 'none');
  useRoute(chat, close);
  useTitle(chat);
  useOtherTabs(chat);

  const signOut = () => {
    rooms.clear();
    history.replaceState(null, '', '#');
    session.signOut();
  };
  const active = chat.active.value;
  const notify = () => (drawer.value = 'notifications');
  const bellInSidebar = wideRooms ? notify : undefined;
  const bellInMain = wideRooms ? undefined : notify;
  const sidebar = <Sidebar chat={chat} session={session} onSignOut={signOut} onShown={close} onNotifications={bellInSidebar} />;
  return (
    <div class="workspace" data-connection={chat.state.value.kind}>
      <a class="skip-link" href="#composer" onClick={skipTo('composer')}>
        Skip to writing a message
      </a>
      <a class="skip-link" href="#messages" onClick={skipTo('messages')}>
        Skip to the messages
      </a>
      {wideRooms ? (
        <div class="sidebar">{sidebar}</div>
      ) : (
        <Drawer label="Rooms" side="start" open={drawer.value === 'rooms'} onClose={close}>
          <div class="sidebar">{sidebar}</div>
        </Drawer>
      )}
      <main class="conversation">
        <ConnectionBanner connection={chat.state} onConnect={() => chat.start()} />
        <BroadcastBanners chat={chat} />
        {active === undefined ? (
          <NoRoom chat={chat} onRooms={wideRooms ? undefined : () => (drawer.value = 'rooms')} onNotifications={bellInMain} />
        ) : (
          <RoomView
            key={active.id}
            chat={chat}
            room={active}
            onRooms={wideRooms ? undefined : () => (drawer.value = 'rooms')}
            onPeople={widePeople ? undefined : () => (drawer.value = 'people')}
            onNotifications={bellInMain}
          />
        )}
      </main>
      {active !== undefined &&
        (widePeople ? (
          <aside class="people" aria-label="People">
            <People chat={chat} room={active} />
          </aside>
        ) : (
          <Drawer label="People" side="end" open={drawer.value === 'people'} onClose={close}>
            <div class="people">
              <People chat={chat} room={active} />
            </div>
          </Drawer>
        ))}
      <Drawer label="Notifications" side="end" wide open={drawer.value === 'notifications'} onClose={close}>
        <NotificationPanel chat={chat} />
      </Drawer>
      <Announcer chat={chat} />
    </div>
  );
}

interface NoRoomProps {
  readonly chat: Chat;
  readonly onRooms: (() => void) | undefined;
  readonly onNotifications: (() => void) | undefined;
}

function NoRoom({ chat, onRooms, onNotifications }: NoRoomProps) {
  return (
    <div class="empty">
      <h1>No room open</h1>
      <p>Choose a room, or join one by its name. A room that nobody has joined yet begins with you.</p>
      {onRooms !== undefined && (
        <button class="button button-primary" type="button" onClick={onRooms}>
          Show rooms
        </button>
      )}
      {onNotifications !== undefined && <Bell chat={chat} onOpen={onNotifications} />}
    </div>
  );
}

/** The address names the room; without one, the first room joined is shown. */
function useRoute(chat: Chat, shown: () => void): void {
  useEffect(() => {
    const follow = () => {
      const roomId = roomOf(location.hash);
      const active = chat.active.value;
      // One that is no room's gives way to that of the room that is shown: the address is what people send each other.
      if (roomId === undefined && location.hash !== '' && active !== undefined) history.replaceState(null, '', hashOf(active.id));
      if (roomId === undefined || !chat.show(roomId)) return;
      shown();
    };
    if (roomOf(location.hash) === undefined) {
      history.replaceState(null, '', hashOf(chat.rooms.value[0]?.id ?? firstRoom));
    }
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [chat]);
}

function useTitle(chat: Chat): void {
  const title = useComputed(() => {
    const unread = chat.rooms.value.reduce((sum, room) => sum + room.reading.unread.value, 0);
    const name = chat.active.value?.id;
    return `${unread > 0 ? `(${unread}) ` : ''}${name === undefined ? '' : `${name} · `}Peal`;
  });
  useEffect(() => title.subscribe((text) => void (document.title = text)), [title]);
}

/** Tabs agree on the rooms. */
function useOtherTabs(chat: Chat): void {
  useEffect(() => onChangedElsewhere(joinedRoomsKey, () => chat.changedElsewhere()), [chat]);
}

/** A skip link moves the focus, and leaves the address, which names the room, alone. */
function skipTo(id: string) {
  return (event: Event) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
}
