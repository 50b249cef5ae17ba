import { describe, expect, test } from 'vitest';
import { UNMETERED } from '../../../functions/entry/metering.ts';
import { noteWrites } from '../../../functions/store/archive/run-writes.ts';
import {
  createScheduledUpkeep,
  type ScheduledUpkeep,
  type ScheduledUpkeepProps,
} from '../../../functions/store/archive/scheduled-upkeep.ts';
import type { DynamoClient } from '../../../functions/store/dynamo/client/operations.ts';
import { SegmentCorrupt } from '../../../functions/store/segments/segment-corrupt.ts';
import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { streamOf } from '../../support/stream-records.ts';
import { allRuns } from '../all-runs.ts';
import { createFaultyClient, serverError } from '../faulty-client.ts';
import { memoryFilesOf } from '../memory-segment-files.ts';
import { meter } from '../metered-client.ts';
import { openWithUpkeep, type TestStore } from '../open-test-store.ts';
import { addRun, newExperiment, point, stateOf, upTo, withTag } from '../samples.ts';
import { engineAroundTests } from '../test-engine.ts';

const engine = engineAroundTests(() => startDynamoDb({ engine: undefined, log: () => undefined }));

const WRITTEN_AT = 1_000_000;
const LATER = 2_000_000;
const TIMES = { over: 0, open: 3_600_000, openInCrowd: 0, crowd: 0, busy: 0 };
const MUCH_TIME = () => 900_000;

interface Overrides extends Partial<ScheduledUpkeepProps> {
  readonly client?: DynamoClient;
}

/** The upkeep of a process of its own on a table, at a time when all that was noted is due. */
function scheduledOn({ client, tableName }: TestStore, { client: own = client, ...overrides }: Overrides = {}) {
  const reports: string[] = [];
  const opened = openWithUpkeep(own, tableName, { clock: () => LATER });
  const scheduled: ScheduledUpkeep = createScheduledUpkeep({
    ...opened,
    quietTimes: TIMES,
    clock: () => LATER,
    report: (message) => reports.push(message),
    metered: UNMETERED.metered,
    ...overrides,
  });
  return { ...scheduled, reports };
}

/** Runs with a metric and a tag in each of some experiments, noted as the stream tells of them. */
async function openWithRuns(experiments: number, runsEach: number) {
  const opened = await engine.openTable();
  const { store, workList, items } = opened;
  const next = streamOf(items);
  const note = async () => {
    expect(await noteWrites(await next(WRITTEN_AT), workList, () => expect.unreachable())).toEqual([]);
  };
  await next(0);
  const ids: string[] = [];
  for (const at of upTo(experiments)) ids.push(await store.createExperiment(newExperiment(`e${at}`)));
  for (const experimentId of ids) {
    for (const at of upTo(runsEach)) {
      const run = await addRun(store, experimentId, { tags: new Map([['at', String(at)]]) });
      await store.appendMetrics(stateOf(run), [point({ step: at, value: at })]);
    }
  }
  await note();
  return { ...opened, note, ids };
}

const countKeys = async ({ keys }: TestStore, prefix: string) =>
  (await keys()).filter(({ sk }) => sk.startsWith(prefix)).length;

const expectArchived = async (opened: TestStore, runs: number) =>
  expect([await countKeys(opened, 'L#'), await countKeys(opened, 'A#')]).toEqual([0, runs]);

