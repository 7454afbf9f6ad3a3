import { defineConfig } from 'vitest/config';

/** The suites that need Chromium, the Agents Playground or minutes: one file after the other, each with real processes. */
export default defineConfig({
  test: {
    include: ['test/{browser,playground,faults}/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
