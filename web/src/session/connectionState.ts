import type { State } from '@peal/client';

/** The client's state as the page shows it. `retryAt` in milliseconds since 1970; `reason` is for the visitor. */
export type ConnectionState =
  | Exclude<State, { readonly kind: 'waiting' | 'stopped' }>
  | { readonly kind: 'waiting'; readonly retryAt: number; readonly offline: boolean }
  | { readonly kind: 'stopped'; readonly reason: string };

export function shown(state: State, now: number): ConnectionState {
  if (state.kind === 'waiting') return { kind: 'waiting', retryAt: now + state.retryInMs, offline: state.offline };
  if (state.kind === 'stopped') return { kind: 'stopped', reason: reasonOf(state.code) };
  return state;
}

/** Why the server ended the connection for good, by its close code (PROTOCOL.md, section 10). */
function reasonOf(code: number): string {
  switch (code) {
    case 1000:
      return 'The server ended the connection.';
    case 4403:
      return 'You are not allowed to use this server.';
    case 4409:
      return 'This session was opened somewhere else.';
    default:
      return 'The server did not understand this page. Reload it to get the newest version.';
  }
}
