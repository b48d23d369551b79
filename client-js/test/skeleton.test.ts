import { expect, test } from 'vitest';
import { ambient } from '../src/index.js';

test('the world is there', () => {
  expect(ambient.now()).toBeGreaterThan(0);
});
