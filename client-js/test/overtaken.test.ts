import { expect, test } from 'vitest';
import type { Ambient } from '../src/ambient.js';
import type { StoredPush } from '../src/messages.js';
import { Room, type RoomOwner } from '../src/room.js';

const entry = (offset: number, userId: string) => ({ type: 'message', offset, data: { roomId: 'k', message: `${offset}`, userId } });

test('an acknowledgement that overtakes entries on another connection takes none of them away', async () => {
  const replies: Record<string, object> = {
    join_room: { roomId: 'k', epoch: 'E', offset: 5, durability: 'disk' },
    message: { roomId: 'k', epoch: 'E', offset: 7 },
  };
  const owner: RoomOwner = {
    ambient: { clearTimeout: () => {} } as unknown as Ambient,
    request: async (type) => replies[type] as never,
    send: () => true,
    outboxRead: true,
    keep: () => undefined,
    forget: () => {},
    freshId: () => 'id',
    left: () => {},
  };
  const room = new Room('k', owner);
  const heard: number[] = [];
  room.on('entry', ({ offset }: StoredPush) => heard.push(offset));
  room.connected();
  expect(await room.publish('mine')).toMatchObject({ offset: 7 });
  expect(room.position).toEqual({ epoch: 'E', offset: 5 });
  room.received(entry(6, 'bo'));
  room.received(entry(7, 'ann'));
  expect(heard).toEqual([6, 7]);
});
