import { defineConfig } from 'vitest/config';

/** The suites that need Chromium, the Agents Playground or minutes: one file after the other, each with real processes. */
export default defineConfig({
  test: {
    include: ['test/{browser,playground,faults,year}/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    // Faults are drawn anew at each try, and the seed of one that failed is printed whether or not the next one passes.
    retry: 1,
  },
});
