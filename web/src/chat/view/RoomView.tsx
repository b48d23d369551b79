import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../design/Icon';
import type { Chat } from '../chat';
import { typingText } from '../people';
import type { Room } from '../room';
import { hashOf } from '../route';
import { Composer } from './Composer';
import { Messages } from './Messages';

interface RoomViewProps {
  readonly chat: Chat;
  readonly room: Room;
  /** Set where the rooms are not in sight. */
  readonly onRooms: (() => void) | undefined;
  /** Set where the people are not in sight. */
  readonly onPeople: (() => void) | undefined;
}

export function RoomView({ chat, room, onRooms, onPeople }: RoomViewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
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
    </section>
  );
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
