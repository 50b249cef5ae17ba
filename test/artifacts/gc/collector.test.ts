import { describe, expect, test } from 'vitest';
import type { CollectRequest } from '../../../functions/artifacts/gc/choose.ts';
import { type CollectPosition, createCollector } from '../../../functions/artifacts/gc/collector.ts';
import type { IsReferredTo } from '../../../functions/artifacts/gc/removing.ts';
import type { CollectReport, Kind } from '../../../functions/artifacts/gc/report.ts';
import type { Experiment, Run } from '../../../functions/domain/entities.ts';
import { invalidParameter, MlflowError } from '../../../functions/domain/errors.ts';
import { MAX_ATTEMPTS } from '../../../functions/store/dynamo/client/create-dynamo-client.ts';
import type { DynamoStore } from '../../../functions/store/dynamo/index.ts';
import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { allRuns } from '../../store/all-runs.ts';
import { killedAt } from '../../store/fault-scenario.ts';
import {
  createFaultyClient,
  type Fault,
  type FaultPlan,
  serverError,
  throttledFirst,
  transactionConflict,
} from '../../store/faulty-client.ts';
import { memoryFilesOf } from '../../store/memory-segment-files.ts';
import { meter } from '../../store/metered-client.ts';
import { openWithUpkeep, type TestStore } from '../../store/open-test-store.ts';
import { addModel, addRun, newExperiment, point, stateOf, upTo } from '../../store/samples.ts';
import { engineAroundTests } from '../../store/test-engine.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-stored-files.ts';

const engine = engineAroundTests(() => startDynamoDb({ log: () => undefined }));

const NOW = 1_000_000;
const ALL: CollectRequest = { olderThanMs: undefined, runIds: [], experimentIds: [], modelIds: [], isDryRun: false };
const ROOT = 's3://root/';

const deleteExperiment = (current: Experiment): Experiment => ({
  ...current,
  stage: 'deleted',
  stageGeneration: current.stageGeneration + 1,
  lastUpdateTime: 500_000,
});
const restoreExperiment = (current: Experiment): Experiment => ({
  ...deleteExperiment(current),
  stage: 'active',
});
const restoreRun = (run: Run): Run => ({ ...run, stage: 'active', deletedTime: undefined });

interface Options {
  readonly isReferredTo?: IsReferredTo;
  /** How often the time may be asked for before it is up. */
  readonly looks?: number;
}

/** A collector of a process, and what it reported to its log. */
function collectorOf(
  { store, removals }: DynamoStore,
  files: MemoryFiles,
  { isReferredTo = async () => [] }: Options = {},
) {
  const failures: string[] = [];
  const collector = createCollector({
    store,
    removals,
    files,
    pathOf: (uri) => {
      if (uri.startsWith(ROOT)) return uri.slice(ROOT.length);
      throw invalidParameter(`${uri} is not ours`);
    },
    isReferredTo,
    onFailure: (message) => failures.push(message),
  });
  return { collector, failures };
}

const timeFor = (looks = Number.POSITIVE_INFINITY) => {
  let left = looks;
  return { now: NOW, isTimeUp: () => left-- <= 0 };
};

/** Collects to the end; gives the reports of all steps. */
async function collectAll(
  process: DynamoStore,
  files: MemoryFiles,
  request: Partial<CollectRequest> = {},
  options: Options = {},
): Promise<readonly CollectReport[]> {
  const { collector } = collectorOf(process, files, options);
  const reports: CollectReport[] = [];
  let from: CollectPosition | undefined;
  do {
    const { report, next } = await collector.collect({ ...ALL, ...request }, from, timeFor(options.looks));
    reports.push(report);
    // As a page token carries it.
    from = next && JSON.parse(JSON.stringify(next));
    expect(reports.length).toBeLessThan(500);
  } while (from);
  return reports;
}

const removedIn = (reports: readonly CollectReport[], kind: Kind) => reports.flatMap((report) => report[kind].removed);
const foundIn = (reports: readonly CollectReport[], kind: Kind) =>
  reports.reduce((sum, report) => sum + report[kind].found, 0);
const keptIn = (reports: readonly CollectReport[], kind: Kind) => reports.flatMap((report) => report[kind].kept);
const failedIn = (reports: readonly CollectReport[], kind: Kind) => reports.flatMap((report) => report[kind].failed);

