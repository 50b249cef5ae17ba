import { describe, expect, test } from 'vitest';
import type { Run } from '../../../functions/domain/entities.ts';
import type { Removals } from '../../../functions/store/removals.ts';
import { allRuns } from '../all-runs.ts';
import { memoryFilesOf } from '../memory-segment-files.ts';
import type { TestStore } from '../open-test-store.ts';
import { randomText } from '../random-text.ts';
import {
  addModel,
  addRun,
  dataset,
  historyOf,
  modelMetric,
  newExperiment,
  point,
  stateOf,
  upTo,
  withTag,
} from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const GONE = { code: 'RESOURCE_DOES_NOT_EXIST' };
const LARGE = new Map(upTo(85).map((at) => [`p${at}`, randomText(6000, at)]));

const isDeleted = ({ stage }: Pick<Run, 'stage'>) => stage === 'deleted';

/** Removes a run as the collector does, but for the artifacts. */
async function removeRun(removals: Removals, experimentId: string, runId: string): Promise<boolean> {
  const begun = await removals.beginRuns(experimentId, [runId], isDeleted);
  if (!begun.has(runId)) return false;
  await removals.emptyRun(runId);
  await removals.forgetRuns(experimentId, 1_000_000);
  return true;
}

async function removeExperiment(removals: Removals, experimentId: string): Promise<boolean> {
  if (!(await removals.beginExperiment(experimentId, isDeleted))) return false;
  await removals.removeExperiment(experimentId);
  return true;
}

const archive = ({ upkeep }: TestStore, experimentId: string, runs: readonly Run[]) =>
  upkeep.tidy(
    experimentId,
    runs.map(({ runId }) => ({ runId, lastWriteAt: 0, writes: 100 })),
  );

const deleteRun = (run: Run): Run => ({ ...run, stage: 'deleted', deletedTime: 20 });
const restoreRun = (run: Run): Run => ({ ...run, stage: 'active', deletedTime: undefined });

/** Logs often enough that the history is packed, into chunks and into shared parts. */
async function logMany({ store }: TestStore, run: Run): Promise<void> {
  for (const call of upTo(12)) {
    const points = upTo(40).map((at) => point({ step: call * 40 + at, timestamp: call }));
    await store.appendMetrics(stateOf(run), [...points, point({ key: 'few', step: call })]);
  }
}

/** How a run may lie in the store. */
const SHAPES: readonly (readonly [string, Partial<Run>, (table: TestStore, run: Run) => Promise<unknown>])[] = [
  ['a live run', {}, async () => undefined],
  ['a run beyond an item', { params: LARGE }, async () => undefined],
  [
    'a run whose history is packed in part',
    {},
    async (table, run) => {
      await logMany(table, run);
      await table.store.packMetrics(run.runId, { force: true });
      await table.store.appendMetrics(stateOf(run), [point({ step: 999 })]);
    },
  ],
  [
    'an archived run',
    {},
    async (table, run) => {
      await logMany(table, run);
      await archive(table, '0', [run]);
    },
  ],
  ['an archived run beyond an item', { params: LARGE }, (table, run) => archive(table, '0', [run])],
  [
    'a run that came back from the archive and went there again',
    {},
    async (table, run) => {
      await archive(table, '0', [run]);
      await table.store.updateRun(run.runId, withTag('back'));
      await archive(table, '0', [run]);
      await table.store.updateRun(run.runId, withTag('back again'));
    },
  ],
];

const mentions = async (table: TestStore, id: string) =>
  (await table.keys()).filter(({ pk, sk }) => pk.includes(id) || sk.includes(id));

const idsOf = async (table: TestStore) => (await allRuns(table.another(), '0')).map(({ run }) => run.runId);

