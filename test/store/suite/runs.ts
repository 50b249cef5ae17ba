import { describe, expect, test } from 'vitest';
import { invalidParameter } from '../../../functions/domain/errors.ts';
import { INT64_MAX, INT64_MIN } from '../../../functions/domain/int64.ts';
import { allRuns } from '../all-runs.ts';
import { addRun, newExperiment, newRun, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const UNKNOWN = [
  '0000000000000012345678901234567890'.slice(0, 32),
  'x',
  '',
  'm-00000000000000123456789012345678',
  '../..',
];

const noRun = (id: string) => ({ code: 'RESOURCE_DOES_NOT_EXIST', message: `Run with id=${id} not found` });

/** Runs: create, get, list and update. */
export function describeRuns(open: OpenStore): void {
  describe('newRunId', () => {
    test('gives 32 hex digits, never the same twice', async () => {
      const { store } = await open();
      const ids = upTo(100).map(() => store.newRunId('26'));
      expect(new Set(ids).size).toBe(100);
      for (const id of ids) expect(id).toMatch(/^00000000001a[0-9a-f]{20}$/);
    });
  });

  describe('createRun', () => {
    test('keeps all of it, for other processes too', async () => {
      const { store, reopen } = await open();
      const run = await addRun(store, '0', {
        runName: 'größe \u{1f600}',
        status: 'FAILED',
        startTime: INT64_MIN,
        endTime: INT64_MAX,
        params: new Map([
          ['__proto__', '1'],
          ['b', ''],
          ['a', '\u0000'],
        ]),
        tags: new Map([
          ['mlflow.runName', 'x'],
          ['constructor', 'y'],
        ]),
        datasets: [{ name: 'iris', digest: 'd', tags: [{ key: '__proto__', value: 'v' }] }],
        modelInputs: ['m-1'],
        modelOutputs: [{ modelId: 'm-2', step: INT64_MAX }],
      });
      expect(await reopen().getRun(run.runId)).toStrictEqual({ run, stage: 'active', metrics: [] });
    });

    test('is harmless when it runs twice, also after the run has changed', async () => {
      const { store } = await open();
      const run = await addRun(store);
      await store.updateRun(run.runId, withTag('a'));
      await store.createRun(run);
      expect((await store.getRun(run.runId)).run.tags).toEqual(new Map([['a', 'a']]));
    });
  });

  describe('a run that is not there', () => {
    test.each(UNKNOWN)('is not found by any verb: %j', async (id) => {
      const { store } = await open();
      await expect(store.getRun(id)).rejects.toMatchObject(noRun(id));
      await expect(store.getRunState(id)).rejects.toMatchObject(noRun(id));
      await expect(store.updateRun(id, withTag('a'))).rejects.toMatchObject(noRun(id));
    });

    test('is not found when its experiment has others', async () => {
      const { store } = await open();
      await addRun(store);
      const id = store.newRunId('0');
      await expect(store.getRun(id)).rejects.toMatchObject(noRun(id));
    });
  });

  describe('getRunState', () => {
    test('tells the experiment and the stage', async () => {
      const { store } = await open();
      const { runId } = await addRun(store, '0');
      expect(await store.getRunState(runId)).toEqual({ runId, experimentId: '0', stage: 'active' });
    });
  });

  describe('searchRuns', () => {
    test('gives all runs of an experiment and of no other, deleted ones too', async () => {
      const { store } = await open();
      const ids = await Promise.all(upTo(11).map((at) => store.createExperiment(newExperiment(`e${at}`))));
      expect(ids).toEqual(expect.arrayContaining(['1', '10', '11']));
      const deleted = await addRun(store, '1', { stage: 'deleted' });
      const active = await addRun(store, '1');
      await addRun(store, '10');
      await addRun(store, '11');
      const views = (await allRuns(store, '1')).map(({ run, stage }) => [run.runId, stage]);
      expect(views.toSorted()).toEqual(
        [
          [deleted.runId, 'deleted'],
          [active.runId, 'active'],
        ].toSorted(),
      );
    });

    test('is empty for an experiment that is not there', async () => {
      const { store } = await open();
      expect(await allRuns(store, '999')).toEqual([]);
      expect(await allRuns(store, 'x#y')).toEqual([]);
    });

    test('gives more than a page of the database', async () => {
      const { store } = await open();
      const runs = upTo(30).map(() => newRun(store, '0', { tags: new Map([['t', 'x'.repeat(3500)]]) }));
      const longer = upTo(20).map((at) => newRun(store, '0', { params: paramsOf(at) }));
      await Promise.all([...runs, ...longer].map(store.createRun));
      const found = await allRuns(store, '0');
      expect(new Set(found.map(({ run }) => run.runId)).size).toBe(50);
    });

    test('sees a write at once', async () => {
      const { store, reopen } = await open();
      const { runId } = await addRun(store);
      await store.updateRun(runId, withTag('a'));
      expect((await allRuns(reopen(), '0'))[0]?.run.tags).toEqual(new Map([['a', 'a']]));
    });
  });

  describe('updateRun', () => {
    test('gives what it wrote, and readers see it', async () => {
      const { store, reopen } = await open();
      const { runId } = await addRun(store);
      const written = await store.updateRun(runId, (run) => ({ ...run, status: 'FINISHED', endTime: 5 }));
      expect(written).toMatchObject({ status: 'FINISHED', endTime: 5 });
      expect((await reopen().getRun(runId)).run).toStrictEqual(written);
    });

    test('writes nothing for a change that gives the same object', async () => {
      const { store, snapshot } = await open();
      const run = await addRun(store);
      const before = await snapshot();
      expect(await store.updateRun(run.runId, (current) => current)).toStrictEqual(run);
      expect(await snapshot()).toEqual(before);
    });

    test('leaves all as it was when the change refuses', async () => {
      const { store, snapshot } = await open();
      const { runId } = await addRun(store);
      const before = await snapshot();
      const refuse = () => {
        throw invalidParameter('no');
      };
      await expect(store.updateRun(runId, refuse)).rejects.toMatchObject({ message: 'no' });
      expect(await snapshot()).toEqual(before);
    });

    test('loses none of 32 concurrent changes', async () => {
      const { store, reopen } = await open();
      const { runId } = await addRun(store);
      await Promise.all(upTo(32).map((at) => reopen().updateRun(runId, withTag(`t${at}`))));
      expect((await reopen().getRun(runId)).run.tags.size).toBe(32);
    });

    test('loses none of 32 changes that come at once by the same process', async () => {
      const { store } = await open();
      const { runId } = await addRun(store);
      await Promise.all(upTo(32).map((at) => store.updateRun(runId, withTag(`t${at}`))));
      expect((await store.getRun(runId)).run.tags.size).toBe(32);
    });

    test('lets one of 32 concurrent writers of a param win, whose value all others see', async () => {
      const { store, reopen } = await open();
      const { runId } = await addRun(store);
      const logOnce = (value: string) =>
        reopen().updateRun(runId, (run) => {
          if (run.params.has('p')) throw invalidParameter('taken');
          return { ...run, params: new Map([['p', value]]) };
        });
      const outcomes = await Promise.allSettled(upTo(32).map((at) => logOnce(`v${at}`)));
      const won = outcomes.flatMap((outcome) =>
        outcome.status === 'fulfilled' ? [outcome.value.params.get('p')] : [],
      );
      expect(won).toHaveLength(1);
      expect((await reopen().getRun(runId)).run.params.get('p')).toBe(won[0]);
    });
  });
}

/** About 60 KB that do not compress away. */
const paramsOf = (seed: number): ReadonlyMap<string, string> =>
  new Map(upTo(1000).map((at) => [`p${at}`, `${Math.sin(seed * 1000 + at)}${Math.cos(seed * 1000 + at)}`]));
