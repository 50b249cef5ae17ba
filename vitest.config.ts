import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    maxWorkers: 2,
    // A process for each file, with all its imports, took a third of the time. So no file may leave anything behind.
    isolate: false,
    // Whoever raises the SDK's version looks at this; each test file need not say it.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // As long as the browser's own waits: a second is little on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    coverage: {
      // The pure rules, of which no branch may go untested: `npm run coverage`.
      include: ['functions/domain/**/*.ts', 'functions/search/**/*.ts'],
      reporter: ['text-summary', 'text'],
      reportsDirectory: 'test/output/coverage',
      thresholds: { branches: 100 },
    },
  },
});
