import { expect, test } from 'vitest';
import { verdictOf } from '../src/connection/closeCodes';

test.each([
  [1000, '', 'final'],
  [1001, '', 'retry'],
  [1002, '', 'final'],
  [1003, 'Invalid message format', 'final'],
  [1005, '', 'retry'],
  [1006, '', 'retry'],
  [1007, '', 'final'],
  [1008, 'Too many connections from this IP', 'retry'],
  [1008, 'Authentication timeout', 'retry'],
  [1008, 'Invalid authentication', 'signedOut'],
  [1008, 'Not authenticated', 'signedOut'],
  [1008, 'anything else', 'signedOut'],
  [1009, '', 'final'],
  [1011, '', 'retry'],
  [1012, '', 'slot'],
  [1013, '', 'retry'],
  [4001, 'Slow reader', 'retry'],
  [4401, '', 'renew'],
  [4403, '', 'final'],
  [4409, '', 'final'],
])('%i %s: %s', (code, reason, kind) => {
  expect(verdictOf(code, reason).kind).toBe(kind);
});

test('an overloaded server is given time', () => {
  expect(verdictOf(1013, '')).toEqual({ kind: 'retry', floorMillis: 2_000 });
});
