import { useSignal } from '@preact/signals';
import { Icon, Mark } from '../../design/Icon';
import { ThemeButton } from '../../design/ThemeButton';
import type { Session } from '../../session/session';
import { fits } from '@peal/client';
import type { Chat } from '../chat';
import { roomsMax } from '../joinedRooms';
import type { Room } from '../room';
import { hashOf } from '../route';
import { Avatar } from '../../design/Avatar';
import { Bell } from './Bell';

interface SidebarProps {
  readonly chat: Chat;
  readonly session: Session;
  readonly onSignOut: () => void;
  readonly onShown: () => void;
  /** Set where the bell is here and not in the room's head. */
  readonly onNotifications: (() => void) | undefined;
}

export function Sidebar({ chat, session, onSignOut, onShown, onNotifications }: SidebarProps) {
  const credentials = session.credentials.value;
  const name = credentials?.userName ?? '';
  return (
    <>
      <header class="sidebar-head">
        <div class="brand">
          <Mark />
          <span class="brand-name">Peal</span>
          <a class="brand-link" href="/docs">
            Docs
          </a>
          <a class="brand-link" href="/market">
            Market
          </a>
        </div>
        {onNotifications !== undefined && <Bell chat={chat} onOpen={onNotifications} />}
      </header>
      <nav class="rooms" aria-label="Rooms">
        <h2 class="panel-title">Rooms</h2>
        <ul>
          {chat.rooms.value.map((room) => (
            <RoomLink key={room.id} room={room} active={room === chat.active.value} onShown={onShown} />
          ))}
        </ul>
        <JoinForm chat={chat} />
      </nav>
      <footer class="sidebar-foot">
        <Avatar userId={credentials?.userId ?? ''} name={name} small />
        <div class="self">
          <span class="person-name">{name}</span>
          <ConnectionState chat={chat} />
        </div>
        <ThemeButton />
        <button class="icon-button" type="button" aria-label="Sign out" title="Sign out" onClick={onSignOut}>
          <Icon name="leave" />
        </button>
      </footer>
    </>
  );
}

function RoomLink({ room, active, onShown }: { room: Room; active: boolean; onShown: () => void }) {
  const unread = room.reading.unread.value;
  const refused = room.status.value.kind === 'refused';
  return (
    <li>
      <a
        class={`room-link${unread > 0 ? ' room-unread' : ''}`}
        href={hashOf(room.id)}
        aria-current={active ? 'page' : undefined}
        onClick={active ? onShown : undefined}
      >
        <span class="room-name">{room.id}</span>
        {refused && <span class="tag">closed</span>}
        {unread > 0 && (
          <span class="badge">
            {unread > 99 ? '99+' : unread}
            <span class="visually-hidden"> unread</span>
          </span>
        )}
      </a>
    </li>
  );
}

function JoinForm({ chat }: { chat: Chat }) {
  const name = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const submit = (event: Event) => {
    event.preventDefault();
    const roomId = name.value.trim();
    if (!fits('roomId', roomId)) problem.value = 'Letters, digits, - and _ only, at most 128.';
    else if (!chat.show(roomId)) problem.value = `You are in ${roomsMax} rooms. Leave one first.`;
    else {
      name.value = '';
      location.hash = hashOf(roomId);
    }
  };
  return (
    <form class="join" onSubmit={submit} noValidate>
      <label class="visually-hidden" for="join-room">
        Join a room by its name
      </label>
      <input
        id="join-room"
        type="text"
        placeholder="Join a room"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={128}
        value={name.value}
        aria-invalid={problem.value !== undefined}
        aria-describedby="join-problem"
        onInput={(event) => {
          name.value = event.currentTarget.value;
          problem.value = undefined;
        }}
      />
      <button class="icon-button" type="submit" aria-label="Join the room" title="Join the room">
        <Icon name="plus" />
      </button>
      <p id="join-problem" class="problem" role="alert">
        {problem.value}
      </p>
    </form>
  );
}

const stateNames = {
  idle: 'Not connected',
  connecting: 'Connecting',
  live: 'Live',
  waiting: 'Reconnecting',
  stopped: 'Disconnected',
} as const;

function ConnectionState({ chat }: { chat: Chat }) {
  const { kind } = chat.state.value;
  return <span class={`state state-${kind}`}>{stateNames[kind]}</span>;
}
