/** What a client does after a close: PROTOCOL.md, section 10. */
export type Verdict = 'stay_away' | 'back_off' | 'new_token' | 'slot';

const final = [1000, 1002, 1003, 1007, 1008, 1009, 4403, 4409];

const policies: Readonly<Record<string, Verdict>> = {
  'Authentication timeout': 'back_off',
  'Too many connections from this IP': 'back_off',
  'Invalid authentication': 'new_token',
  'Not authenticated': 'new_token',
};

export function verdictOf(code: number, reason: string): Verdict {
  if (code === 1012) return 'slot';
  if (code === 4401) return 'new_token';
  return (code === 1008 && policies[reason]) || (final.includes(code) ? 'stay_away' : 'back_off');
}
