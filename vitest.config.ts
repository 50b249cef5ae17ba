import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      // The pure rules, of which no branch may go untested: `npm run coverage`.
      include: ['functions/domain/**/*.ts', 'functions/search/**/*.ts'],
      reporter: ['text-summary', 'text'],
      reportsDirectory: 'test/output/coverage',
      thresholds: { branches: 100 },
    },
  },
});
