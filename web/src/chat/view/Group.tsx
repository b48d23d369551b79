import { Component } from 'preact';
import { Icon } from '../../design/Icon';
import type { Chat } from '../chat';
import type { Line } from '../layout';
import type { Outgoing } from '../delivery';
import type { Room } from '../room';
import type { Times } from '../../design/times';
import { Avatar } from '../../design/Avatar';
import { LinkedText } from './LinkedText';

interface GroupProps {
  readonly chat: Chat;
  readonly room: Room;
  readonly userId: string;
  readonly at: number;
  readonly lines: readonly Line[];
  readonly times: Times;
}

/** Messages of one person that belong together. Drawn anew only when one of them changed. */
export class Group extends Component<GroupProps> {
  override shouldComponentUpdate(next: GroupProps): boolean {
    const { room, lines } = this.props;
    return room !== next.room || lines.length !== next.lines.length || !lines.every((line, index) => same(line, next.lines[index]));
  }

  override render(props: GroupProps) {
    return <GroupView {...props} />;
  }
}

function same(line: Line, other: Line | undefined): boolean {
  if (other === undefined || line.found !== other.found) return false;
  return line.key === other.key && line.text === other.text && line.outgoing === other.outgoing;
}

function GroupView({ chat, room, userId, at, lines, times }: GroupProps) {
  void chat.names.value;
  const name = chat.nameOf(userId);
  const own = userId === chat.me;
  return (
    <article class={`group${own ? ' group-own' : ''}`} aria-label={`${name}, ${times.time(at)}`}>
      <Avatar userId={userId} name={name} />
      <header class="group-head">
        <span class="author">{name}</span>
        <time dateTime={new Date(at).toISOString()} title={times.full(at)}>
          {times.time(at)}
        </time>
      </header>
      <div class="lines">
        {lines.map((line) => (
          <LineView key={line.key} room={room} line={line} own={own} times={times} />
        ))}
      </div>
    </article>
  );
}

function LineView({ room, line, own, times }: { room: Room; line: Line; own: boolean; times: Times }) {
  const { outgoing, found } = line;
  const state = outgoing === undefined ? '' : ` line-${outgoing.state}`;
  return (
    <div class={`line${state}${found ? ' line-found' : ''}`} title={times.full(line.at)} data-testid="message" data-key={line.key} {...(found ? { tabIndex: -1 } : {})}>
      <p class="text">
        <LinkedText text={line.text} />
      </p>
      {own && <Delivery room={room} outgoing={outgoing} times={times} />}
    </div>
  );
}

function Delivery({ room, outgoing, times }: { room: Room; outgoing: Outgoing | undefined; times: Times }) {
  if (outgoing === undefined) {
    return (
      <span class="delivery" title="Sent">
        <Icon name="check" />
        <span class="visually-hidden">Sent</span>
      </span>
    );
  }
  if (outgoing.state === 'failed') return <Failed room={room} outgoing={outgoing} />;
  const held = outgoing.state === 'held' && outgoing.heldUntil !== undefined;
  return (
    <span class="delivery delivery-pending">
      <Icon name="clock" />
      {held ? `Too fast for the server. Goes out at ${times.clock(outgoing.heldUntil ?? 0)}` : 'Sending…'}
    </span>
  );
}

function Failed({ room, outgoing }: { room: Room; outgoing: Outgoing }) {
  return (
    <span class="delivery delivery-failed" role="group" aria-label="This message was not sent">
      <Icon name="alert" />
      Not sent: {outgoing.reason}
      <button class="button button-small" type="button" onClick={() => room.delivery.again(outgoing.messageId)}>
        Try again
      </button>
      <button class="button button-small" type="button" onClick={() => room.delivery.discard(outgoing.messageId)}>
        Discard
      </button>
    </span>
  );
}
