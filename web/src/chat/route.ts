import { fits } from '@peal/client';

const prefix = '#/room/';

/** The room in a deep link such as `/#/room/general`; undefined if there is none, or its name is not one. */
export function roomOf(hash: string): string | undefined {
  if (!hash.startsWith(prefix)) return undefined;
  const id = hash.slice(prefix.length);
  return fits('roomId', id) ? id : undefined;
}

export function hashOf(roomId: string): string {
  return prefix + roomId;
}
