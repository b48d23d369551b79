import { hueOf, initialsOf } from './people';

/** Decoration beside a name, which says the same. */
export function Avatar({ userId, name, small = false }: { userId: string; name: string; small?: boolean }) {
  return (
    <span class={`avatar hue-${hueOf(userId)}${small ? ' avatar-small' : ''}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
