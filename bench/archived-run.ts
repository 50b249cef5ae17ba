import { randomBytes } from 'node:crypto';
import type { ArchivedRun } from '../functions/store/segments/archived-run.ts';

/** The numbers from 0 on. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const PARAMS = upTo(13).map((n) => `p_${String(n + 2).padStart(2, '0')}`);
const METRICS = upTo(9).map((n) => `m_${String(n + 1).padStart(2, '0')}`);
const GOLDEN = 0.6180339887498949;
const NAMES = ['abundant', 'bemused', 'clumsy', 'dapper', 'efficient', 'fearless', 'gaudy', 'handsome'];
const ANIMALS = ['ant', 'bear', 'crab', 'deer', 'elk', 'fox', 'gnu', 'hawk', 'ibis', 'jay'];

const randomCommits = upTo(500).map(() => randomBytes(20).toString('hex'));

/** Run number i of an experiment, as a training script leaves it. */
export function runOf(i: number): ArchivedRun {
  const runId = `000000000001${randomBytes(10).toString('hex')}`;
  const startTime = 1_700_000_000_000 + i * 1000 + (i % 997);
  const runName = `${NAMES[i % 8]}-${ANIMALS[(i >> 3) % 10]}-${(i * 7919) % 1000}`;
  const values = [
    (i * GOLDEN) % 1,
    ...METRICS.map((_, k) => Math.fround(((i * (2 * k + 3) + 13 * k) % 9973) / 9973 + Math.random() / 50)),
  ];
  return {
    run: {
      runId,
      experimentId: '1',
      runName,
      userId: `user-${i % 12}`,
      status: i % 17 === 0 ? 'FAILED' : 'FINISHED',
      startTime,
      endTime: startTime + 60_000 + ((i * 31) % 60_000),
      artifactUri: `s3://tracklet-artifacts-eu/1/${runId}/artifacts`,
      stage: 'active',
      stageGeneration: 0,
      deletedTime: undefined,
      params: new Map([
        ['p_00', `v${i % 10}`],
        ['p_01', `${Math.random()}`],
        ...PARAMS.map((key, k): [string, string] => [key, `value-${(i * 7 + k) % 100}`]),
      ]),
      tags: new Map([
        ['mlflow.runName', runName],
        ['mlflow.user', `user-${i % 12}`],
        ['mlflow.source.name', `train_${i % 5}.py`],
        ['mlflow.source.git.commit', randomCommits[i % 500] ?? ''],
        ['mlflow.parentRunId', randomCommits[i % 300]?.slice(0, 32) ?? ''],
        ['t_00', `team-${i % 20}`],
        ['t_01', `tag-${i % 50}`],
        ['t_02', `unique ${i}`],
      ]),
      datasets:
        i % 4 === 0
          ? [
              {
                name: `train-${i % 30}`,
                digest: `${i % 30}abc`,
                tags: [{ key: 'mlflow.data.context', value: 'training' }],
              },
            ]
          : [],
      modelInputs: [],
      modelOutputs: [],
    },
    metrics: ['m_00', ...METRICS].map((key, k) => ({
      key,
      value: Number(values[k]),
      timestamp: startTime + 50_000 + k,
      step: 100,
    })),
  };
}
