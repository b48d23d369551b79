import { expect, test } from 'vitest';
// @ts-expect-error: a script for Node, which knows no types
import { generated, written } from '../build/messages.mjs';

test('the types are those that the schemas say; else run: npm run messages', () => {
  expect(written()).toBe(generated());
});
