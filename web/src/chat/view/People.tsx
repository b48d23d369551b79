import type { Chat } from '../chat';
import type { Room } from '../room';
import { Avatar } from '../../design/Avatar';

/** Who is in the room now. */
export function People({ chat, room }: { chat: Chat; room: Room }) {
  void room.revision.value;
  void chat.names.value;
  const people = room.company.roster.members
    .map(({ userId, userName }) => ({ userId, name: userName ?? chat.nameOf(userId), own: userId === chat.me }))
    .sort((a, b) => Number(b.own) - Number(a.own) || a.name.localeCompare(b.name));
  const more = room.company.roster.total - people.length;
  return (
    <section class="people-list" aria-labelledby="people-title">
      <h2 id="people-title" class="panel-title">
        Here now <span class="count">{room.company.roster.total}</span>
      </h2>
      <ul>
        {people.map(({ userId, name, own }) => (
          <li key={userId} data-user={userId}>
            <Avatar userId={userId} name={name} small />
            <span class="person-name" title={name}>
              {name}
            </span>
            {own && <span class="tag">you</span>}
          </li>
        ))}
      </ul>
      {more > 0 && <p class="hint">and {more} more</p>}
    </section>
  );
}
