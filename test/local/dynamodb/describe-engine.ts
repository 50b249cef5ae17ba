import { describe, test } from 'vitest';

/**
 * Describes an engine that may be missing on this machine: then one test is skipped with the reason, or fails with it where
 * nothing may be missing (TRACKLET_REQUIRE_ALL=1).
 */
export const describeEngine = (name: string, missing: string | undefined, body: () => void): void => {
  describe(name, () => {
    if (missing === undefined) return body();
    test('is here to be tested', ({ skip }) => {
      if (process.env.TRACKLET_REQUIRE_ALL === '1') throw new Error(missing);
      skip(missing);
    });
  });
};