interface World extends TestStore {
  readonly files: MemoryFiles;
  readonly garbage: readonly string[];
  readonly living: Run;
  readonly models: readonly string[];
  readonly experimentId: string;
  readonly inside: readonly string[];
  readonly modelsInside: readonly string[];
  readonly open: (plan?: FaultPlan) => DynamoStore;
}

/** Deleted runs, live and archived, a deleted model, a deleted experiment with runs and a model; all with a file or two. */
async function openWorld(): Promise<World> {
  const table = await engine.openTable();
  const { store, upkeep, client, tableName } = table;
  const files = createMemoryFiles();
  await store.listExperiments();
  const addFiles = (uri: string) => {
    files.sizeOf.set(`${uri.slice(ROOT.length)}/a`, 10).set(`${uri.slice(ROOT.length)}/b/c`, 5);
  };
  const deleted = { stage: 'deleted', deletedTime: 400_000 } as const;
  const runs = await Promise.all(upTo(4).map((at) => addRun(store, '0', { ...deleted, startTime: at })));
  const living = await addRun(store, '0', { startTime: 9 });
  await upkeep.tidy(
    '0',
    [...runs.slice(2), living].map(({ runId }) => ({ runId, lastWriteAt: 0, writes: 1 })),
  );
  const model = await addModel(store, '0', { isDeleted: true, lastUpdateTime: 400_000 });
  const experimentId = await store.createExperiment(newExperiment('a'));
  const inside = await Promise.all(upTo(3).map((at) => addRun(store, experimentId, { startTime: at })));
  await upkeep.tidy(
    experimentId,
    inside.slice(1).map(({ runId }) => ({ runId, lastWriteAt: 0, writes: 1 })),
  );
  const modelInside = await addModel(store, experimentId);
  await store.updateExperiment(experimentId, deleteExperiment);
  for (const run of [...runs, living, ...inside]) {
    await store.appendMetrics(await store.getRunState(run.runId), [point()]);
    addFiles(run.artifactUri);
  }
  for (const { artifactUri } of [model, modelInside]) addFiles(artifactUri);
  return {
    ...table,
    files,
    garbage: runs.map(({ runId }) => runId),
    living,
    models: [model.modelId],
    experimentId,
    inside: inside.map(({ runId }) => runId),
    modelsInside: [modelInside.modelId],
    open: (plan) => openWithUpkeep(plan ? createFaultyClient(engine.connection(), plan).client : client, tableName),
  };
}

/** All that was deleted is gone, with its files, and the living run is as it was. */
async function expectClean({ open, keys, files, living, garbage, inside, models, modelsInside, experimentId }: World) {
  const gone = [...garbage, ...inside, ...models, ...modelsInside];
  const left = (await keys()).map(({ pk, sk }) => `${pk} ${sk}`);
  expect(left.filter((key) => gone.some((id) => key.includes(id)))).toEqual([]);
  const families = new RegExp(`^(RUNS|MODELS|DATASETS|SEGMENTS)#${experimentId}[# ]|^EXPERIMENTS.* ${experimentId}$`);
  expect(left.filter((key) => families.test(key))).toEqual([]);
  expect([...files.sizeOf.keys()].filter((path) => !path.includes(living.runId))).toEqual([]);
  expect(files.sizeOf.size).toBe(2);
  const { store } = open();
  expect((await allRuns(store, '0')).map(({ run }) => run.runId)).toEqual([living.runId]);
  expect((await store.listExperiments()).map(({ name }) => name)).toEqual(['Default']);
  expect(await store.createExperiment(newExperiment('a'))).not.toBe(experimentId);
}

const sorted = (ids: readonly string[]) => ids.toSorted();