/** What garbage collection removes for good. */
export function describeRemovals(openTable: OpenStore): void {
  const open = async () => {
    const table = await openTable();
    // The first read makes the default experiment.
    await table.store.listExperiments();
    return table;
  };

  describe.each(SHAPES)('removing %s', (_, part, arrange) => {
    const prepare = async (stage: 'active' | 'deleted') => {
      const table = await open();
      const neighbour = await addRun(table.store, '0', { startTime: 5 });
      const run = await addRun(table.store, '0', part);
      await arrange(table, run);
      if (stage === 'deleted') await table.store.updateRun(run.runId, deleteRun);
      await archive(table, '0', [neighbour]);
      return { table, run, neighbour };
    };

    test('leaves nothing of it, and its neighbour as it was', async () => {
      const { table, run, neighbour } = await prepare('deleted');
      await table.workList.note({ runId: run.runId, lastWriteAt: 1, writes: 1 });
      const before = await table.another().getRun(neighbour.runId);
      expect(await idsOf(table)).toContain(run.runId);
      expect(await removeRun(table.removals, '0', run.runId)).toBe(true);
      expect(await mentions(table, run.runId)).toEqual([]);
      for (const store of [table.store, table.another(), table.reopen()]) {
        await expect(store.getRun(run.runId)).rejects.toMatchObject(GONE);
        await expect(store.getRunState(run.runId)).rejects.toMatchObject(GONE);
        await expect(store.updateRun(run.runId, restoreRun)).rejects.toMatchObject(GONE);
        expect(await historyOf(store, run.runId, 'loss')).toEqual([]);
      }
      expect(await allRuns(table.store, '0')).toEqual([before]);
      expect(await allRuns(table.reopen(), '0')).toEqual([before]);
      await table.upkeep.rebuild('0');
      expect(await allRuns(table.reopen(), '0')).toEqual([before]);
    });

    test('hides it as soon as it has begun: nobody can restore it, nor find it', async () => {
      const { table, run, neighbour } = await prepare('deleted');
      expect(await table.removals.beginRuns('0', [run.runId], isDeleted)).toEqual(new Set([run.runId]));
      const begun = [{ id: run.runId, artifactUri: run.artifactUri }];
      expect(await table.removals.listUnfinishedRuns('0')).toEqual({ begun, hasEmptied: false });
      expect(await table.removals.findBegunRun(run.runId)).toEqual({ ...begun[0], experimentId: '0' });
      for (const store of [table.store, table.another(), table.reopen()]) {
        await expect(store.getRun(run.runId)).rejects.toMatchObject(GONE);
        await expect(store.getRunState(run.runId)).rejects.toMatchObject(GONE);
        await expect(store.updateRun(run.runId, restoreRun)).rejects.toMatchObject(GONE);
        expect((await allRuns(store, '0')).map((view) => view.run.runId)).toEqual([neighbour.runId]);
      }
      await archive(table, '0', [run, neighbour]);
      await table.upkeep.rebuild('0');
      expect((await allRuns(table.reopen(), '0')).map((view) => view.run.runId)).toEqual([neighbour.runId]);
      expect((await table.removals.listUnfinishedRuns('0')).begun).toHaveLength(1);
    });

    test('is refused for one that is active, and changes nothing', async () => {
      const { table, run } = await prepare('active');
      const before = await table.snapshot();
      expect(await removeRun(table.removals, '0', run.runId)).toBe(false);
      await table.removals.emptyRun(run.runId);
      expect(await table.snapshot()).toEqual(before);
    });
  });

  test('removing a run takes along what writers left who died', async () => {
    const table = await open();
    const run = await addRun(table.store, '0', { params: LARGE });
    const parts = (await table.items()).filter(({ sk }) => sk?.S?.includes('~'));
    const [part] = parts;
    const names = [`L#${run.runId}#doc~000000000007-dead~0000`, `A#${run.runId}~000000000003-dead~0000`];
    for (const sk of names) {
      await table.client.send('PutItem', { TableName: table.tableName, Item: { ...part, sk: { S: sk } } });
    }
    await table.store.updateRun(run.runId, deleteRun);
    expect(await removeRun(table.removals, '0', run.runId)).toBe(true);
    expect(await mentions(table, run.runId)).toEqual([]);
  });

  describe('emptied runs', () => {
    test('stay hidden while nobody writes their segments again, and are forgotten by the upkeep', async () => {
      const table = await open();
      const runs = await Promise.all(
        upTo(4).map((at) => addRun(table.store, '0', { startTime: at, stage: 'deleted' })),
      );
      await archive(table, '0', runs);
      const [run] = runs;
      const runId = run?.runId ?? '';
      await table.removals.beginRuns('0', [runId], isDeleted);
      await table.removals.emptyRun(runId);
      await table.removals.forgetRuns('0', 3);
      expect(await mentions(table, runId)).toHaveLength(1);
      expect(await table.removals.listUnfinishedRuns('0')).toEqual({ begun: [], hasEmptied: true });
      expect(await idsOf(table)).not.toContain(runId);
      await table.upkeep.tidy('0', []);
      expect(await mentions(table, runId)).toEqual([]);
      expect((await idsOf(table)).toSorted()).toEqual(
        runs.flatMap((one) => (one.runId === runId ? [] : one.runId)).toSorted(),
      );
    });

    test('leave no segment behind when all of it goes', async () => {
      const table = await open();
      const runs = await Promise.all(
        upTo(3).map((at) => addRun(table.store, '0', { startTime: at, stage: 'deleted' })),
      );
      await archive(table, '0', runs);
      const ids = runs.map(({ runId }) => runId);
      expect(await table.removals.beginRuns('0', ids, isDeleted)).toEqual(new Set(ids));
      for (const id of ids) await table.removals.emptyRun(id);
      await table.removals.forgetRuns('0', 100);
      expect(await idsOf(table)).toEqual([]);
      expect(await allRuns(table.reopen(), '0')).toEqual([]);
      const more = await addRun(table.store, '0');
      await archive(table, '0', [more]);
      expect(await idsOf(table)).toEqual([more.runId]);
    });
  });

  describe('removing runs of a deleted experiment', () => {
    test('counts them as deleted, those that were restored by themselves not', async () => {
      const table = await open();
      const experimentId = await table.store.createExperiment(newExperiment('a'));
      const [one, two] = await Promise.all(upTo(2).map(() => addRun(table.store, experimentId)));
      const ids = [one?.runId ?? '', two?.runId ?? ''];
      await table.store.updateExperiment(experimentId, (current) => ({
        ...current,
        stage: 'deleted',
        stageGeneration: 1,
      }));
      await table.store.updateRun(ids[1] ?? '', restoreRun);
      expect(await table.removals.beginRuns(experimentId, ids, isDeleted)).toEqual(new Set([ids[0]]));
    });

    test('is refused for runs of other experiments and ids that nobody made', async () => {
      const table = await open();
      const run = await addRun(table.store, '0', { stage: 'deleted' });
      const experimentId = await table.store.createExperiment(newExperiment('a'));
      const asked = [run.runId, 'x', table.store.newRunId(experimentId)];
      expect(await table.removals.beginRuns(experimentId, asked, () => true)).toEqual(new Set());
      expect((await table.store.getRun(run.runId)).run.runId).toBe(run.runId);
    });
  });

  describe('removing a logged model', () => {
    test('hides it when it begins and leaves nothing of it', async () => {
      const table = await open();
      const { modelId, artifactUri } = await addModel(table.store, '0', { isDeleted: true, params: LARGE });
      const other = await addModel(table.store);
      await table.store.appendModelMetrics(modelId, [modelMetric()]);
      expect(await table.removals.beginModel(modelId, (model) => !model.isDeleted)).toBe(false);
      expect(await table.removals.beginModel(modelId, (model) => model.isDeleted)).toBe(true);
      expect(await table.removals.listBegunModels('0')).toEqual([{ id: modelId, artifactUri }]);
      expect(await table.removals.findBegunModel(modelId)).toEqual({ id: modelId, artifactUri });
      expect(await table.another().findLoggedModel(modelId)).toBeUndefined();
      await expect(table.another().updateLoggedModel(modelId, withTag('late'))).rejects.toMatchObject(GONE);
      expect((await table.another().listLoggedModels('0')).map(({ model }) => model.modelId)).toEqual([other.modelId]);
      await table.removals.removeModel(modelId);
      expect(await mentions(table, modelId)).toEqual([]);
      expect(await table.removals.findBegunModel(modelId)).toBeUndefined();
      expect(await table.removals.beginModel(modelId, () => true)).toBe(false);
      expect(await table.removals.beginModel('m-x', () => true)).toBe(false);
    });

    test('does nothing to one whose removal has not begun', async () => {
      const table = await open();
      const { modelId } = await addModel(table.store, '0', { isDeleted: true });
      await table.removals.removeModel(modelId);
      expect(await table.store.findLoggedModel(modelId)).toBeDefined();
    });
  });

  describe('removing an experiment', () => {
    const prepare = async () => {
      const table = await open();
      const experimentId = await table.store.createExperiment(newExperiment('a', { tags: LARGE }));
      const runs = await Promise.all(upTo(3).map(() => addRun(table.store, experimentId, { params: LARGE })));
      for (const run of runs) await table.store.appendMetrics(stateOf(run), [point()]);
      await archive(table, experimentId, runs.slice(0, 2));
      await addModel(table.store, experimentId);
      await table.store.putDatasets(experimentId, [dataset()]);
      await table.workList.noteDamage(experimentId);
      return { table, experimentId, runs };
    };
    const deleteIt = (table: TestStore, id: string) =>
      table.store.updateExperiment(id, (current) => ({ ...current, stage: 'deleted', stageGeneration: 1 }));

    test('leaves nothing of it, and its name is free', async () => {
      const { table, experimentId, runs } = await prepare();
      await deleteIt(table, experimentId);
      await allRuns(table.another(), experimentId);
      expect(await removeExperiment(table.removals, experimentId)).toBe(true);
      for (const store of [table.store, table.another(), table.reopen()]) {
        await expect(store.getExperiment(experimentId)).rejects.toMatchObject(GONE);
        expect(await store.findExperimentByName('a')).toBeUndefined();
        expect((await store.listExperiments()).map(({ name }) => name)).toEqual(['Default']);
        expect(await allRuns(store, experimentId)).toEqual([]);
        expect(await store.listLoggedModels(experimentId)).toEqual([]);
        await expect(store.getRun(runs[0]?.runId ?? '')).rejects.toMatchObject(GONE);
        await expect(store.getRunState(runs[2]?.runId ?? '')).rejects.toMatchObject(GONE);
      }
      const left = (await table.keys()).filter(({ pk }) => !/^(EXPERIMENTS|NAME|COUNTERS)/.test(pk));
      expect(left).toEqual([]);
      expect((await table.keys()).filter(({ sk }) => sk.startsWith(experimentId))).toEqual([]);
      expect([...memoryFilesOf(table.tableName).bytesOf.keys()]).toEqual([]);
      expect(await table.store.createExperiment(newExperiment('a'))).not.toBe(experimentId);
    });

    test('hides it when it begins: it cannot be restored, its runs are gone with it, its name is free', async () => {
      const { table, experimentId, runs } = await prepare();
      await deleteIt(table, experimentId);
      expect(await table.removals.beginExperiment(experimentId, isDeleted)).toBe(true);
      expect(await table.removals.listBegunExperiments()).toEqual([experimentId]);
      for (const store of [table.store, table.another(), table.reopen()]) {
        const restore = store.updateExperiment(experimentId, (current) => ({ ...current, stage: 'active' }));
        await expect(restore).rejects.toMatchObject(GONE);
        await expect(store.getExperiment(experimentId)).rejects.toMatchObject(GONE);
        for (const { runId } of runs) await expect(store.getRun(runId)).rejects.toMatchObject(GONE);
        for (const { runId } of runs) await expect(store.updateRun(runId, restoreRun)).rejects.toMatchObject(GONE);
        expect(await allRuns(store, experimentId)).toEqual([]);
      }
      await table.store.createExperiment(newExperiment('a'));
      // What is left of its runs can still be removed, with their artifacts.
      const ids = runs.map(({ runId }) => runId);
      expect(await table.removals.beginRuns(experimentId, ids, () => true)).toEqual(new Set(ids));
      await table.removals.removeExperiment(experimentId);
      expect(await table.removals.listBegunExperiments()).toEqual([]);
      expect((await table.store.findExperimentByName('a'))?.experimentId).not.toBe(experimentId);
    });

    test('is refused for one that is active or was never there', async () => {
      const { table, experimentId } = await prepare();
      const before = await table.snapshot();
      expect(await removeExperiment(table.removals, experimentId)).toBe(false);
      expect(await removeExperiment(table.removals, '99')).toBe(false);
      await table.removals.removeExperiment(experimentId);
      expect(await table.snapshot()).toEqual(before);
    });

    test('that is the default one makes room for a new and empty one', async () => {
      const table = await open();
      await addRun(table.store, '0');
      await deleteIt(table, '0');
      expect(await removeExperiment(table.removals, '0')).toBe(true);
      for (const store of [table.store, table.reopen()]) {
        expect(await store.getExperiment('0')).toMatchObject({ name: 'Default', stage: 'active' });
        expect(await allRuns(store, '0')).toEqual([]);
      }
    });
  });
}
