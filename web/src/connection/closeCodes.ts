/**
 * What a client does after a connection ended, by its close code (PROTOCOL 2.5).
 * `retry`: back off and come back, not before `floorMillis`. `slot`: come back when the server said.
 * `renew`: get a new token first. `signedOut`: not with this token. `final`: not by itself.
 */
export type Verdict =
  | { readonly kind: 'retry'; readonly floorMillis: number }
  | { readonly kind: 'slot' }
  | { readonly kind: 'renew' }
  | { readonly kind: 'signedOut'; readonly reason: string }
  | { readonly kind: 'final'; readonly reason: string };

const overloadedFloorMillis = 2_000;
const retry: Verdict = { kind: 'retry', floorMillis: 0 };
const retryLater: Verdict = { kind: 'retry', floorMillis: overloadedFloorMillis };

export function verdictOf(code: number, reason: string): Verdict {
  switch (code) {
    case 1000:
      return { kind: 'final', reason: 'The server ended the connection.' };
    case 1002:
    case 1003:
    case 1007:
    case 1009:
      return { kind: 'final', reason: 'The server did not understand this page. Reload it to get the newest version.' };
    case 1008:
      return policyVerdict(reason);
    case 1012:
      return { kind: 'slot' };
    case 1013:
      return retryLater;
    case 4401:
      return { kind: 'renew' };
    case 4403:
      return { kind: 'final', reason: 'You are not allowed to use this server.' };
    case 4409:
      return { kind: 'final', reason: 'This session was opened somewhere else.' };
    default:
      return retry;
  }
}

function policyVerdict(reason: string): Verdict {
  if (reason.startsWith('Too many connections')) return retryLater;
  if (reason.startsWith('Authentication timeout')) return retry;
  return { kind: 'signedOut', reason: 'Your session is no longer valid. Please sign in again.' };
}
