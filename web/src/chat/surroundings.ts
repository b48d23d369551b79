import type { Client, Room as ClientRoom } from '@peal/client';
import type { Entry } from './entries';

/** What rooms need of the client and of the visitor. */
export interface Surroundings {
  readonly request: Client['request'];
  /** The client's side of a room, which is joined from then on. */
  room(roomId: string): ClientRoom;
  me(): string;
  freshId(): string;
  learnName(userId: string, userName: string | undefined): void;
  /** An entry of someone else arrived in a room. */
  arrived(roomId: string, entry: Entry): void;
  /** How far a room was read is to be remembered. */
  readChanged(): void;
}

/** One room's share of them. `touch` says that something to be shown has changed. */
export interface RoomSurroundings extends Surroundings {
  readonly roomId: string;
  touch(): void;
}
