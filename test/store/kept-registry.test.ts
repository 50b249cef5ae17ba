import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withTransition } from '../../functions/domain/model-version.ts';
import { renamed } from '../../functions/domain/registered-model.ts';
import type { Store } from '../../functions/store/store.ts';
import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { newVersion, withTag } from './samples.ts';
import { engineAroundTests } from './test-engine.ts';

const engine = engineAroundTests(() => startDynamoDb({ log: () => undefined }), { isOnlyWriter: true });

const NAMES = ['a', 'b', 'c'] as const;
const RUNS = ['r1', 'r2'] as const;

type Views = Awaited<ReturnType<Store['listModelVersions']>>;
type Models = Awaited<ReturnType<Store['listRegisteredModels']>>;

const byText = <T>(values: readonly T[]) => values.map((value) => JSON.stringify(value, withMaps)).toSorted();
const withMaps = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);

/** All that searches ask the store for. */
async function observe(store: Store) {
  const models: Models = await store.listRegisteredModels();
  const views = async (ask: Promise<Views>) => byText(await ask);
  return {
    models: byText(models),
    versions: await views(store.listModelVersions()),
    ofModels: await Promise.all(NAMES.map((name) => views(store.listVersionsOfModel(name)))),
    ofRuns: await Promise.all(RUNS.map((run) => views(store.listVersionsOfRun(run)))),
    read: await views(store.readModelVersions(models.map((model) => ({ model, versionNumbers: [1, 2, 3] })))),
  };
}

const name = fc.constantFrom(...NAMES);
const versionNumber = fc.integer({ min: 1, max: 3 });

/** A write, refused or not. */
const write: fc.Arbitrary<(store: Store) => Promise<unknown>> = fc.oneof(
  name.map(
    (of) => (store: Store) => store.createRegisteredModel({ name: of, description: '', tags: new Map(), now: 1 }),
  ),
  fc.tuple(name, fc.constantFrom(...RUNS)).map(
    ([of, runId]) =>
      (store: Store) =>
        store.createModelVersion(of, newVersion({ runId })),
  ),
  fc.tuple(name, name).map(
    ([of, to]) =>
      (store: Store) =>
        store.updateRegisteredModel(of, (model) => renamed(model, to, 2)).catch(() => undefined),
  ),
  fc.tuple(name, versionNumber).map(
    ([of, number]) =>
      (store: Store) =>
        store.updateModelVersion({ name: of, versionNumber: number }, withTag('t')),
  ),
  fc.tuple(name, versionNumber).map(
    ([of, number]) =>
      (store: Store) =>
        store.updateRegisteredModel(of, (model) => {
          const isThere = model.stages.length >= number && model.stages[number - 1] !== 'x';
          const transition = { versionNumber: number, stage: 'Production', archivesOthers: true, now: 3 } as const;
          return isThere ? withTransition(model, transition) : model;
        }),
  ),
  fc.tuple(name, versionNumber).map(
    ([of, number]) =>
      (store: Store) =>
        store.deleteModelVersion({ name: of, versionNumber: number }, 4),
  ),
  name.map((of) => (store: Store) => store.deleteRegisteredModel(of)),
);

test('what is kept of the registry is what a fresh process reads, after every write', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 5, maxLength: 25 }), async (writes) => {
      const { store, reopen } = await engine.openTable();
      for (const each of writes) {
        await each(store);
        expect(await observe(store)).toEqual(await observe(reopen()));
      }
    }),
    { numRuns: 12, seed: 7 },
  );
});

test('lists stay the same until something in them changes', async () => {
  const { store } = await engine.openTable();
  for (const of of ['a', 'b']) {
    await store.createRegisteredModel({ name: of, description: '', tags: new Map(), now: 1 });
    await store.createModelVersion(of, newVersion({}));
  }
  const [before, models] = [await store.listModelVersions(), await store.listRegisteredModels()];
  expect(await store.listModelVersions()).toBe(before);
  expect(await store.listRegisteredModels()).toBe(models);
  expect(await store.listVersionsOfModel('a')).toBe(await store.listVersionsOfModel('a'));
  await store.createModelVersion('b', newVersion({}));
  const after = await store.listModelVersions();
  expect(after).toHaveLength(3);
  // Of the other model nothing has changed.
  const ofA = (views: Views) => views.find(({ model }) => model.name === 'a');
  expect(ofA(after)).toBe(ofA(before));
});
