import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * How many checks a part made, by how they ended.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** A part that is one check: its exit code says all. */
export const countOne = ({ code }) => (code === 0 ? counts(1, 0) : counts(0, 1));

/** What vitest's JSON reporter wrote; a file that could not be loaded is a failure, too. */
export function countVitest(file, ending) {
  if (!existsSync(file)) return countOne({ code: ending.code || 1 });
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const skipped = report.numPendingTests + report.numTodoTests;
  return atLeastOneFailed(counts(report.numPassedTests, report.numFailedTests + unloaded.length, skipped), ending);
}

/** What pytest wrote as JUnit XML. */
export function countJunit(file, ending) {
  if (!existsSync(file)) return countOne({ code: ending.code || 1 });
  const suite = /<testsuite [^>]*>/.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
  const number = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  return atLeastOneFailed(counts(number('tests') - failed - number('skipped'), failed, number('skipped')), ending);
}

/** A closing line `N passed, N failed` among what the part printed. */
export function countClosingLine(ending) {
  const found = [...stripVTControlCharacters(ending.output).matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (!found) return countOne({ code: ending.code || 1 });
  return atLeastOneFailed(counts(Number(found[1]), Number(found[2])), ending);
}

/** Every call of the differential test is a check; it fails when the answers differ without a listed reason. */
export function countDifferential(ending) {
  const found = /^played (\d+) calls, (\d+) unexplained/m.exec(ending.output);
  if (!found) return countOne({ code: ending.code || 1 });
  const failed = Number(found[2]);
  return atLeastOneFailed(counts(Math.max(0, Number(found[1]) - failed), failed), ending);
}

/** The sum of what all parts counted. */
export const total = (all) =>
  all.reduce(
    (sum, one) => counts(sum.passed + one.passed, sum.failed + one.failed, sum.skipped + one.skipped),
    counts(),
  );

const counts = (passed = 0, failed = 0, skipped = 0) => ({ passed, failed, skipped });

/** A part that ended badly has failed, whatever it counted. */
const atLeastOneFailed = (found, { code }) => (code !== 0 && found.failed === 0 ? { ...found, failed: 1 } : found);