describe('a schedule', () => {
  test('archives what was noted, searches stay exact, and there is nothing left to do or to note', async () => {
    const opened = await openWithRuns(3, 4);
    const { store, workList, note, ids } = opened;
    const before = await Promise.all(ids.map((id) => allRuns(store, id)));
    expect(await workList.list()).toHaveLength(12);
    await scheduledOn(opened).tidy(MUCH_TIME);
    await expectArchived(opened, 12);
    expect(await Promise.all(ids.map((id) => allRuns(store, id)))).toEqual(before);
    await note();
    expect(await workList.list()).toEqual([]);
    const snapshot = await opened.snapshot();
    await scheduledOn(opened).tidy(MUCH_TIME);
    expect(await opened.snapshot()).toEqual(snapshot);
  });

  test('archives a run again that was written to since', async () => {
    const opened = await openWithRuns(1, 3);
    const { store, note, ids } = opened;
    await scheduledOn(opened).tidy(MUCH_TIME);
    const [view] = await allRuns(store, String(ids[0]));
    await store.updateRun(String(view?.run.runId), withTag('late'));
    await note();
    await scheduledOn(opened).tidy(MUCH_TIME);
    await expectArchived(opened, 3);
    const tags = (await allRuns(store, String(ids[0]))).map(({ run }) => run.tags.has('late'));
    expect(tags.filter(Boolean)).toHaveLength(1);
  });

  test('looks at a run that is not due to be archived, and not again at once', async () => {
    const opened = await openWithRuns(1, 2);
    const { workList, upkeep } = opened;
    let looks = 0;
    const tidy: typeof upkeep.tidy = async (_, touched) => {
      looks += 1;
      return touched.map(({ runId }) => runId);
    };
    for (const _ of upTo(3)) await scheduledOn(opened, { upkeep: { ...upkeep, tidy } }).tidy(MUCH_TIME);
    expect(looks).toBe(1);
    expect((await workList.list()).map(({ lookedAt, writes }) => [lookedAt, writes])).toEqual([
      [LATER, 0],
      [LATER, 0],
    ]);
  });

  test('beside another one, and beside writers, loses nothing', async () => {
    const opened = await openWithRuns(2, 12);
    const { store, note, ids } = opened;
    const runs = (await Promise.all(ids.map((id) => allRuns(store, id)))).flat();
    const writing = runs.map(({ run }) => store.updateRun(run.runId, withTag('meanwhile')));
    await Promise.all([scheduledOn(opened).tidy(MUCH_TIME), scheduledOn(opened).tidy(MUCH_TIME), ...writing]);
    await note();
    await Promise.all([scheduledOn(opened).tidy(MUCH_TIME), scheduledOn(opened).tidy(MUCH_TIME)]);
    await scheduledOn(opened).tidy(MUCH_TIME);
    await expectArchived(opened, 24);
    const found = (await Promise.all(ids.map((id) => allRuns(store, id)))).flat();
    expect(found.map(({ run }) => run.runId).toSorted()).toEqual(runs.map(({ run }) => run.runId).toSorted());
    expect(found.filter(({ run }) => !run.tags.has('meanwhile'))).toEqual([]);
  });

  test('that dies at any of its calls leaves all as it was for searches, and the next one finishes', async () => {
    let isOver = false;
    let calls = 0;
    while (!isOver) {
      calls += 1;
      const opened = await openWithRuns(1, 3);
      const experimentId = String(opened.ids[0]);
      const before = await allRuns(opened.store, experimentId);
      const dying = createFaultyClient(engine.connection(), ({ number }) =>
        number > calls ? serverError() : undefined,
      );
      isOver = await scheduledOn(opened, { client: dying.client })
        .tidy(MUCH_TIME)
        .then(
          () => dying.countCalls() <= calls,
          () => false,
        );
      expect(await allRuns(opened.reopen(), experimentId)).toEqual(before);
      await scheduledOn(opened).tidy(MUCH_TIME);
      await scheduledOn(opened).tidy(MUCH_TIME);
      await expectArchived(opened, 3);
      expect(await allRuns(opened.reopen(), experimentId)).toEqual(before);
      expect(await opened.workList.list()).toEqual([]);
    }
    console.info(`a schedule for three runs makes ${calls} calls`);
    expect(calls).toBeGreaterThan(20);
  });

  test('gives each experiment its turn when one fails, and fails in the end', async () => {
    const opened = await openWithRuns(3, 1);
    const [broken] = opened.ids;
    const { upkeep } = opened;
    const tidy: typeof upkeep.tidy = (experimentId, ...rest) =>
      experimentId === broken ? Promise.reject(new Error('no')) : upkeep.tidy(experimentId, ...rest);
    const scheduled = scheduledOn(opened, { upkeep: { ...upkeep, tidy } });
    await expect(scheduled.tidy(MUCH_TIME)).rejects.toThrow('upkeep of 1 experiments failed');
    expect(scheduled.reports).toEqual([`archiving runs of experiment ${broken} failed`]);
    expect(await opened.workList.list()).toHaveLength(1);
    await scheduledOn(opened).tidy(MUCH_TIME);
    await expectArchived(opened, 3);
  });

  test('begins nothing when its time is short, and forgets nothing', async () => {
    const opened = await openWithRuns(2, 2);
    await opened.workList.noteDamage(String(opened.ids[0]));
    const snapshot = await opened.snapshot();
    await scheduledOn(opened).tidy(() => 100_000);
    expect(await opened.snapshot()).toEqual(snapshot);
  });

  test('that runs out of time in an experiment leaves the rest of it to the next one', async () => {
    const opened = await openWithRuns(1, 3);
    let looks = 0;
    const timeLeft = () => {
      looks += 1;
      return looks > 1 ? 0 : 900_000;
    };
    await scheduledOn(opened).tidy(timeLeft);
    expect((await opened.workList.list()).map(({ lookedAt }) => lookedAt)).toEqual([undefined, undefined, undefined]);
    await scheduledOn(opened).tidy(MUCH_TIME);
    await expectArchived(opened, 3);
  });

  test('without work reads nine units and writes none', async () => {
    const opened = await engine.openTable();
    const { client, measure } = meter(opened.client);
    const { reads, writes } = await measure(() => scheduledOn(opened, { client }).tidy(MUCH_TIME));
    console.info(`a schedule without work: ${writes} WRU, ${reads} RRU`);
    expect(writes).toBe(0);
    expect(reads).toBeLessThanOrEqual(9);
  });

  test('notes a run for one unit, however many records tell of it, and archives it alone for ten beside its packing', async () => {
    const opened = await engine.openTable();
    const { client, measure } = meter(opened.client);
    const { store, workList } = openWithUpkeep(client, opened.tableName);
    const next = streamOf(opened.items);
    const run = await addRun(store);
    for (const step of upTo(60)) await store.appendMetrics(stateOf(run), [point({ step })]);
    const records = await next(WRITTEN_AT);
    const noted = await measure(() => noteWrites([...records, ...records], workList, () => undefined));
    expect(noted).toMatchObject({ writes: 1, reads: 0 });
    const packed = await measure(() => store.packMetrics(run.runId, { force: true }));
    expect(packed.writes).toBeLessThanOrEqual(66);
    const archived = await measure(() => scheduledOn(opened, { client }).tidy(MUCH_TIME));
    console.info(`a note: ${noted.writes} WRU; archiving one run: ${archived.writes} WRU, ${archived.reads} RRU`);
    expect(archived.writes).toBeLessThanOrEqual(10);
  });

  test('archives forty runs for some eight units each', async () => {
    const opened = await openWithRuns(1, 40);
    const { client, measure } = meter(opened.client);
    const { reads, writes } = await measure(() => scheduledOn(opened, { client }).tidy(MUCH_TIME));
    console.info(`archiving forty runs: ${writes / 40} WRU, ${reads / 40} RRU each`);
    expect(writes / 40).toBeLessThanOrEqual(8.1);
    expect(reads / 40).toBeLessThanOrEqual(1);
  });
});

