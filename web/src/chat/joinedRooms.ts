import { fits, type Position } from '@peal/client';
import type { Store } from '../session/credentials';

export interface JoinedRoom {
  readonly id: string;
  readonly read: Position | undefined;
}

export const roomsMax = 100;
export const joinedRoomsKey = 'peal.rooms';

/** The rooms joined and how far each was read, kept across reloads. */
export class JoinedRooms {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  read(): readonly JoinedRoom[] {
    try {
      const value: unknown = JSON.parse(this.#store.getItem(joinedRoomsKey) ?? '[]');
      return Array.isArray(value) ? value.flatMap(readRoom).slice(0, roomsMax) : [];
    } catch {
      return [];
    }
  }

  write(rooms: readonly JoinedRoom[]): void {
    try {
      this.#store.setItem(joinedRoomsKey, JSON.stringify(rooms));
    } catch {
      // Storage is full or blocked: the list lasts as long as the page.
    }
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