describe('a collection', () => {
  test('removes all that was deleted and tells what that was', async () => {
    const world = await openWorld();
    const reports = await collectAll(world.open(), world.files);
    expect(reports).toHaveLength(1);
    expect(sorted(removedIn(reports, 'runs'))).toEqual(sorted([...world.garbage, ...world.inside]));
    expect(sorted(removedIn(reports, 'loggedModels'))).toEqual(sorted([...world.models, ...world.modelsInside]));
    expect(removedIn(reports, 'experiments')).toEqual([world.experimentId]);
    expect(reports[0]?.runs).toMatchObject({ found: 7, objects: 14, bytes: 105, kept: [], failed: [], leftFiles: [] });
    await expectClean(world);
    const again = await collectAll(world.open(), world.files);
    expect(['runs', 'loggedModels', 'experiments'].map((kind) => again[0]?.[kind as Kind].found)).toEqual([0, 0, 0]);
  });

  test('comes to the same end in steps, however short they are', async () => {
    for (const looks of [0, 1, 3, 7]) {
      const world = await openWorld();
      const reports = await collectAll(world.open(), world.files, {}, { looks });
      expect(sorted(removedIn(reports, 'runs'))).toEqual(sorted([...world.garbage, ...world.inside]));
      expect(foundIn(reports, 'runs')).toBe(7);
      expect(foundIn(reports, 'loggedModels')).toBe(2);
      expect(foundIn(reports, 'experiments')).toBe(1);
      expect(reports.flatMap(({ runs }) => [...runs.kept, ...runs.failed])).toEqual([]);
      expect(reports.reduce((sum, { runs }) => sum + runs.bytes, 0)).toBe(105);
      await expectClean(world);
    }
  });

  test('in short steps comes to the same end for what is named, too', async () => {
    const world = await openWorld();
    const request = {
      runIds: world.garbage,
      modelIds: world.models,
      experimentIds: [world.experimentId],
    };
    const reports = await collectAll(world.open(), world.files, request, { looks: 0 });
    expect(reports.length).toBeGreaterThan(3);
    expect(sorted(removedIn(reports, 'runs'))).toEqual(sorted([...world.garbage, ...world.inside]));
    expect([foundIn(reports, 'runs'), foundIn(reports, 'loggedModels')]).toEqual([7, 2]);
    await expectClean(world);
  });

  test('that is dry says the same and changes nothing', async () => {
    const world = await openWorld();
    const before = await world.snapshot();
    const dry = await collectAll(world.open(), world.files, { isDryRun: true });
    expect(await world.snapshot()).toEqual(before);
    expect(world.files.sizeOf.size).toBe(20);
    const real = await collectAll(world.open(), world.files);
    for (const kind of ['runs', 'loggedModels', 'experiments'] as const) {
      expect(sorted(removedIn(dry, kind))).toEqual(sorted(removedIn(real, kind)));
      expect(dry[0]?.[kind]).toMatchObject({ found: real[0]?.[kind].found, objects: real[0]?.[kind].objects });
    }
  });

  test('leaves what was deleted later than it is told', async () => {
    const world = await openWorld();
    const early = await collectAll(world.open(), world.files, { olderThanMs: NOW - 400_000 + 1 });
    expect([foundIn(early, 'runs'), foundIn(early, 'experiments')]).toEqual([0, 0]);
    const between = await collectAll(world.open(), world.files, { olderThanMs: NOW - 400_000 });
    expect(sorted(removedIn(between, 'runs'))).toEqual(sorted(world.garbage));
    expect(removedIn(between, 'loggedModels')).toEqual(world.models);
    expect(foundIn(between, 'experiments')).toBe(0);
    // MLflow: an experiment must be older, a run may be as old.
    expect(foundIn(await collectAll(world.open(), world.files, { olderThanMs: NOW - 500_000 }), 'experiments')).toBe(0);
    await collectAll(world.open(), world.files, { olderThanMs: NOW - 500_001 });
    await expectClean(world);
  });

  test('keeps what is referred to, and the experiment that holds it', async () => {
    const world = await openWorld();
    const held = new Set([world.garbage[0], world.inside[1], ...world.modelsInside]);
    const isReferredTo: IsReferredTo = async ({ id, kind }) => (held.has(id) ? [`version 1 of a, by ${kind}`] : []);
    const dry = await collectAll(world.open(), world.files, { isDryRun: true }, { isReferredTo });
    const reports = await collectAll(world.open(), world.files, {}, { isReferredTo });
    for (const all of [dry, reports]) {
      expect(keptIn(all, 'runs')).toHaveLength(2);
      expect(keptIn(all, 'runs')).toContainEqual({
        id: world.garbage[0],
        reason: 'It is referred to by version 1 of a, by run.',
      });
      expect(keptIn(all, 'loggedModels')).toEqual([
        { id: world.modelsInside[0], reason: 'It is referred to by version 1 of a, by logged_model.' },
      ]);
      expect(keptIn(all, 'experiments').map(({ id }) => id)).toEqual([world.experimentId]);
      expect(removedIn(all, 'runs')).toHaveLength(5);
    }
    const { store } = world.open();
    for (const id of [world.garbage[0], world.inside[1]]) expect((await store.getRun(id ?? '')).stage).toBe('deleted');
    expect([...world.files.sizeOf.keys()].filter((path) => path.includes(String(world.inside[1])))).toHaveLength(2);
    await store.updateExperiment(world.experimentId, restoreExperiment);
    expect((await allRuns(store, world.experimentId)).map(({ run }) => run.runId)).toEqual([world.inside[1]]);
  });

  test('tells of files that are not ours, and of locations that others may have files in', async () => {
    const { store, files, open } = await openWorld();
    const deleted = { stage: 'deleted', deletedTime: 1 } as const;
    const foreign = await addRun(store, '0', { ...deleted, artifactUri: 's3://elsewhere/x' });
    const shared = await addRun(store, '0', { ...deleted, artifactUri: 's3://root/0' });
    const reports = await collectAll(open(), files, { runIds: [foreign.runId, shared.runId] });
    expect(reports[0]?.runs.leftFiles.toSorted((a, b) => (a.uri < b.uri ? -1 : 1))).toEqual([
      { id: foreign.runId, uri: 's3://elsewhere/x', reason: 's3://elsewhere/x is not ours' },
      { id: shared.runId, uri: 's3://root/0', reason: expect.stringContaining('does not name it') },
    ]);
    expect(sorted(removedIn(reports, 'runs'))).toEqual(sorted([foreign.runId, shared.runId]));
    expect(files.sizeOf.size).toBe(20);
  });

  test('goes on past what fails, says so, and finishes it the next time', async () => {
    const world = await openWorld();
    const folder = `0/${world.garbage[1]}/artifacts`;
    world.files.failing.set(folder, new MlflowError('TEMPORARILY_UNAVAILABLE', 'No answer.'));
    world.files.failing.set(`${world.experimentId}/models/${world.modelsInside[0]}/artifacts`, new Error('secret'));
    const reports = await collectAll(world.open(), world.files);
    expect(failedIn(reports, 'runs')).toEqual([{ id: world.garbage[1], reason: 'No answer.' }]);
    expect(failedIn(reports, 'loggedModels')).toEqual([
      { id: world.modelsInside[0], reason: 'Internal error; the server log has the details.' },
    ]);
    expect(keptIn(reports, 'experiments').map(({ id }) => id)).toEqual([world.experimentId]);
    expect(removedIn(reports, 'runs')).toHaveLength(6);
    await expect(world.open().store.updateRun(String(world.garbage[1]), restoreRun)).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
    world.files.failing.clear();
    const named = await collectAll(world.open(), world.files, { runIds: [String(world.garbage[1])] });
    expect(removedIn(named, 'runs')).toEqual([world.garbage[1]]);
    await collectAll(world.open(), world.files);
    await expectClean(world);
  });

  test('leaves an experiment whose archive cannot be read to the next one, and does the others', async () => {
    const world = await openWorld();
    const { bytesOf } = memoryFilesOf(world.tableName);
    for (const id of [...bytesOf.keys()]) if (id.startsWith(`${world.experimentId}/`)) bytesOf.delete(id);
    const { collector, failures } = collectorOf(world.open(), world.files);
    const { report } = await collector.collect(ALL, undefined, timeFor());
    expect(report.experiments.failed.map(({ id }) => id)).toEqual([world.experimentId]);
    expect(failures).toEqual([`collecting experiment ${world.experimentId} failed`]);
    expect(sorted(report.runs.removed)).toEqual(sorted(world.garbage));
    await world.open().upkeep.rebuild(world.experimentId);
    await collectAll(world.open(), world.files);
    await expectClean(world);
  });

  test('gives up uploads that nobody finished, and tells why it could not', async () => {
    const world = await openWorld();
    const calls: unknown[] = [];
    const files: MemoryFiles = {
      ...world.files,
      abortUploads: async (beforeMs, isDryRun) => {
        calls.push([beforeMs, isDryRun]);
        if (calls.length > 1) throw new MlflowError('TEMPORARILY_UNAVAILABLE', 'No answer.');
        return { found: 3, aborted: 3 };
      },
    };
    const [first] = await collectAll(world.open(), files);
    expect(first?.uploads).toEqual({ found: 3, aborted: 3, failed: [] });
    const [second] = await collectAll(world.open(), files);
    expect(second?.uploads.failed).toEqual(['No answer.']);
    expect(calls[0]).toEqual([NOW - 7 * 86_400_000, false]);
    await collectAll(world.open(), files, { runIds: [] });
    expect(calls).toHaveLength(3);
  });
});

