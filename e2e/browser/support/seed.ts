import type { Page } from '@playwright/test';

/** The default limit: so many messages of one type by one user at once. */
const burst = 10;

/**
 * Stores messages in a room of a server in `open` mode, in order, as several people, each within the limits.
 * Runs in the page, because it has a WebSocket and the right origin.
 */
export async function seed(page: Page, roomId: string, texts: readonly string[], author = 'seed'): Promise<void> {
  for (let start = 0; start < texts.length; start += burst) {
    await page.evaluate(sendAll, { roomId, texts: texts.slice(start, start + burst), userId: `${author}-${start / burst}` });
  }
}

interface Batch {
  readonly roomId: string;
  readonly texts: readonly string[];
  readonly userId: string;
}

function sendAll({ roomId, texts, userId }: Batch): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL('/chat', location.href.replace(/^http/, 'ws')));
    let acknowledged = 0;
    socket.onopen = () => {
      const send = (frame: object) => socket.send(JSON.stringify(frame));
      send({ type: 'authenticate', data: { userId, userName: userId } });
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
