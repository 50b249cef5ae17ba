import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { noteWrites, RUN_WRITE_PATTERNS, writtenRuns } from '../../../functions/store/archive/run-writes.ts';
import type { TouchedRun } from '../../../functions/store/archive/upkeep.ts';
import * as keys from '../../../functions/store/dynamo/keys.ts';
import { keyItem } from '../../../functions/store/dynamo/table.ts';
import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { matches, streamOf, streamRecord } from '../../support/stream-records.ts';
import { addModel, addRun, dataset, modelMetric, newExperiment, point, stateOf, withTag } from '../samples.ts';
import { engineAroundTests } from '../test-engine.ts';

const HOME = { experimentId: '7', shard: 0 };
const RUN = keys.runIdFor('7', '00112233445566778899');
const OTHER = keys.runIdFor('7', '00998877665544332211');

const document = (runId: string) => keyItem(keys.runDocumentKey(HOME, runId));
const append = (runId: string, id = '1') => keyItem(keys.metricAppendKey(runId, id));

describe('the runs that a batch tells of', () => {
  test('come once each, with the time of the last write, the count of all and the place of the first', () => {
    const records = [
      streamRecord({ after: append(RUN), at: 5_000 }),
      streamRecord({ after: document(OTHER), at: 6_000 }),
      streamRecord({ before: document(RUN), after: document(RUN), at: 9_999 }),
      streamRecord({ after: append(RUN, '2'), at: 7_000 }),
    ];
    const place = (at: number) => records[at]?.dynamodb?.SequenceNumber;
    expect(writtenRuns(records)).toEqual([
      { runId: RUN, lastWriteAt: 9_000, writes: 3, sequenceNumber: place(0) },
      { runId: OTHER, lastWriteAt: 6_000, writes: 1, sequenceNumber: place(1) },
    ]);
  });

  test.each<[string, DynamoDBRecord]>([
    ['a move to the archive', streamRecord({ before: document(RUN), at: 1 })],
    ['packed history', streamRecord({ before: append(RUN), at: 1 })],
    ['an archived run', streamRecord({ after: keyItem(keys.archivedRunKey(HOME, RUN)), at: 1 })],
    ['a manifest', streamRecord({ after: keyItem(keys.manifestKey('7')), at: 1 })],
    ['a note of work', streamRecord({ after: keyItem(keys.workKey(RUN)), at: 1 })],
    ['a damage', streamRecord({ after: keyItem(keys.damageKey('7')), at: 1 })],
    ['last values', streamRecord({ after: keyItem(keys.latestKey(HOME, RUN, 0)), at: 1 })],
    ['keys of another version of Tracklet', streamRecord({ after: keyItem({ pk: 'NEW#1', sk: 'x' }), at: 1 })],
    ['a run that Tracklet never made', streamRecord({ after: append('x'), at: 1 })],
    ['no keys at all', { eventName: 'INSERT', dynamodb: {} }],
    ['nothing', {}],
  ])('are none for %s', (_, record) => {
    expect(writtenRuns([record])).toEqual([]);
  });
});

describe('notes of writes', () => {
  const records = [RUN, OTHER].map((runId) => streamRecord({ after: document(runId), at: 1_000 }));

  test('are one for each run, however often a record comes', async () => {
    const noted: TouchedRun[] = [];
    const workList = { note: async (run: TouchedRun) => void noted.push(run) };
    const report = () => expect.unreachable();
    expect(await noteWrites([...records, ...records.toReversed()], workList, report)).toEqual([]);
    expect(noted).toMatchObject([
      { runId: RUN, writes: 2 },
      { runId: OTHER, writes: 2 },
    ]);
  });

  test('that fail are told, and made again from their place in the stream, while the others are made', async () => {
    const noted: string[] = [];
    const note = async ({ runId }: TouchedRun) => {
      if (runId === RUN) throw new Error('throttled');
      noted.push(runId);
    };
    const reports: string[] = [];
    const failed = await noteWrites(records, { note }, (message) => reports.push(message));
    expect(failed).toEqual([records[0]?.dynamodb?.SequenceNumber]);
    expect(noted).toEqual([OTHER]);
    expect(reports).toEqual([expect.stringContaining(RUN)]);
  });
});

describe('the filter before the function', () => {
  const engine = engineAroundTests(() => startDynamoDb({ engine: undefined, log: () => undefined }));

  test('lets pass the writes to runs and nothing else of all that the store writes', async () => {
    const { store, upkeep, workList, items } = await engine.openTable();
    const next = streamOf(items);
    const passing = async () => {
      const records = await next(1_000);
      const passed = records.filter((record) => RUN_WRITE_PATTERNS.some((pattern) => matches(record, pattern)));
      expect(writtenRuns(passed).map(({ runId }) => runId)).toEqual(writtenRuns(records).map(({ runId }) => runId));
      return passed.length;
    };
    const experimentId = await store.createExperiment(newExperiment('streamed'));
    await store.getSecret('page-token');
    await store.putDatasets(experimentId, [dataset()]);
    const model = await addModel(store, experimentId);
    await store.appendModelMetrics(model.modelId, [modelMetric()]);
    expect(await passing()).toBe(0);

    const run = await addRun(store, experimentId);
    expect(await passing()).toBe(1);
    await store.appendMetrics(stateOf(run), [point()]);
    expect(await passing()).toBe(1);
    await store.updateRun(run.runId, withTag('large', 'x'.repeat(500_000)));
    expect(await passing()).toBe(1);

    await workList.note({ runId: run.runId, lastWriteAt: 1, writes: 1 });
    await workList.noteDamage(experimentId);
    await upkeep.tidy(experimentId, await workList.list());
    expect(await passing()).toBe(0);
    await upkeep.rebuild(experimentId);
    expect(await passing()).toBe(0);

    await store.updateRun(run.runId, withTag('again'));
    expect(await passing()).toBe(1);
  });
});
