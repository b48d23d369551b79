import type { Incoming } from './messages.js';
import type { Transport } from './transport.js';

/** The first choice: one WebSocket, one message a frame. */
export const websocket: Transport = {
  name: 'websocket',
  open({ url, path, ambient }, events) {
    let over = false;
    let opened = false;
    let socket: WebSocket | undefined;
    const end = (code: number, reason: string) => {
      if (!over) events.closed({ code, reason, neverOpened: !opened });
      over = true;
    };
    try {
      socket = new ambient.WebSocket!(webSocketUrl(url, path));
      socket.onopen = () => {
        opened = true;
        if (!over) events.open();
      };
      socket.onmessage = ({ data }) => {
        const message = read(data);
        if (message && !over) events.message(message);
      };
      socket.onclose = ({ code, reason }) => end(code, reason);
      // Node 22 says no more than this of a connection that never opened.
      socket.onerror = () => opened || end(1006, '');
    } catch {
      // There is none here, or the page may not use it.
      queueMicrotask(() => end(1006, ''));
    }
    return {
      send(message) {
        if (socket?.readyState === 1) socket.send(JSON.stringify(message));
      },
      close(code = 1000, reason) {
        over = true;
        socket?.close(code, reason);
      },
      get bufferedAmount() {
        return socket?.bufferedAmount ?? 0;
      },
    };
  },
};

export function webSocketUrl(url: URL, path: string): string {
  const address = new URL(path, url);
  address.protocol = address.protocol.replace('http', 'ws');
  return address.href;
}

/** Undefined for anything that is not one JSON object with a `type`. */
function read(text: unknown): Incoming | undefined {
  try {
    const value = JSON.parse(text as string);
    return typeof value.type === 'string' ? { ...value, data: value.data ?? {} } : undefined;
  } catch {
    return undefined;
  }
}
