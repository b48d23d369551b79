import { polling } from '../polling.js';
import { sse } from '../sse.js';
import type { Transport } from '../transport.js';
import { websocket } from '../websocket.js';
import { SharedLink, type Sharing } from './sharedLink.js';

/** Beside this file, as it is published. */
function connect(): SharedWorker {
  return new SharedWorker(new URL(/* @vite-ignore */ './sharedWorker.js', import.meta.url), { type: 'module', name: 'peal' });
}

/**
 * The transports of a client that shares its connection with all tabs of this origin in which the same user is signed
 * in. Where the browser has no SharedWorker or no Web Locks, or the worker does not start, the tab has its own.
 *
 * @param start for pages whose bundler or Content Security Policy wants the script elsewhere: starts
 *   `@peal/client/shared-worker`, as a module
 */
export function shared(transports: readonly Transport[] = [websocket, sse, polling], start: () => SharedWorker = connect): Transport[] {
  if (typeof SharedWorker === 'undefined' || navigator.locks === undefined) return [...transports];
  const sharing: Sharing = { connect: start as Sharing['connect'], locks: navigator.locks };
  return transports.map((transport) => ({
    name: transport.name,
    open: (target, events) => new SharedLink(transport, target, events, sharing),
  }));
}
