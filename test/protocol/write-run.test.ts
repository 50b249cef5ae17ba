import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset, Run, RunView } from '../../functions/domain/entities.ts';
import { stringifyJson } from '../../functions/protocol/json.ts';
import {
  writeFoundRun,
  writeFoundRunOnce,
  writeNewRun,
  writeRun,
  writeRunInfo,
} from '../../functions/protocol/write-run.ts';
import type { WrittenJson } from '../../functions/protocol/written-json.ts';
import { BLANK_RUN } from '../store/samples.ts';
import { anyArchivedRuns } from '../store/segments/arbitrary-runs.ts';
import { wireFoundRun, wireNewRun, wireRun, wireRunInfo } from './run-model.ts';

const textOf = ({ chunks }: WrittenJson): string => Buffer.concat(chunks).toString();
const parsed = (written: WrittenJson): unknown => JSON.parse(textOf(written));

const run: Run = { ...BLANK_RUN, runId: 'r', runName: 'n', artifactUri: 'mlflow-artifacts:/1/r/artifacts' };
const viewOf = (fields: Partial<Run> = {}): RunView => ({ run: { ...run, ...fields }, stage: 'active', metrics: [] });
const noDataset = () => undefined;

const info = {
  run_uuid: 'r',
  run_id: 'r',
  run_name: 'n',
  experiment_id: '1',
  user_id: '',
  status: 'RUNNING',
  start_time: 0,
  artifact_uri: 'mlflow-artifacts:/1/r/artifacts',
  lifecycle_stage: 'active',
};

test('any run is written as JSON.stringify writes the same fields, byte for byte', () => {
  const datasets: readonly (Dataset | undefined)[] = [
    undefined,
    { name: 'x', digest: '"', sourceType: 'local\n', source: '{"a":1}', schema: undefined, profile: '' },
  ];
  fc.assert(
    fc.property(
      anyArchivedRuns,
      fc.constantFrom('active' as const, 'deleted' as const),
      fc.constantFrom(...datasets),
      (runs, stage, dataset) => {
        for (const archived of runs) {
          const view: RunView = { ...archived, stage };
          const lookUp = ({ name }: { readonly name: string }) => dataset && { ...dataset, name };
          expect(textOf(writeFoundRun(view, lookUp))).toBe(stringifyJson(wireFoundRun(view, lookUp)));
          expect(textOf(writeRun(view, lookUp))).toBe(stringifyJson(wireRun(view, lookUp)));
          expect(textOf(writeNewRun(view))).toBe(stringifyJson(wireNewRun(view)));
          expect(textOf(writeRunInfo(view.run, stage))).toBe(stringifyJson(wireRunInfo(view.run, stage)));
        }
      },
    ),
    { seed: 11, numRuns: 300 },
  );
});

describe('a run that is written once', () => {
  test('is written anew when its stage or its metrics are others', () => {
    const view = viewOf();
    const written = writeFoundRunOnce(view, noDataset);
    expect(writeFoundRunOnce({ ...view }, noDataset)).toBe(written);
    const point = { key: 'm', value: 1, timestamp: 2, step: 3 };
    for (const other of [view, { ...view, stage: 'deleted' }, { ...view, metrics: [point] }, view] as const)
      expect(textOf(writeFoundRunOnce(other, noDataset))).toBe(textOf(writeFoundRun(other, noDataset)));
  });

  test('is another one when it has changed', () => {
    const view = viewOf();
    writeFoundRunOnce(view, noDataset);
    const changed = { ...view, run: { ...view.run, runName: 'other' } };
    expect(textOf(writeFoundRunOnce(changed, noDataset))).toContain('"run_name":"other"');
  });

  test('tells of its datasets what is known now', () => {
    const view = viewOf({ datasets: [{ name: 'x', digest: 'd', tags: [] }] });
    const known: Dataset = { name: 'x', digest: 'd', sourceType: 'local', source: '{}', schema: '', profile: '' };
    expect(textOf(writeFoundRunOnce(view, noDataset))).not.toContain('source_type');
    expect(textOf(writeFoundRunOnce(view, () => known))).toContain('"source_type":"local"');
  });
});

