import type { Run } from '../../../../web/api/runs.ts';

/** A run with what a test is about. */
export const run = (runId: string, { parent, ...rest }: Partial<Run> & { readonly parent?: string } = {}): Run => ({
  runId,
  runName: runId,
  experimentId: '1',
  userId: '',
  status: 'FINISHED',
  startTime: 0,
  endTime: 1000,
  artifactUri: '',
  stage: 'active',
  metrics: new Map(),
  params: new Map(),
  tags: new Map(parent === undefined ? [] : [['mlflow.parentRunId', parent]]),
  datasets: [],
  modelInputs: [],
  modelOutputs: [],
  ...rest,
});

/** Metrics by their last values. */
export const metrics = (values: Readonly<Record<string, number>>): Run['metrics'] =>
  new Map(Object.entries(values).map(([key, value]) => [key, { value, step: 0, timestamp: 0 }]));
