import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../functions/search/parse-filter.ts';
import type { RunChoice } from '../../../functions/store/run-survey.ts';
import { addRun, newExperiment, point, stateOf } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const choose = (experimentIds: readonly string[], filter = '', part: Partial<RunChoice> = {}): RunChoice => ({
  experimentIds,
  view: 'ACTIVE_ONLY',
  filter: parseFilter('runs', filter),
  ...part,
});

/** Three runs in two experiments, one of them deleted; `archive` moves the first experiment's into the archive. */
async function openSurveyed(open: OpenStore, isArchived: boolean) {
  const opened = await open();
  const { store, upkeep } = opened;
  const [one, two] = [
    await store.createExperiment(newExperiment('one')),
    await store.createExperiment(newExperiment('two')),
  ];
  const adam = new Map([['optimizer', 'adam']]);
  const first = await addRun(store, one, { params: adam, tags: new Map([['team', 'red']]) });
  const second = await addRun(store, one, { params: new Map([['optimizer', 'sgd']]) });
  await addRun(store, two, { params: adam });
  await store.appendMetrics(stateOf(first), [point({ value: 0.5 }), point({ key: 'acc', value: Number.NaN })]);
  await store.updateRun(second.runId, (run) => ({ ...run, stage: 'deleted', deletedTime: 5 }));
  if (isArchived) {
    const written = [first, second].map(({ runId }) => ({ runId, lastWriteAt: 0, writes: 1 }));
    await upkeep.tidy(one, written);
  }
  return { store, one, two, first };
}

/** What is told of runs without the runs. */
export function describeRunSurvey(open: OpenStore): void {
  describe.each([
    { where: 'live', isArchived: false },
    { where: 'archived', isArchived: true },
  ])('a survey of $where runs', ({ isArchived }) => {
    test('counts those that match, of the stages that are asked for, over several experiments', async () => {
      const { store, one, two } = await openSurveyed(open, isArchived);
      expect(await store.countRuns(choose([one, two]))).toBe(2);
      expect(await store.countRuns(choose([one]))).toBe(1);
      expect(await store.countRuns(choose([one], '', { view: 'ALL' }))).toBe(2);
      expect(await store.countRuns(choose([one, two], "params.optimizer = 'adam' AND metrics.loss < 1"))).toBe(1);
      expect(await store.countRuns(choose([]))).toBe(0);
      expect(await store.countRuns(choose(['999']))).toBe(0);
    });

    test('lists the keys of all runs, and counts the runs that have them', async () => {
      const { store, one, two } = await openSurveyed(open, isArchived);
      const keys = await store.listRunKeys([one, two]);
      expect(keys.map(({ kind, key }) => `${kind} ${key}`).toSorted()).toEqual([
        'metric acc',
        'metric loss',
        'param optimizer',
        'tag team',
      ]);
      const asked = [
        { kind: 'metric', key: 'acc' },
        { kind: 'param', key: 'optimizer' },
        { kind: 'tag', key: 'none' },
        { kind: 'attribute', key: 'user_id' },
        { kind: 'attribute', key: 'end_time' },
      ] as const;
      expect(await store.countRunKeys(choose([one, two]), asked)).toEqual([1, 2, 0, 2, 0]);
      expect(await store.countRunKeys(choose([one], '', { view: 'DELETED_ONLY' }), asked)).toEqual([0, 1, 0, 1, 0]);
    });

    test('counts values over several experiments', async () => {
      const { store, one, two } = await openSurveyed(open, isArchived);
      const optimizer = { kind: 'param', key: 'optimizer' } as const;
      expect([...(await store.countRunValues(choose([one, two]), optimizer))]).toEqual([['adam', 2]]);
      const all = await store.countRunValues(choose([one, two], '', { view: 'ALL' }), optimizer);
      expect([...all].sort()).toEqual([
        ['adam', 2],
        ['sgd', 1],
      ]);
      expect([...(await store.countRunValues(choose([one]), { kind: 'metric', key: 'loss' }))]).toEqual([['0.5', 1]]);
      expect([...(await store.countRunValues(choose([one]), { kind: 'tag', key: 'none' }))]).toEqual([]);
    });

    test('counts a run once that was written to after it was archived', async () => {
      const { store, one, first } = await openSurveyed(open, isArchived);
      await store.updateRun(first.runId, (run) => ({ ...run, params: new Map([['optimizer', 'lion']]) }));
      expect(await store.countRuns(choose([one]))).toBe(1);
      const values = await store.countRunValues(choose([one]), { kind: 'param', key: 'optimizer' });
      expect([...values]).toEqual([['lion', 1]]);
    });
  });
}
