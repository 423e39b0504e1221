import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,main,renderer,scripts,packaging,bench}/**/*.test.{ts,tsx}'],
    // Hashing tests keep both cores busy for moments; a slow machine is no failure.
    testTimeout: 20_000,
  },
});
