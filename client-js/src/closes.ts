/** What a client does after a close: PROTOCOL.md, section 10. */
export type Verdict = 'stay_away' | 'back_off' | 'new_token' | 'slot';

const verdicts: Readonly<Record<number, Verdict>> = {
  1000: 'stay_away',
  1002: 'stay_away',
  1003: 'stay_away',
  1007: 'stay_away',
  1008: 'stay_away',
  1009: 'stay_away',
  1012: 'slot',
  4401: 'new_token',
  4403: 'stay_away',
  4409: 'stay_away',
};

const policies: Readonly<Record<string, Verdict>> = {
  'Authentication timeout': 'back_off',
  'Too many connections from this IP': 'back_off',
  'Invalid authentication': 'new_token',
  'Not authenticated': 'new_token',
};

export function verdictOf(code: number, reason: string): Verdict {
  return (code === 1008 && policies[reason]) || verdicts[code] || 'back_off';
}
