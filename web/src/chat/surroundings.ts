import type { Entry, Frame } from '../wire/frames';

/** What rooms need of the connection and of the visitor. */
export interface Surroundings {
  live(): boolean;
  send(type: string, data: Frame['data']): boolean;
  request(type: string, data: Frame['data'], extra?: Readonly<Record<string, unknown>>): Promise<Frame>;
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
