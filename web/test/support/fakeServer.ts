import { type Client, NoReply, Refusal } from '@peal/client';
import { vi } from 'vitest';
import type { Data } from '../../src/chat/entries';
import type { RoomSurroundings } from '../../src/chat/surroundings';

interface Asked {
  readonly type: string;
  readonly data: Data;
  readonly resolve: (reply: never) => void;
  readonly reject: (error: Error) => void;
}

/** The server behind the requests of one room or of the notifications: answers each by hand, in any order. */
export class FakeServer {
  readonly asked: Asked[] = [];
  readonly names = new Map<string, string | undefined>();

  readonly surroundings: RoomSurroundings = {
    roomId: 'k',
    request: ((type: string, data: Data) =>
      new Promise((resolve, reject) => this.asked.push({ type, data, resolve, reject }))) as Client['request'],
    room: () => {
      throw new Error('no client');
    },
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
  answer(data: object, asked: Asked = this.newest): void {
    asked.resolve(data as never);
  }

  refuse(data: object, asked: Asked = this.newest): void {
    asked.reject(new Refusal(data));
  }

  vanish(asked: Asked = this.newest): void {
    asked.reject(new NoReply('gone'));
  }
}
