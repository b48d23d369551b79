import { NoReply, Refusal } from '@peal/client';

/** In one sentence, for the visitor. */
export function refusalText(error: unknown): string {
  if (error instanceof NoReply) return 'No answer came, and the order may have been taken. Look at your open orders and fills before you send it again.';
  if (!(error instanceof Refusal)) return 'That did not work.';
  switch (error.code) {
    case 'insufficient_funds':
      return 'Your account does not have that much cash.';
    case 'insufficient_position':
      return 'You can sell what you hold, and not more.';
    case 'not_traded':
      return 'This symbol is only watched here: nobody trades it on this server.';
    case 'too_many_orders':
      return 'You have as many open orders as you may. Cancel one first.';
    case 'rate_limited':
      return `Too much at once. Try again in ${Math.max(1, Math.ceil((error.retryAfterMs ?? 1_000) / 1_000))} s.`;
    case 'unauthorized':
    case 'forbidden':
      return 'Sign in to trade.';
    default:
      return error.message === '' ? 'That did not work.' : error.message;
  }
}
