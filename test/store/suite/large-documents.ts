import { describe, expect, test } from 'vitest';
import type { Run } from '../../../functions/domain/entities.ts';
import { allRuns } from '../all-runs.ts';
import type { TestStore } from '../open-test-store.ts';
import { randomText } from '../random-text.ts';
import { addRun, point, stateOf, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const PARAM_LENGTH = 6000;

const paramsOf = (count: number, from = 0): ReadonlyMap<string, string> =>
  new Map(upTo(count).map((at) => [`p${from + at}`, randomText(PARAM_LENGTH, from + at)]));

/** MLflow's longest params, 2,000 of them: 12 MB that hardly compress. */
const HUGE = paramsOf(2000);
const LARGE = paramsOf(100);
const SMALL = paramsOf(1);

const setParams = (params: ReadonlyMap<string, string>) => (run: Run) => ({ ...run, params });

const partsLeft = async ({ keys }: TestStore) => (await keys()).filter(({ sk }) => sk.includes('~'));

/** Documents beyond DynamoDB's 400 KB. */
export function describeLargeDocuments(open: OpenStore): void {
  describe('a document beyond an item', () => {
    test('of 2,000 params of 6,000 characters comes back, also in the list, and shrinks without a rest', async () => {
      const bench = await open();
      const { store, reopen } = bench;
      const [run, small] = [await addRun(store), await addRun(store, '0', { params: SMALL })];
      await store.appendMetrics(stateOf(run), [point()]);
      await store.updateRun(run.runId, setParams(HUGE));
      expect(await partsLeft(bench)).not.toEqual([]);
      const view = await reopen().getRun(run.runId);
      expect(view.run.params).toEqual(HUGE);
      expect(view.metrics).toEqual([point()]);
      const listed = new Map((await allRuns(reopen(), '0')).map((each) => [each.run.runId, each]));
      expect(listed.get(run.runId)).toEqual(view);
      expect(listed.get(small.runId)?.run.params).toEqual(SMALL);
      await store.updateRun(run.runId, setParams(SMALL));
      expect((await reopen().getRun(run.runId)).run.params).toEqual(SMALL);
      expect(await partsLeft(bench)).toEqual([]);
    });

    test('can be created at once, and twice', async () => {
      const bench = await open();
      const run = await addRun(bench.store, '0', { params: LARGE });
      const before = await bench.snapshot();
      await bench.store.createRun(run);
      expect((await bench.store.getRun(run.runId)).run).toEqual(run);
      expect(await bench.snapshot()).toEqual(before);
    });

    test('keeps only the parts of its last version', async () => {
      const bench = await open();
      const run = await addRun(bench.store, '0', { params: LARGE });
      const count = (await partsLeft(bench)).length;
      for (const at of upTo(3)) await bench.store.updateRun(run.runId, withTag(`t${at}`));
      expect(await partsLeft(bench)).toHaveLength(count);
      expect((await bench.reopen().getRun(run.runId)).run).toMatchObject({ params: LARGE });
    });

    test('tells its stage without being read whole', async () => {
      const { store } = await open();
      const run = await addRun(store, '0', { params: LARGE, stage: 'deleted' });
      expect((await store.getRunState(run.runId)).stage).toBe('deleted');
    });

    test('loses none of 4 concurrent changes and leaves none of their parts', async () => {
      const bench = await open();
      const { runId } = await addRun(bench.store, '0', { params: LARGE });
      const count = (await partsLeft(bench)).length;
      await Promise.all(upTo(4).map((at) => bench.reopen().updateRun(runId, withTag(`t${at}`))));
      const { run } = await bench.reopen().getRun(runId);
      expect(run.tags.size).toBe(4);
      expect(run.params).toEqual(LARGE);
      expect(await partsLeft(bench)).toHaveLength(count);
    });

    test('is whole for whoever reads it while it is rewritten', async () => {
      const { store, reopen } = await open();
      const { runId } = await addRun(store, '0', { params: LARGE, tags: new Map([['v', '0']]) });
      const rewrite = async () => {
        for (const at of upTo(4)) {
          const params = paramsOf(100, at);
          await store.updateRun(runId, (run) => ({ ...run, params, tags: new Map([['v', String(at)]]) }));
        }
      };
      const read = async () => {
        const reader = reopen();
        for (const at of upTo(4)) {
          const { run } = at % 2 === 0 ? await reader.getRun(runId) : await only(allRuns(reader, '0'));
          expect(run.params).toEqual(paramsOf(100, Number(run.tags.get('v'))));
        }
      };
      await Promise.all([rewrite(), read(), read()]);
    });
  });
}

async function only<T>(items: Promise<readonly T[]>): Promise<T> {
  const [first, ...others] = await items;
  if (first === undefined || others.length > 0) throw new Error('Not exactly one');
  return first;
}