test.each(['"', '\\', '\0', '\u001f', '\u007f', '\u2028', 'é', '漢', '😀', '\ud800', '\udc00x', '</script>', ''])(
  'the text %j is written as JSON.stringify writes it',
  (text) => {
    const entries = new Map([[`k${text}`, text]]);
    const view = viewOf({ runName: text, userId: text, artifactUri: text, params: entries, tags: entries });
    expect(textOf(writeRun(view, noDataset))).toBe(stringifyJson(wireRun(view, noDataset)));
  },
);

test.each([0, -0, 0.1, 1e21, 1e-7, 5e-324, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'the metric %d is written as JSON.stringify writes it, what JSON has no number for as a text',
  (value) => {
    const view: RunView = { ...viewOf(), metrics: [{ key: 'm', value, timestamp: -(2n ** 63n), step: 2n ** 62n }] };
    expect(textOf(writeRun(view, noDataset))).toBe(stringifyJson(wireRun(view, noDataset)));
  },
);

test('keys beyond those that are remembered are written as well', () => {
  const params = new Map(Array.from({ length: 25_000 }, (_, at) => [`key ${at}`, `${at}`] as const));
  expect(textOf(writeNewRun(viewOf({ params })))).toBe(stringifyJson(wireNewRun(viewOf({ params }))));
});

describe('fields', () => {
  test('that are set are there though they are 0 or "", empty lists are not', () => {
    expect(parsed(writeNewRun(viewOf()))).toEqual({ info, data: {}, inputs: {} });
    expect(parsed(writeRun(viewOf(), noDataset))).toEqual({ info, data: {}, inputs: {}, outputs: {} });
    expect(parsed(writeFoundRun(viewOf(), noDataset))).toEqual({ info, data: {}, inputs: {}, outputs: {} });
  });

  test('the stage is that of the view, not that of the document', () => {
    expect(parsed(writeRunInfo(run, 'deleted'))).toEqual({ ...info, lifecycle_stage: 'deleted' });
  });

  test.each([
    [undefined, undefined],
    [0, undefined],
    [5, 5],
  ])('an end time of %s is %s', (endTime, shown) => {
    expect(Object(parsed(writeRunInfo({ ...run, endTime }, 'active'))).end_time).toBe(shown);
  });

  test('integers beyond 2^53 go out digit by digit', () => {
    const text = textOf(writeRunInfo({ ...run, startTime: 9007199254740993n }, 'active'));
    expect(text).toContain('"start_time":9007199254740993,');
  });

  test('a linked dataset shows what is known of it', () => {
    const dataset: Dataset = {
      name: 'iris',
      digest: '1',
      sourceType: 'local',
      source: '{}',
      schema: undefined,
      profile: '',
    };
    const link = { name: 'iris', digest: '1', tags: [{ key: 'k', value: '' }] };
    const shown = (found: Dataset | undefined) => Object(parsed(writeRun(viewOf({ datasets: [link] }), () => found)));
    expect(shown(dataset).inputs.dataset_inputs).toEqual([
      { tags: link.tags, dataset: { name: 'iris', digest: '1', source_type: 'local', source: '{}', profile: '' } },
    ]);
    expect(shown(undefined).inputs.dataset_inputs).toEqual([
      { tags: link.tags, dataset: { name: 'iris', digest: '1' } },
    ]);
  });

  test('only a run fetched by its id shows its model inputs', () => {
    const view = viewOf({ modelInputs: ['m-1'], modelOutputs: [{ modelId: 'm-2', step: 3 }] });
    const outputs = { model_outputs: [{ model_id: 'm-2', step: 3 }] };
    const inputs = { model_inputs: [{ model_id: 'm-1' }] };
    expect(parsed(writeRun(view, noDataset))).toMatchObject({ inputs, outputs });
    expect(parsed(writeFoundRun(view, noDataset))).toMatchObject({ inputs: {}, outputs });
    expect(Object(parsed(writeFoundRun(view, noDataset))).inputs).toEqual({});
  });
});
