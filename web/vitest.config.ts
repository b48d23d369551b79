import { defineConfig } from 'vitest/config';
import { client } from './build/client.ts';

export default defineConfig({
  resolve: { alias: client },
  test: { include: ['test/**/*.test.ts'], environment: 'node', restoreMocks: true },
});
