import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../functions/domain/entities.ts';
import type { MetricPoint } from '../../../functions/domain/metric.ts';
import type { SortKey } from '../../../functions/search/sort-key.ts';
import type { DynamoStore } from '../../../functions/store/dynamo/index.ts';
import { RUN_ATTRIBUTES, type RunKey } from '../../../functions/store/run-survey.ts';
import type { DatasetUse, RunQuery } from '../../../functions/store/store.ts';
import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { createFaultyClient, serverError } from '../faulty-client.ts';
import { DEAD, lateTableBench } from '../late-process.ts';
import { openWithUpkeep, type TestStore } from '../open-test-store.ts';
import { seededRandom } from '../random-text.ts';
import { newExperiment, newRun, upTo } from '../samples.ts';
import { anyFilter, anyOrderBy } from '../segments/arbitrary-queries.ts';
import { KEYS, TEXTS } from '../segments/arbitrary-runs.ts';
import { engineAroundTests } from '../test-engine.ts';
import {
  chosenIn,
  createModel,
  datasetUsesIn,
  findIn,
  keysIn,
  logPoints,
  type Model,
  markOf,
  valuesIn,
  viewIn,
} from './model.ts';

const engine = engineAroundTests(() => startDynamoDb({ log: () => undefined }));

const STEPS = 1_000;
const EXPERIMENTS = ['0', '1', '2'];
const VIEWS = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'] as const;
/** Beyond the grace that searches have with segments that were merged away. */
const LATER_MS = 700_000;

/** Makes choices, the same for the same seed. */
function chooser(seed: number) {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    chance: (share: number) => random() < share,
    of: <T>(choices: readonly T[]): T => {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new Error('Nothing to choose from');
      return choice;
    },
  };
}
type Chooser = ReturnType<typeof chooser>;

interface World {
  readonly choose: Chooser;
  readonly model: Model;
  /** Processes on the same table, each with what it remembers. */
  readonly processes: readonly DynamoStore[];
  /** Kills a process that writes late, between two calls, and starts another one; only where there is such a one. */
  readonly restart: (() => Promise<void>) | undefined;
  /** A process that dies after so many calls. */
  readonly mortal: (calls: number) => DynamoStore;
  readonly queries: readonly Pick<RunQuery, 'filter' | 'orderBy'>[];
  readonly passTime: (ms: number) => void;
  readonly keys: TestStore['keys'];
}

const textMapOf = (choose: Chooser) => new Map(upTo(choose.below(4)).map(() => [choose.of(KEYS), choose.of(TEXTS)]));

const pointOf = (choose: Chooser): MetricPoint => ({
  key: choose.of(KEYS),
  value: choose.of([0, -0, 1, 1.5, -3, Number.NaN, Number.MAX_VALUE]),
  timestamp: choose.below(3),
  step: choose.below(3),
});

const datasetsOf = (choose: Chooser): Run['datasets'] =>
  upTo(choose.below(3)).map(() => ({
    name: choose.of(TEXTS),
    digest: choose.of(['a', 'b']),
    tags: choose.chance(0.5) ? [{ key: 'mlflow.data.context', value: choose.of(['training', 'x']) }] : [],
  }));

const anyRunIdIn = ({ choose, model }: World): string | undefined =>
  model.runs.size === 0 ? undefined : choose.of([...model.runs.keys()]);

type Step = (world: World) => Promise<void>;

const createRun: Step = async ({ choose, model, processes }) => {
  const { store } = choose.of(processes);
  const experimentId = choose.of(EXPERIMENTS);
  const run = newRun(store, experimentId, {
    runName: choose.of(TEXTS),
    userId: choose.of(['', 'ann', 'bob']),
    startTime: choose.of([0, 1, 2, 2n ** 53n + 1n]),
    params: textMapOf(choose),
    tags: textMapOf(choose),
    datasets: datasetsOf(choose),
    stageGeneration: markOf(model, experimentId).stageGeneration,
  });
  await store.createRun(run);
  model.runs.set(run.runId, run);
};

