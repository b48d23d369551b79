import { vi } from 'vitest';
import { NoReply, Refusal } from '../../src/connection/requests';
import type { RoomSurroundings } from '../../src/chat/surroundings';
import type { Frame } from '../../src/wire/frames';

interface Asked {
  readonly type: string;
  readonly data: Frame['data'];
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: Error) => void;
}

/** The server behind the requests of one room or of the notifications: answers each by hand, in any order. */
export class FakeServer {
  readonly asked: Asked[] = [];
  readonly names = new Map<string, string | undefined>();

  readonly surroundings: RoomSurroundings = {
    roomId: 'k',
    live: () => true,
    send: () => true,
    request: (type, data) => new Promise((resolve, reject) => this.asked.push({ type, data, resolve, reject })),
    me: () => 'ann',
    freshId: () => 'id',
    learnName: (userId, userName) => void this.names.set(userId, userName),
    arrived: () => undefined,
    readChanged: () => undefined,
    touch: vi.fn(),
  };

  get newest(): Asked {
    const newest = this.asked.at(-1);
    if (newest === undefined) throw new Error('nothing was asked');
    return newest;
  }

  /** Answers the newest request, or another one. */
  answer(type: string, data: Frame['data'], asked: Asked = this.newest): void {
    asked.resolve({ type, data });
  }

  refuse(data: Frame['data'], asked: Asked = this.newest): void {
    asked.reject(new Refusal({ type: 'error', data }));
  }

  vanish(asked: Asked = this.newest): void {
    asked.reject(new NoReply());
  }
}
