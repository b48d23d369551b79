import type { Incoming, Outgoing } from '../messages.js';
import type { LinkEnd, Transport } from '../transport.js';

/** What a link in a tab says to the worker, over a port of its own. */
export type ToWorker =
  | {
      readonly type: 'open';
      readonly transport: Transport['name'];
      readonly url: string;
      readonly path: string;
      /** The name of a Web Lock that the tab holds as long as the link lives; the browser takes it from a tab that is gone. */
      readonly lock: string;
    }
  | { readonly type: 'send'; readonly message: Outgoing }
  /** So many of the worker's words were read in all. */
  | { readonly type: 'seen'; readonly count: number }
  | { readonly type: 'close' };

/** What the worker says to a link. */
export type ToTab =
  | { readonly type: 'ready' }
  | { readonly type: 'open' }
  | { readonly type: 'message'; readonly message: Incoming }
  | { readonly type: 'closed'; readonly end: LinkEnd };

/** A tab says after so many words how many it has read. */
export const seenEvery = 100;
/** So many words may wait in a tab that does not run. Past it the tab's link ends, and what it missed comes when it joins again. */
export const unseenMax = 2_000;

/** The port of a link, from either end. */
export interface Port<Out> {
  post(word: Out): void;
  close(): void;
}