const CHANGES: readonly ((run: Run, choose: Chooser) => Run)[] = [
  (run, choose) => ({ ...run, tags: new Map([...run.tags, [choose.of(KEYS), choose.of(TEXTS)]]) }),
  (run, choose) => ({ ...run, params: new Map([...run.params, [choose.of(KEYS), choose.of(TEXTS)]]) }),
  (run, choose) => ({ ...run, status: choose.of(['FINISHED', 'FAILED', 'RUNNING']), endTime: choose.below(5) }),
  (run) => ({ ...run, stage: 'deleted', deletedTime: 5 }),
  (run) => ({ ...run, stage: 'active', deletedTime: undefined }),
  (run) => run,
];

const updateRun: Step = async (world) => {
  const { choose, model, processes } = world;
  const runId = anyRunIdIn(world);
  if (runId === undefined) return;
  const change = choose.of(CHANGES);
  const seed = choose.below(2 ** 31);
  let isChanged = false;
  const changed = await choose.of(processes).store.updateRun(runId, (run) => {
    const next = change(run, chooser(seed));
    isChanged = next !== run;
    return next;
  });
  if (isChanged) model.runs.set(runId, changed);
};

const logMetrics: Step = async (world) => {
  const { choose, model, processes } = world;
  const runId = anyRunIdIn(world);
  if (runId === undefined) return;
  const { store } = choose.of(processes);
  const points = upTo(1 + choose.below(4)).map(() => pointOf(choose));
  await store.appendMetrics(await store.getRunState(runId), points);
  logPoints(model, runId, points);
};

const markExperiment: Step = async ({ choose, model, processes }) => {
  const experimentId = choose.of(EXPERIMENTS);
  const experiment = await choose.of(processes).store.updateExperiment(experimentId, (current) => ({
    ...current,
    stage: current.stage === 'active' ? 'deleted' : 'active',
    stageGeneration: current.stageGeneration + 1,
  }));
  model.marks.set(experimentId, experiment);
};

/** Some of the runs, or all of them. */
const touchedIn = ({ choose, model }: World, experimentId: string) =>
  [...model.runs.values()]
    .filter((run) => run.experimentId === experimentId && choose.chance(0.4))
    .map(({ runId }) => ({ runId, lastWriteAt: 0, writes: 1 }));

const archive: Step = async (world) => {
  const experimentId = world.choose.of(EXPERIMENTS);
  await world.choose.of(world.processes).upkeep.tidy(experimentId, touchedIn(world, experimentId));
};

