import { defineConfig } from 'vitest/config';

/** What needs a server (`PEAL_URL`). */
export default defineConfig({
  test: { include: ['test/live/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
