import { type ToWire, Wire } from './wire';

/** For each port that the page sends with an address: a socket there. */
addEventListener('message', ({ data: url, ports: [port] }: MessageEvent<string>) => {
  if (port === undefined) return;
  const wire = new Wire(new WebSocket(url), (message, transfer) => port.postMessage(message, transfer));
  port.onmessage = ({ data }: MessageEvent<ToWire>) => wire.told(data);
});
