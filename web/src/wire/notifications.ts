import { type Frame, frameOf, listOf, numberOf } from './frames';

/** A stored notification. `offset` counts in the user's own log; what is in `data` is the sending program's. */
export interface UserNotification {
  readonly offset: number;
  readonly data: Frame['data'];
}

/** `read`: up to where the user has read. `next`: the `before` of the next older page, if there is one. */
export interface NotificationPage {
  readonly entries: readonly UserNotification[];
  readonly read: number;
  readonly next: number | undefined;
}

/** Undefined for a broadcast, which is not stored and has no offset, and for other frames. */
export function readNotification({ type, offset, data }: Frame): UserNotification | undefined {
  return type === 'notification' && offset !== undefined ? { offset, data } : undefined;
}

export function readNotifications({ data }: Frame): NotificationPage {
  const entries = listOf(data, 'entries')
    .flatMap(frameOf)
    .flatMap((frame) => readNotification(frame) ?? []);
  return { entries, read: numberOf(data, 'read') ?? 0, next: numberOf(data, 'next') };
}
