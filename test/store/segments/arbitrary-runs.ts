import fc from 'fast-check';
import type { Run } from '../../../functions/domain/entities.ts';
import type { ArchivedRun } from '../../../functions/store/segments/archived-run.ts';
import { anyInt64, anyPoint, anyRun, anyText, anyValue } from '../arbitraries.ts';

/** Runs with all that may stand in them, and ids that differ. */
export const anyArchivedRuns: fc.Arbitrary<readonly ArchivedRun[]> = fc.uniqueArray(
  fc.record({ run: anyRun, metrics: fc.array(anyPoint, { maxLength: 6 }) }, { noNullPrototype: true }),
  { selector: ({ run }) => run.runId, maxLength: 12 },
);

export const KEYS = ['m', 'p', 't', 'acc', '__proto__', 'mlflow.runName'];
export const TEXTS = ['', 'x', 'X', 'xy', '%', 'a_c', '10', '9', '\uff5e', '😀', '\ud800', "it's"];
const time = fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, -(2n ** 60n)), anyInt64);
const text = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TEXTS) }, anyText);
const textMap = fc.array(fc.tuple(fc.constantFrom(...KEYS), text), { maxLength: 4 }).map((entries) => new Map(entries));
const value = fc.oneof(fc.constantFrom(0, -0, 1, 1.5, Number.NaN, Number.MAX_VALUE), anyValue);
const dataset = fc.record({
  name: text,
  digest: text,
  tags: fc.array(fc.record({ key: fc.constantFrom('mlflow.data.context', 'other'), value: text }), { maxLength: 2 }),
});

const run: fc.Arbitrary<Omit<Run, 'runId'>> = fc.record({
  experimentId: fc.constant('1'),
  runName: text,
  userId: fc.constantFrom('', 'ann', 'bob'),
  status: fc.constantFrom('RUNNING', 'FINISHED', 'FAILED'),
  startTime: time,
  endTime: fc.option(time, { nil: undefined }),
  artifactUri: text,
  stage: fc.constantFrom('active', 'deleted'),
  stageGeneration: fc.nat({ max: 2 }),
  deletedTime: fc.constant(undefined),
  params: textMap,
  tags: textMap,
  datasets: fc.array(dataset, { maxLength: 2 }),
  modelInputs: fc.constant([]),
  modelOutputs: fc.constant([]),
});

const point = fc.record({ key: fc.constantFrom(...KEYS), value, timestamp: fc.constant(1), step: fc.constant(0) });

/** Runs that have few keys and values between them, so that searches find and ties are common. */
export const similarRuns: fc.Arbitrary<readonly ArchivedRun[]> = fc
  .array(fc.tuple(run, fc.uniqueArray(point, { selector: ({ key }) => key })), { maxLength: 40 })
  .map((specs) => specs.map(([rest, metrics], at) => ({ run: { ...rest, runId: `run-${(at * 7) % 41}` }, metrics })));
