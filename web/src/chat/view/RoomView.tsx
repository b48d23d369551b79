import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Drawer } from '../../design/Drawer';
import { Icon } from '../../design/Icon';
import type { Chat } from '../chat';
import { typingText } from '../people';
import type { Room } from '../room';
import { hashOf } from '../route';
import { Bell } from './Bell';
import { Composer } from './Composer';
import { Messages } from './Messages';
import { SearchPanel } from './SearchPanel';

interface RoomViewProps {
  readonly chat: Chat;
  readonly room: Room;
  /** Set where the rooms are not in sight. */
  readonly onRooms: (() => void) | undefined;
  /** Set where the people are not in sight. */
  readonly onPeople: (() => void) | undefined;
  /** Set where the bell is here. */
  readonly onNotifications: (() => void) | undefined;
}

export function RoomView({ chat, room, onRooms, onPeople, onNotifications }: RoomViewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const searching = useSignal(false);
  const found = () => {
    searching.value = false;
    requestAnimationFrame(focusFound);
  };
  useEffect(() => {
    const canHover = matchMedia('(hover: hover)').matches;
    const composer = document.getElementById('composer');
    (canHover && composer !== null ? composer : heading.current)?.focus();
  }, []);
  const status = room.status.value;
  return (
    <section class="room" aria-label={`Room ${room.id}`}>
      <header class="room-head">
        {onRooms !== undefined && <RoomsButton chat={chat} onRooms={onRooms} />}
        <h1 ref={heading} class="room-title" tabIndex={-1}>
          {room.id}
        </h1>
        <SearchButton room={room} onSearch={() => (searching.value = true)} />
        {onNotifications !== undefined && <Bell chat={chat} onOpen={onNotifications} />}
        {onPeople !== undefined && <PeopleButton room={room} onPeople={onPeople} />}
        <LeaveButton chat={chat} room={room} />
      </header>
      {status.kind === 'refused' ? (
        <div class="empty">
          <h2>This room is closed to you</h2>
          <p>The server answered: {status.reason}.</p>
        </div>
      ) : (
        <>
          <Messages chat={chat} room={room} />
          <Activity chat={chat} room={room} />
          <Composer room={room} />
        </>
      )}
      <Drawer label="Search" side="end" wide open={searching.value} onClose={() => (searching.value = false)}>
        <SearchPanel chat={chat} room={room} onFound={found} />
      </Drawer>
    </section>
  );
}

function SearchButton({ room, onSearch }: { room: Room; onSearch: () => void }) {
  const label = `Search in ${room.id}`;
  return (
    <button class="icon-button" type="button" aria-label={label} title={label} aria-haspopup="dialog" onClick={onSearch}>
      <Icon name="search" />
    </button>
  );
}

/** After the dialog is closed, which gives the focus back to its button. */
function focusFound(): void {
  document.querySelector<HTMLElement>('#messages .line-found')?.focus({ preventScroll: true });
}

function RoomsButton({ chat, onRooms }: { chat: Chat; onRooms: () => void }) {
  const unread = chat.rooms.value.reduce((sum, room) => sum + room.reading.unread.value, 0);
  return (
    <button class="icon-button" type="button" aria-label={unread > 0 ? `Rooms, ${unread} unread` : 'Rooms'} onClick={onRooms}>
      <Icon name="menu" />
      {unread > 0 && <span class="dot" />}
    </button>
  );
}

function PeopleButton({ room, onPeople }: { room: Room; onPeople: () => void }) {
  void room.revision.value;
  const { total } = room.company.roster;
  return (
    <button class="icon-button with-count" type="button" aria-label={`People, ${total} here now`} onClick={onPeople}>
      <Icon name="people" />
      <span>{total}</span>
    </button>
  );
}

function LeaveButton({ chat, room }: { chat: Chat; room: Room }) {
  const leave = () => {
    chat.leave(room);
    const next = chat.rooms.value[0];
    location.hash = next === undefined ? '#' : hashOf(next.id);
  };
  return (
    <button class="icon-button leave" type="button" aria-label={`Leave ${room.id}`} onClick={leave}>
      Leave
    </button>
  );
}

/** Who is typing; else who came or went a moment ago. */
function Activity({ chat, room }: { chat: Chat; room: Room }) {
  const text = useComputed(() => {
    void room.revision.value;
    void chat.names.value;
    const typing = typingText(room.company.typists.userIds.map((userId) => chat.nameOf(userId)));
    const notice = room.company.notice.value;
    if (typing !== '' || notice === undefined) return typing;
    return `${chat.nameOf(notice.userId)} ${notice.joined ? 'joined' : 'left'}`;
  });
  return (
    <p class="activity" data-testid="activity">
      {text.value}
    </p>
  );
}
