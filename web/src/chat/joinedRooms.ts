import { fits, type Position } from '@peal/client';
import { type Store, StoredValue } from '../session/storage';

export interface JoinedRoom {
  readonly id: string;
  readonly read: Position | undefined;
}

export const roomsMax = 100;
export const joinedRoomsKey = 'peal.rooms';

/** The rooms joined and how far each was read, kept across reloads. */
export class JoinedRooms {
  readonly #kept: StoredValue;

  constructor(store: Store) {
    this.#kept = new StoredValue(store, joinedRoomsKey);
  }

  read(): readonly JoinedRoom[] {
    const value = this.#kept.read();
    return Array.isArray(value) ? value.flatMap(readRoom).slice(0, roomsMax) : [];
  }

  write(rooms: readonly JoinedRoom[]): void {
    this.#kept.write(rooms);
  }

  clear(): void {
    this.write([]);
  }
}

function readRoom(value: unknown): JoinedRoom[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, read } = value as Record<string, unknown>;
  return typeof id === 'string' && fits('roomId', id) ? [{ id, read: readPosition(read) }] : [];
}

function readPosition(value: unknown): Position | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { epoch, offset } = value as Record<string, unknown>;
  return typeof epoch === 'string' && typeof offset === 'number' ? { epoch, offset } : undefined;
}
