import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/playground/**', 'test/faults/**', 'test/year/**', 'test/bench/**'],
    globalSetup: ['test/setup.ts'],
    testTimeout: 60_000,
    // Loading Bolt and botbuilder anew for each file would take a third of the time. No test mocks a module.
    isolate: false,
    // As many as there are cores: much of a test is waiting, and vitest would leave one core to itself.
    maxWorkers: availableParallelism(),
    // A machine that is busy otherwise may be late once; what needed a second try is printed.
    retry: process.env.CI ? 1 : 0,
    // botbuilder writes the public keys it tried to the console when a forged token is turned away.
    onConsoleLog: (log) => !log.startsWith('Error finding key for token'),
  },
});