describe('a restore that comes meanwhile', () => {
  test('of a run that was chosen wins, or finds it gone with its files: nothing in between', async () => {
    const outcomes = new Set<string>();
    for (const seed of upTo(12)) {
      const world = await openWorld();
      const runId = world.garbage[seed % 4] ?? '';
      const other = world.open();
      const restore = async () => {
        for (const _ of upTo(seed * 6)) await other.store.getRunState(world.living.runId);
        return other.store.updateRun(runId, restoreRun);
      };
      const [restored] = await Promise.allSettled([restore(), collectAll(world.open(), world.files)]);
      outcomes.add(restored.status);
      const files = [...world.files.sizeOf.keys()].filter((path) => path.includes(runId));
      if (restored.status === 'fulfilled') {
        expect((await world.open().store.getRun(runId)).stage).toBe('active');
        expect(files).toHaveLength(2);
      } else {
        expect(restored.reason).toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
        await expect(world.open().store.getRun(runId)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
        expect(files).toEqual([]);
        expect((await world.keys()).filter(({ pk, sk }) => `${pk} ${sk}`.includes(runId))).toEqual([]);
      }
    }
    console.info(`restores beside a collection: ${[...outcomes].join(' and ')}`);
  });

  test('of an experiment keeps what was not removed by then, with its files', async () => {
    for (const at of upTo(4)) {
      const world = await openWorld();
      let removals = 0;
      world.files.onRemove.call = async (folder) => {
        if (!folder.startsWith(`${world.experimentId}/`)) return;
        removals += 1;
        if (removals === at + 1) await world.open().store.updateExperiment(world.experimentId, restoreExperiment);
      };
      const reports = await collectAll(world.open(), world.files);
      expect(removedIn(reports, 'experiments')).toEqual([]);
      expect(keptIn(reports, 'experiments').map(({ id }) => id)).toEqual([world.experimentId]);
      const { store } = world.open();
      expect((await store.getExperiment(world.experimentId)).stage).toBe('active');
      const [runs, models] = [
        await allRuns(store, world.experimentId),
        await store.listLoggedModels(world.experimentId),
      ];
      const left = [...runs.map(({ run }) => run.runId), ...models.map(({ model }) => model.modelId)];
      for (const id of left) {
        expect([...world.files.sizeOf.keys()].filter((path) => path.includes(id))).toHaveLength(2);
      }
      const gone = [...world.inside, ...world.modelsInside].filter((id) => !left.includes(id));
      for (const id of gone) expect([...world.files.sizeOf.keys()].filter((path) => path.includes(id))).toEqual([]);
    }
  });

  test('after an experiment was begun with finds it gone', async () => {
    const world = await openWorld();
    await world.removals.beginExperiment(world.experimentId, () => true);
    await expect(world.open().store.updateExperiment(world.experimentId, restoreExperiment)).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
    const named = await collectAll(world.open(), world.files, { experimentIds: [world.experimentId] });
    expect(removedIn(named, 'experiments')).toEqual([world.experimentId]);
  });
});

describe('a collector that dies', () => {
  test('between any two calls leaves nothing half visible, and the next one finishes', async () => {
    const reference = await openWorld();
    const faulty = createFaultyClient(engine.connection(), () => undefined);
    await collectAll(openWithUpkeep(faulty.client, reference.tableName), reference.files);
    const calls = faulty.countCalls();
    expect(calls).toBeGreaterThan(50);
    console.info(`a collection of seven runs, two models and an experiment makes ${calls} calls`);
    for (let call = 1; call <= calls; call += 3) {
      const world = await openWorld();
      await Promise.allSettled([collectAll(world.open(killedAt(call)), world.files)]);
      await expectNothingTorn(world);
      await collectAll(world.open(), world.files);
      await expectClean(world);
    }
  }, 240_000);

  test.each<[string, () => Fault]>([
    ['fails', serverError],
    ['takes effect, and all its answers are lost', () => ({ kind: 'answer lost', times: MAX_ATTEMPTS })],
  ])(
    'of a call that %s goes on where it can, and the next one finishes',
    async (_, faultOf) => {
      for (let call = 2; call <= 200; call += 7) {
        const world = await openWorld();
        const plan: FaultPlan = ({ number }) => (number === call ? faultOf() : undefined);
        await Promise.allSettled([collectAll(world.open(plan), world.files)]);
        await expectNothingTorn(world);
        await collectAll(world.open(), world.files);
        await expectClean(world);
      }
    },
    120_000,
  );

  test.each<[string, () => Fault]>([
    ['an answer is lost', () => ({ kind: 'answer lost', times: 1 })],
    ['a call is throttled at first', () => throttledFirst(2)],
  ])(
    'is none when %s',
    async (_, faultOf) => {
      for (let call = 1; call <= 200; call += 11) {
        const world = await openWorld();
        const plan: FaultPlan = ({ number }) => (number === call ? faultOf() : undefined);
        const reports = await collectAll(world.open(plan), world.files);
        expect(reports.flatMap(({ runs, experiments }) => [...runs.failed, ...experiments.failed])).toEqual([]);
        await expectClean(world);
      }
    },
    120_000,
  );

  test('is none when transactions of others hold its items', async () => {
    const world = await openWorld();
    const met = new Set<string>();
    const plan: FaultPlan = ({ operation }) => {
      const isFirst = !met.has(operation);
      met.add(operation);
      return isFirst ? transactionConflict(operation) : undefined;
    };
    await collectAll(world.open(plan), world.files);
    await expectClean(world);
  });
});

/** A run that anybody can still see has all its files, and what a search finds can be read by its id. */
async function expectNothingTorn({ open, files, experimentId }: World): Promise<void> {
  const { store } = open();
  for (const id of ['0', experimentId]) {
    for (const view of await allRuns(store, id)) {
      expect(await store.getRun(view.run.runId)).toEqual(view);
      expect([...files.sizeOf.keys()].filter((path) => path.includes(view.run.runId))).toHaveLength(2);
    }
    for (const { model } of await store.listLoggedModels(id)) {
      expect([...files.sizeOf.keys()].filter((path) => path.includes(model.modelId))).toHaveLength(2);
    }
  }
}

describe('collectors at once', () => {
  test('come to the same end as one, beside archivers, rebuilders and packers', async () => {
    for (const _ of upTo(3)) {
      const world = await openWorld();
      const [first = ''] = world.inside;
      for (const step of upTo(20)) {
        await world.store.appendMetrics(stateOf({ ...world.living, runId: first }), [point({ step })]);
      }
      const touched = [...world.garbage, world.living.runId].map((runId) => ({ runId, lastWriteAt: 0, writes: 100 }));
      await Promise.allSettled([
        collectAll(world.open(), world.files),
        collectAll(world.open(), world.files),
        world.open().upkeep.tidy('0', touched),
        world.open().upkeep.rebuild(world.experimentId),
        world.open().store.packMetrics(first, { force: true }),
      ]);
      await collectAll(world.open(), world.files);
      await expectClean(world);
    }
  });
});

test('a collection of forty archived runs stays within twelve write units for each', async () => {
  const { store, upkeep, client, tableName, items } = await engine.openTable();
  const files = createMemoryFiles();
  await store.listExperiments();
  const runs = await Promise.all(
    upTo(40).map((at) => addRun(store, '0', { startTime: at, stage: 'deleted', deletedTime: 1 })),
  );
  for (const run of runs) await store.appendMetrics(stateOf(run), [point()]);
  await upkeep.tidy(
    '0',
    runs.map(({ runId }) => ({ runId, lastWriteAt: 0, writes: 1 })),
  );
  const metered = meter(client);
  const process = openWithUpkeep(metered.client, tableName);
  const { reads, writes } = await metered.measure(() => collectAll(process, files));
  console.info(`collecting forty runs: ${writes / 40} WRU, ${reads / 40} RRU each`);
  expect(writes).toBeLessThanOrEqual(12 * 40);
  expect((await items()).filter(({ pk }) => pk?.S?.startsWith('METRICS') || pk?.S?.startsWith('RUNS'))).toEqual([]);
});
