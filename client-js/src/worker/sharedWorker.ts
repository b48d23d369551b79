import { ambient } from '../ambient.js';
import { polling } from '../polling.js';
import { sse } from '../sse.js';
import { websocket } from '../websocket.js';
import { Host } from './host.js';

/** The script of the worker that `@peal/client/worker` shares connections in. */
const host = new Host({ transports: [websocket, sse, polling], ambient, locks: navigator.locks });

(globalThis as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = ({ ports: [port] }) => host.accept(port as MessagePort);