/** Two at once, or one that dies on the way, or one while somebody writes. */
const archiveTroubled: Step = async (world) => {
  const { choose, processes, mortal } = world;
  const experimentId = choose.of(EXPERIMENTS);
  const others = [
    () => choose.of(processes).upkeep.tidy(experimentId, touchedIn(world, experimentId)),
    () => mortal(choose.below(12)).upkeep.tidy(experimentId, touchedIn(world, experimentId)),
    () => mortal(choose.below(12)).upkeep.rebuild(experimentId),
    () => logMetrics(world),
    () => updateRun(world),
    () => searchDuringMoves(world),
  ];
  const dying = mortal(choose.below(20)).upkeep.tidy(experimentId, touchedIn(world, experimentId));
  const outcomes = await Promise.allSettled([dying, choose.of(others)()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') expectDeath(outcome.reason);
};

/** What was acknowledged but late is there again, whatever the process was about when it died. */
const dieAndStart: Step = async (world) => {
  const { choose, processes, restart } = world;
  if (!restart) return;
  const experimentId = choose.of(EXPERIMENTS);
  const tidying = choose.chance(0.5) && choose.of(processes).upkeep.tidy(experimentId, touchedIn(world, experimentId));
  for (const _ of upTo(choose.below(40))) await setImmediate();
  const [outcome] = await Promise.allSettled([tidying, restart()]);
  if (outcome.status === 'rejected') expectDeath(outcome.reason);
};

/** Only the faults that the mortal ones meet may come out. */
function expectDeath(error: unknown): void {
  if (error === DEAD) return;
  const isDeath = error instanceof Error && 'code' in error && error.code === 'TEMPORARILY_UNAVAILABLE';
  if (!isDeath) throw error;
}

/** As garbage collection does it; emptied runs may stay hidden for a while. */
async function remove({ removals }: DynamoStore, experimentId: string, ids: readonly string[], isForgotten: boolean) {
  for (const id of await removals.beginRuns(experimentId, ids, ({ stage }) => stage === 'deleted')) {
    await removals.emptyRun(id);
  }
  if (isForgotten) await removals.forgetRuns(experimentId, 1_000);
}

/** Removes deleted runs for good: after one that dies on the way, and beside archivers, mergers and rebuilders. */
const removeRuns: Step = async (world) => {
  const { choose, model, processes, mortal } = world;
  const experimentId = choose.of(EXPERIMENTS);
  const ofExperiment = [...model.runs.values()].filter((run) => run.experimentId === experimentId);
  const asked = ofExperiment.filter(() => choose.chance(0.3)).map(({ runId }) => runId);
  const isForgotten = choose.chance(0.7);
  const others = [
    () => choose.of(processes).upkeep.tidy(experimentId, touchedIn(world, experimentId)),
    () => mortal(choose.below(20)).upkeep.tidy(experimentId, touchedIn(world, experimentId)),
    () => mortal(choose.below(12)).upkeep.rebuild(experimentId),
    () => remove(mortal(choose.below(30)), experimentId, asked, true),
    () => remove(choose.of(processes), experimentId, asked, isForgotten),
  ];
  const dying = remove(mortal(choose.below(30)), experimentId, asked, true);
  const outcomes = await Promise.allSettled([dying, choose.of(others)()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') expectDeath(outcome.reason);
  await remove(choose.of(processes), experimentId, asked, isForgotten);
  for (const runId of asked) {
    const run = model.runs.get(runId);
    if (!run || viewIn(model, run).stage === 'active') continue;
    model.runs.delete(runId);
    model.latest.delete(runId);
    await expect(choose.of(processes).store.getRun(runId)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  }
};

const rebuild: Step = async ({ choose, processes, passTime }) => {
  passTime(LATER_MS);
  await choose.of(processes).upkeep.rebuild(choose.of(EXPERIMENTS));
};

const queryOf = ({ choose, queries }: World): RunQuery => ({
  ...choose.of(queries),
  experimentIds: EXPERIMENTS.filter(() => choose.chance(0.7)),
  view: choose.of(VIEWS),
  limit: choose.of([1, 3, 7, 50]),
});

const search: Step = async (world) => {
  const { choose, model, processes } = world;
  const query = queryOf(world);
  let after: SortKey | undefined;
  for (const _ of upTo(4)) {
    const { sortKeys, hasMore, read } = await choose.of(processes).store.searchRuns({ ...query, after });
    const expected = findIn(model, { ...query, after });
    expect({ runs: await read([...sortKeys.keys()]), hasMore }).toEqual(expected);
    after = throughJson(sortKeys.at(-1));
    if (!hasMore) return;
  }
};

const throughJson = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

/** While runs move, each is found once, as it is. */
const searchDuringMoves: Step = async (world) => {
  const { choose, model, processes } = world;
  const query = { ...queryOf(world), limit: 500 };
  const { sortKeys, read } = await choose.of(processes).store.searchRuns(query);
  expect(await read([...sortKeys.keys()])).toEqual(findIn(model, query).runs);
};

const getRun: Step = async (world) => {
  const runId = anyRunIdIn(world);
  const run = runId === undefined ? undefined : world.model.runs.get(runId);
  if (!run) return;
  expect(await world.choose.of(world.processes).store.getRun(run.runId)).toEqual(viewIn(world.model, run));
};

const listDatasets: Step = async ({ choose, model, processes }) => {
  const experimentId = choose.of(EXPERIMENTS);
  const uses = await choose.of(processes).store.listDatasetUses(experimentId);
  expect(sorted(uses)).toEqual(sorted(datasetUsesIn(model, experimentId)));
};

const KINDS = ['attribute', 'metric', 'param', 'tag'] as const;
const SURVEYED: readonly RunKey[] = KINDS.flatMap((kind) =>
  (kind === 'attribute' ? RUN_ATTRIBUTES : KEYS).map((key) => ({ kind, key })),
);

/** What is told without runs is what the runs would tell. */
const survey: Step = async (world) => {
  const { choose, model, processes } = world;
  const choice = queryOf(world);
  const { store } = choose.of(processes);
  const key = choose.of(SURVEYED);
  expect(await store.countRuns(choice)).toBe(chosenIn(model, choice).length);
  expect(sortedCounts(await store.countRunValues(choice, key))).toEqual(sortedCounts(valuesIn(model, choice, key)));
  const counts = await store.countRunKeys(choice, SURVEYED);
  expect(counts).toEqual(SURVEYED.map((one) => sumOf(valuesIn(model, choice, one))));
  const { experimentIds } = choice;
  const listed = new Set((await store.listRunKeys(experimentIds)).map(({ kind, key: name }) => `${kind} ${name}`));
  expect([...keysIn(model, experimentIds)].filter((key) => !listed.has(key))).toEqual([]);
};

const sortedCounts = (counts: ReadonlyMap<string, number>) => [...counts].sort();
const sumOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);

const sorted = (uses: readonly DatasetUse[]) =>
  uses.map(({ name, digest, context }) => JSON.stringify([name, digest, context])).toSorted();

const STEPS_BY_WEIGHT: readonly (readonly [Step, number])[] = [
  [createRun, 6],
  [updateRun, 8],
  [logMetrics, 8],
  [markExperiment, 1],
  [archive, 5],
  [archiveTroubled, 4],
  [rebuild, 0.5],
  [removeRuns, 1],
  [search, 10],
  [getRun, 4],
  [listDatasets, 1],
  [survey, 3],
  [dieAndStart, 2],
];
const STEP_CHOICES = STEPS_BY_WEIGHT.flatMap(([step, weight]) => upTo(weight * 2).map(() => step));

/** Several processes; a single one that keeps what it has read; or one that also writes late. */
type Kind = 'several' | 'only' | 'late';

async function openWorld(seed: number, kind: Kind): Promise<World> {
  const { tableName, client, store, keys } = await engine.openTable();
  for (const id of EXPERIMENTS.slice(1)) await store.createExperiment(newExperiment(`experiment ${id}`));
  let time = 1_000_000;
  const clock = () => time;
  const bench = lateTableBench(tableName);
  const started = kind === 'late' ? [await bench.start(client, { clock })] : [];
  const open = () => openWithUpkeep(client, tableName, { isOnlyWriter: kind === 'only', clock });
  const alone = started[0]?.store ?? open();
  const processes = kind === 'several' ? [alone, open()] : [alone];
  const restart = async () => {
    await started.pop()?.die();
    const next = await bench.start(client, { clock });
    started.push(next);
    processes.splice(0, 1, next.store);
  };
  const filters = fc.sample(anyFilter, { seed, numRuns: 300 });
  const orders = fc.sample(anyOrderBy, { seed, numRuns: 300 });
  return {
    choose: chooser(seed + 1),
    model: createModel(),
    processes,
    restart: kind === 'late' ? restart : undefined,
    mortal: (calls) => {
      const [only] = processes;
      if (kind !== 'several' && only) return only;
      const faulty = createFaultyClient(engine.connection(), ({ number }) =>
        number > calls ? serverError() : undefined,
      );
      return openWithUpkeep(faulty.client, tableName, { clock });
    },
    queries: filters.flatMap((filter, at) => (orders[at] ? [{ filter, orderBy: orders[at] }] : [])),
    passTime: (ms) => {
      time += ms;
    },
    keys: async () => {
      await processes[0]?.settle();
      return keys();
    },
  };
}

/** Of runs that were removed nothing is left, whoever died on the way. */
async function expectNoTraces({ model, processes, keys }: World): Promise<void> {
  for (const experimentId of EXPERIMENTS) await processes[0]?.upkeep.purge(experimentId);
  const named = (await keys()).flatMap(({ pk, sk }) => `${pk} ${sk}`.match(/[0-9a-f]{32}/) ?? []);
  expect([...new Set(named)].filter((runId) => !model.runs.has(runId))).toEqual([]);
}

const HISTORIES: readonly (readonly [Kind, string, number])[] = [
  ...upTo(6).map((seed) => ['several', 'several processes', seed] as const),
  ...upTo(2).map((seed) => ['only', 'the only writer, which keeps what it has read', 100 + seed] as const),
  ...upTo(2).map((seed) => ['late', 'the only writer, which writes late and dies now and then', 200 + seed] as const),
];

describe('a random history of writes, archiving, merging, removals, crashes and searches', () => {
  test.each(HISTORIES)(
    'differs nowhere from plain memory: %2$s, seed %3$i',
    async (kind, _, seed) => {
      const world = await openWorld(seed, kind);
      for (const _ of upTo(STEPS)) await world.choose.of(STEP_CHOICES)(world);
      await expectNoTraces(world);
    },
    300_000,
  );
});
