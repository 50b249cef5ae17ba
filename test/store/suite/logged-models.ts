import { describe, expect, test } from 'vitest';
import type { ModelMetric } from '../../../functions/domain/entities.ts';
import { INT64_MAX } from '../../../functions/domain/int64.ts';
import { randomText } from '../random-text.ts';
import { addModel, modelMetric, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const UNKNOWN = ['m-00000000000000123456789012345678', '00000000000000123456789012345678', 'm-', 'x', ''];

const noModel = (id: string) => ({
  code: 'RESOURCE_DOES_NOT_EXIST',
  message: `Logged model with ID '${id}' not found.`,
});

const byStep = (metrics: readonly ModelMetric[]) => metrics.toSorted((a, b) => Number(a.step) - Number(b.step));

/** Logged models and their metrics. */
export function describeLoggedModels(open: OpenStore): void {
  describe('newModelId', () => {
    test('gives m- and 32 hex digits, never the same twice', async () => {
      const { store } = await open();
      const ids = upTo(50).map(() => store.newModelId('26'));
      expect(new Set(ids).size).toBe(50);
      for (const id of ids) expect(id).toMatch(/^m-00000000001a[0-9a-f]{20}$/);
    });
  });

  describe('a logged model', () => {
    test('comes back as it was created, for other processes too', async () => {
      const { store, reopen } = await open();
      const model = await addModel(store, '0', {
        name: '\u{1f600}',
        params: new Map([['__proto__', '1']]),
        tags: new Map([
          ['b', ''],
          ['a', 'é'],
        ]),
      });
      expect(await reopen().findLoggedModel(model.modelId)).toStrictEqual({ model, metrics: [] });
      expect(await reopen().listLoggedModels('0')).toStrictEqual([{ model, metrics: [] }]);
    });

    test('is harmless to create twice, also after it has changed', async () => {
      const { store } = await open();
      const model = await addModel(store);
      await store.updateLoggedModel(model.modelId, withTag('a'));
      await store.createLoggedModel(model);
      expect((await store.findLoggedModel(model.modelId))?.model.tags).toEqual(new Map([['a', 'a']]));
    });

    test('is found and listed when it is deleted', async () => {
      const { store } = await open();
      const { modelId } = await addModel(store);
      await store.updateLoggedModel(modelId, (model) => ({ ...model, isDeleted: true }));
      expect((await store.findLoggedModel(modelId))?.model.isDeleted).toBe(true);
      expect(await store.listLoggedModels('0')).toHaveLength(1);
    });

    test.each(UNKNOWN)('that is not there is undefined, and cannot be written: %j', async (id) => {
      const { store } = await open();
      expect(await store.findLoggedModel(id)).toBeUndefined();
      await expect(store.updateLoggedModel(id, withTag('a'))).rejects.toMatchObject(noModel(id));
    });

    test('is listed with its experiment and no other', async () => {
      const { store } = await open();
      const [a, b] = [await addModel(store, '1'), await addModel(store, '1')];
      await addModel(store, '10');
      const ids = (await store.listLoggedModels('1')).map(({ model }) => model.modelId);
      expect(ids.toSorted()).toEqual([a.modelId, b.modelId].toSorted());
      expect(await store.listLoggedModels('2')).toEqual([]);
    });

    test('loses none of 16 concurrent changes', async () => {
      const { store, reopen } = await open();
      const { modelId } = await addModel(store);
      await Promise.all(upTo(16).map((at) => reopen().updateLoggedModel(modelId, withTag(`t${at}`))));
      expect((await store.findLoggedModel(modelId))?.model.tags.size).toBe(16);
    });

    test('may be larger than an item, and shrink again', async () => {
      const { store, keys } = await open();
      const params = new Map(upTo(100).map((at) => [`p${at}`, randomText(6000, at)]));
      const model = await addModel(store, '0', { params });
      await store.appendModelMetrics(model.modelId, [modelMetric()]);
      expect(await store.findLoggedModel(model.modelId)).toEqual({ model, metrics: [modelMetric()] });
      expect(await store.listLoggedModels('0')).toEqual([{ model, metrics: [modelMetric()] }]);
      await store.updateLoggedModel(model.modelId, (current) => ({ ...current, params: new Map() }));
      expect((await store.findLoggedModel(model.modelId))?.model.params.size).toBe(0);
      expect((await keys()).filter(({ sk }) => sk.includes('~'))).toEqual([]);
    });
  });

  describe('the metrics of a logged model', () => {
    test('come with it, over several log calls', async () => {
      const { store, reopen } = await open();
      const { modelId } = await addModel(store);
      const metrics = upTo(6).map((step) => modelMetric({ step, datasetName: 'iris', datasetDigest: `d${step}` }));
      for (const at of [0, 2, 4]) await store.appendModelMetrics(modelId, metrics.slice(at, at + 2));
      expect(byStep((await reopen().findLoggedModel(modelId))?.metrics ?? [])).toEqual(metrics);
    });

    test('keep 64-bit integers and the names of datasets', async () => {
      const { store } = await open();
      const { modelId } = await addModel(store);
      const metric = modelMetric({ step: INT64_MAX, timestamp: INT64_MAX, datasetName: '', datasetDigest: undefined });
      await store.appendModelMetrics(modelId, [metric]);
      expect((await store.findLoggedModel(modelId))?.metrics).toStrictEqual([metric]);
    });

    test('count once for name, time, step and run, the first of them', async () => {
      const { store } = await open();
      const { modelId } = await addModel(store);
      await store.appendModelMetrics(modelId, [modelMetric({ value: 1 }), modelMetric({ value: 2 })]);
      await store.appendModelMetrics(modelId, [modelMetric({ value: 3 }), modelMetric({ runId: 'other', value: 4 })]);
      const values = ((await store.findLoggedModel(modelId))?.metrics ?? []).map(({ runId, value }) => [runId, value]);
      expect(values).toEqual([
        ['r', 1],
        ['other', 4],
      ]);
    });

    test('stay with their model', async () => {
      const { store } = await open();
      const [a, b] = [await addModel(store), await addModel(store)];
      await store.appendModelMetrics(a.modelId, [modelMetric({ value: 1 })]);
      await store.appendModelMetrics(b.modelId, [modelMetric({ value: 2 })]);
      const values = (await store.listLoggedModels('0')).map(({ model, metrics }) => [
        model.modelId,
        metrics[0]?.value,
      ]);
      expect(new Map(values as [string, number][])).toEqual(
        new Map([
          [a.modelId, 1],
          [b.modelId, 2],
        ]),
      );
    });

    test('lose none of 16 concurrent log calls', async () => {
      const { store, reopen } = await open();
      const { modelId } = await addModel(store);
      await Promise.all(upTo(16).map((step) => reopen().appendModelMetrics(modelId, [modelMetric({ step })])));
      expect((await store.findLoggedModel(modelId))?.metrics).toHaveLength(16);
    });

    test('may be 1,000 of the longest names in one call', async () => {
      const { store } = await open();
      const { modelId } = await addModel(store);
      const metrics = upTo(1000).map((at) =>
        modelMetric({ key: randomText(250, at), step: at, datasetName: randomText(500, 5000 + at) }),
      );
      await store.appendModelMetrics(modelId, metrics);
      expect(byStep((await store.findLoggedModel(modelId))?.metrics ?? [])).toEqual(metrics);
    });
  });
}
