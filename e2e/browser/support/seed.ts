import type { Page } from '@playwright/test';

/** The default limit: so many messages of one type by one user at once. */
const burst = 10;

/** Stores messages in a room of a server in `open` mode, in order, as several people, each within the limits. */
export async function seed(page: Page, roomId: string, texts: readonly string[]): Promise<void> {
  for (let start = 0; start < texts.length; start += burst) {
    await sayAs(page, `seed-${start / burst}`, roomId, texts.slice(start, start + burst));
  }
}

/**
 * Someone without a page of their own says something: at most {@link burst} messages.
 * Runs in the page, because it has a WebSocket and the right origin.
 */
export async function sayAs(page: Page, name: string, roomId: string, texts: readonly string[]): Promise<void> {
  await page.evaluate(sendAll, { name, roomId, texts });
}

interface Batch {
  readonly name: string;
  readonly roomId: string;
  readonly texts: readonly string[];
}

function sendAll({ name, roomId, texts }: Batch): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL('/chat', location.href.replace(/^http/, 'ws')));
    let acknowledged = 0;
    socket.onopen = () => {
      const send = (frame: object) => socket.send(JSON.stringify(frame));
      send({ type: 'authenticate', data: { userId: name, userName: name } });
      send({ type: 'join_room', data: { roomId } });
      texts.forEach((message, id) => send({ type: 'message', id, data: { roomId, message } }));
    };
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(String(data)) as { type: string };
      if (frame.type === 'error') reject(new Error(String(data)));
      if (frame.type === 'ack' && ++acknowledged === texts.length) {
        socket.onclose = () => resolve();
        socket.close();
      }
    };
    socket.onerror = () => reject(new Error('no connection'));
  });
}
