import { type Data, textOf } from './entries';
import { safeHref } from './links';

/** What is shown of a notification; at least one of them is there. */
export interface NotificationText {
  readonly title: string | undefined;
  readonly body: string | undefined;
  readonly href: string | undefined;
}

/** Longer ones are cut, in UTF-16 units. */
const shownMax = 1_000;

/** The usual fields of a free-form notification, as text; where there are none, the whole as JSON. Never markup. */
export function notificationText(data: Data): NotificationText {
  const title = filled(data, 'title');
  const body = filled(data, 'body') ?? filled(data, 'message') ?? filled(data, 'text');
  const url = filled(data, 'url');
  const href = url === undefined ? undefined : safeHref(url);
  const known = title !== undefined || body !== undefined || href !== undefined;
  return { title, body: known ? body : cut(JSON.stringify(data)), href };
}

/** One line of it, to be said aloud. */
export function notificationLine(data: Data): string {
  const { title, body, href } = notificationText(data);
  return title ?? body ?? href ?? '';
}

function filled(data: Data, key: string): string | undefined {
  const text = textOf(data, key)?.trim();
  return text === undefined || text === '' ? undefined : cut(text);
}

function cut(text: string): string {
  return text.length <= shownMax ? text : `${text.slice(0, shownMax)}…`;
}