describe('damage', () => {
  const damage = (tableName: string) => {
    const { bytesOf } = memoryFilesOf(tableName);
    for (const [id, bytes] of bytesOf)
      bytesOf.set(
        id,
        bytes.map((byte) => byte ^ 1),
      );
  };

  test('that was noted is mended by the schedule, once', async () => {
    const opened = await openWithRuns(2, 2);
    const experimentId = String(opened.ids[0]);
    const before = await allRuns(opened.store, experimentId);
    await scheduledOn(opened).tidy(MUCH_TIME);
    damage(opened.tableName);
    await expect(allRuns(opened.reopen(), experimentId)).rejects.toThrow(SegmentCorrupt);
    await opened.workList.noteDamage(experimentId);
    await scheduledOn(opened).tidy(MUCH_TIME);
    expect(await allRuns(opened.reopen(), experimentId)).toEqual(before);
    expect(await opened.workList.listDamaged()).toEqual([]);
  });

  test('that the schedule itself meets is noted for the next one', async () => {
    const opened = await openWithRuns(1, 2);
    const { upkeep, workList } = opened;
    const tidy = () => Promise.reject(new SegmentCorrupt('Its file is gone'));
    const scheduled = scheduledOn(opened, { upkeep: { ...upkeep, tidy } });
    await expect(scheduled.tidy(MUCH_TIME)).rejects.toThrow('1 experiments');
    expect(await workList.listDamaged()).toEqual(opened.ids);
  });

  test('is mended at once on demand', async () => {
    const opened = await openWithRuns(1, 2);
    const experimentId = String(opened.ids[0]);
    const before = await allRuns(opened.store, experimentId);
    await scheduledOn(opened).tidy(MUCH_TIME);
    damage(opened.tableName);
    await scheduledOn(opened).rebuild(experimentId);
    expect(await allRuns(opened.reopen(), experimentId)).toEqual(before);
  });

  test('that cannot be mended stays noted and keeps nobody else from being archived', async () => {
    const opened = await openWithRuns(2, 2);
    const [broken] = opened.ids;
    await opened.workList.noteDamage(String(broken));
    const rebuild = () => Promise.reject(new Error('no'));
    const scheduled = scheduledOn(opened, { upkeep: { ...opened.upkeep, rebuild } });
    await expect(scheduled.tidy(MUCH_TIME)).rejects.toThrow('1 experiments');
    expect(await opened.workList.listDamaged()).toEqual([broken]);
    expect(await countKeys(opened, 'A#')).toBe(2);
  });
});

describe('a sweep', () => {
  test('notes live runs of which no note came, and no others', async () => {
    const opened = await openWithRuns(2, 2);
    const { store, workList, ids } = opened;
    await scheduledOn(opened).tidy(MUCH_TIME);
    const lost = await Promise.all(ids.map((id) => addRun(store, id)));
    await scheduledOn(opened).sweep(MUCH_TIME);
    const noted = (await workList.list()).map(({ runId, lastWriteAt }) => [runId, lastWriteAt]);
    expect(noted.toSorted()).toEqual(lost.map(({ runId }) => [runId, LATER]).toSorted());
    const snapshot = await opened.snapshot();
    await scheduledOn(opened).sweep(MUCH_TIME);
    expect(await opened.snapshot()).toEqual(snapshot);
    await scheduledOn(opened).tidy(MUCH_TIME);
    await expectArchived(opened, 6);
  });

  test('tells when it did not get to all experiments', async () => {
    const opened = await openWithRuns(1, 1);
    await expect(scheduledOn(opened).sweep(() => 0)).rejects.toThrow('2 experiments');
  });
});
