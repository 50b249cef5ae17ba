import { describe, expect, test } from 'vitest';
import type { Experiment, Run } from '../../../functions/domain/entities.ts';
import type { LifecycleStage } from '../../../functions/domain/lifecycle.ts';
import type { Store } from '../../../functions/store/store.ts';
import { allRuns } from '../all-runs.ts';
import { addRun, newExperiment, newRun, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

/** What happens to a single run between two steps of its experiment. */
type Deed = 'nothing' | LifecycleStage;

const DEEDS: readonly Deed[] = ['nothing', 'deleted', 'active'];
const EXPERIMENT_STEPS: readonly LifecycleStage[] = ['deleted', 'active', 'deleted'];
const PHASES = EXPERIMENT_STEPS.length + 1;

/** All sequences of deeds, one for each phase. */
const ALL_ORDERS: readonly (readonly Deed[])[] = upTo(PHASES).reduce<readonly (readonly Deed[])[]>(
  (orders) => orders.flatMap((order) => DEEDS.map((deed) => [...order, deed])),
  [[]],
);

const stepExperiment = (stage: LifecycleStage) => (current: Experiment) => ({
  ...current,
  stage,
  stageGeneration: current.stageGeneration + 1,
});

const markRun = (stage: LifecycleStage) => (run: Run) => ({ ...run, stage });

async function stagesOf(store: Store, experimentId: string): Promise<ReadonlyMap<string, LifecycleStage>> {
  return new Map((await allRuns(store, experimentId)).map(({ run, stage }) => [run.runId, stage]));
}

/** The stage of runs that are deleted and restored one by one and with their experiment. */
export function describeStages(open: OpenStore): void {
  describe("a run's stage", () => {
    test('is that of the last deed, its own or its experiment’s, in all orders of them', async () => {
      const { store } = await open();
      const experimentId = await store.createExperiment(newExperiment('a'));
      const cases = ALL_ORDERS.map((deeds) => ({ deeds, run: newRun(store, experimentId) }));
      await Promise.all(cases.map(({ run }) => store.createRun(run)));
      let expected = new Map<string, LifecycleStage>(cases.map(({ run }) => [run.runId, 'active']));
      for (const phase of upTo(PHASES)) {
        const step = EXPERIMENT_STEPS[phase - 1];
        if (step) {
          await store.updateExperiment(experimentId, stepExperiment(step));
          expected = new Map(cases.map(({ run }) => [run.runId, step]));
        }
        expect(await stagesOf(store, experimentId)).toEqual(expected);
        const deeds = cases.flatMap(({ run, deeds: { [phase]: deed } }) =>
          deed === undefined || deed === 'nothing' ? [] : [{ runId: run.runId, stage: deed }],
        );
        await Promise.all(deeds.map(({ runId, stage }) => store.updateRun(runId, markRun(stage))));
        for (const { runId, stage } of deeds) expected.set(runId, stage);
        expect(await stagesOf(store, experimentId)).toEqual(expected);
      }
      const states = await Promise.all(cases.map(({ run }) => store.getRunState(run.runId)));
      expect(new Map(states.map(({ runId, stage }) => [runId, stage]))).toEqual(expected);
      const views = await Promise.all(cases.map(({ run }) => store.getRun(run.runId)));
      expect(new Map(views.map(({ run, stage }) => [run.runId, stage]))).toEqual(expected);
    });

    test('is what a change sees in `stage`', async () => {
      const { store } = await open();
      const { runId } = await addRun(store, '0', { stage: 'deleted' });
      const seen: LifecycleStage[] = [];
      const look = (run: Run) => {
        seen.push(run.stage);
        return run;
      };
      await store.updateRun(runId, look);
      await store.updateExperiment('0', stepExperiment('deleted'));
      await store.updateExperiment('0', stepExperiment('active'));
      await store.updateRun(runId, look);
      await store.updateExperiment('0', stepExperiment('deleted'));
      await store.updateRun(runId, look);
      expect(seen).toEqual(['deleted', 'active', 'deleted']);
    });

    test('is what an update gives back, also one that changes nothing', async () => {
      const { store } = await open();
      const { runId } = await addRun(store);
      await store.updateExperiment('0', stepExperiment('deleted'));
      expect((await store.updateRun(runId, (run) => run)).stage).toBe('deleted');
      expect((await store.updateRun(runId, withTag('a'))).stage).toBe('deleted');
      expect((await store.getRun(runId)).stage).toBe('deleted');
    });

    test('is not changed by an update of something else', async () => {
      const { store } = await open();
      const { runId } = await addRun(store, '0', { stage: 'deleted' });
      await store.updateExperiment('0', stepExperiment('deleted'));
      await store.updateExperiment('0', stepExperiment('active'));
      await store.updateRun(runId, withTag('a'));
      expect((await store.getRun(runId)).stage).toBe('active');
    });

    test('follows an experiment that is deleted while its runs are written', async () => {
      const { store, reopen } = await open();
      const runs = await Promise.all(upTo(8).map(() => addRun(store)));
      const writes = runs.map(({ runId }) => reopen().updateRun(runId, withTag('a')));
      await Promise.all([...writes, reopen().updateExperiment('0', stepExperiment('deleted'))]);
      const views = await allRuns(store, '0');
      expect(views.map(({ stage, run }) => [stage, run.tags.size])).toEqual(runs.map(() => ['deleted', 1]));
    });
  });
}
