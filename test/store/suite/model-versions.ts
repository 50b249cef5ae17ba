import { describe, expect, test } from 'vitest';
import { withTransition } from '../../../functions/domain/model-version.ts';
import { IS_PROMPT_TAG } from '../../../functions/domain/prompt.ts';
import type { Store } from '../../../functions/store/store.ts';
import { randomText } from '../random-text.ts';
import { addRegisteredModel, addVersion, newVersion, numbersOf, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const LARGE = new Map(upTo(6).map((at) => [`t${at}`, randomText(100_000, at)]));
const PROMPT = new Map([[IS_PROMPT_TAG, 'true']]);

const find = (store: Store, versionNumber: number, name = 'm') => store.findModelVersion({ name, versionNumber });
const remove = (store: Store, versionNumber: number, name = 'm') =>
  store.deleteModelVersion({ name, versionNumber }, 40);

/** Versions of registered models. */
export function describeModelVersions(open: OpenStore): void {
  describe('a model version', () => {
    test('comes back as it was created, for other processes too', async () => {
      const { store, reopen } = await open();
      await addRegisteredModel(store, 'm');
      const fresh = newVersion({
        description: undefined,
        source: 'models:/m-1',
        storageLocation: 'mlflow-artifacts:/0/models/m-1/artifacts',
        runId: 'r',
        loggedModelId: 'm-1',
        runLink: 'http://run',
        tags: new Map([
          ['__proto__', ''],
          ['a', '\u{1f600}'],
        ]),
      });
      const view = await store.createModelVersion('m', fresh);
      const { now, ...content } = fresh;
      expect(view?.version).toStrictEqual({
        ...content,
        registeredModelId: view?.model.registeredModelId,
        versionNumber: 1,
        creationTime: now,
        lastUpdateTime: now,
      });
      expect(view).toMatchObject({ stage: 'None', model: { name: 'm', lastUpdateTime: now, stages: '-' } });
      expect(await find(reopen(), 1)).toStrictEqual(view);
      expect(await reopen().listModelVersions()).toStrictEqual([view]);
    });

    test('is not made without its model', async () => {
      const { store, keys } = await open();
      await store.findExperimentByName('');
      const before = await keys();
      expect(await store.createModelVersion('m', newVersion({ tags: LARGE }))).toBeUndefined();
      expect(await keys()).toEqual(before);
    });

    test('that is not there is undefined, and cannot be written or deleted', async () => {
      const { store } = await open();
      await addRegisteredModel(store, 'm');
      await addVersion(store, 'm');
      for (const number of [0, -1, 2, 1.5, 1e300, Number.NaN]) {
        expect(await find(store, number)).toBeUndefined();
        expect(await remove(store, number)).toBe(false);
        expect(await store.updateModelVersion({ name: 'm', versionNumber: number }, withTag('a'))).toBeUndefined();
      }
      expect(await find(store, 1, 'other')).toBeUndefined();
      expect(await remove(store, 1, 'other')).toBe(false);
      expect(await store.listVersionsOfModel('other')).toEqual([]);
    });

    test('gets the next number, also when 64 are made at once', async () => {
      const { store, another } = await open();
      await addRegisteredModel(store, 'm');
      const processes = upTo(8).map(another);
      const made = await Promise.all(
        upTo(64).map((at) => addVersion(processes[at % 8] ?? store, 'm', { source: `s3://b/${at}`, runId: `r${at}` })),
      );
      const all = upTo(64).map((at) => at + 1);
      expect(made.toSorted((a, b) => a - b)).toEqual(all);
      expect(numbersOf(await store.listModelVersions())).toEqual(all);
      expect(numbersOf(await store.listVersionsOfModel('m'))).toEqual(all);
      const sources = await Promise.all(made.map(async (number) => (await find(store, number))?.version.source));
      expect(sources).toEqual(upTo(64).map((at) => `s3://b/${at}`));
    });

    test('never gets the number of a deleted one', async () => {
      const { store } = await open();
      await addRegisteredModel(store, 'm');
      for (const _ of upTo(3)) await addVersion(store, 'm');
      expect(await remove(store, 3)).toBe(true);
      expect(await addVersion(store, 'm')).toBe(4);
      for (const number of [1, 2, 4]) await remove(store, number);
      expect(await addVersion(store, 'm')).toBe(5);
    });

    test('may be larger than an item, and shrink again', async () => {
      const { store, reopen, keys } = await open();
      await addRegisteredModel(store, 'm');
      await addVersion(store, 'm', { tags: LARGE });
      expect((await find(store, 1))?.version.tags).toEqual(LARGE);
      expect((await reopen().listModelVersions())[0]?.version.tags).toEqual(LARGE);
      expect((await reopen().listVersionsOfModel('m'))[0]?.version.tags).toEqual(LARGE);
      await store.updateModelVersion({ name: 'm', versionNumber: 1 }, (version) => ({ ...version, tags: new Map() }));
      expect((await keys()).filter(({ sk }) => sk.includes('~'))).toEqual([]);
    });

    test('of which many are made at once, larger than an item, leaves no parts of lost races', async () => {
      const { store, another, keys } = await open();
      await addRegisteredModel(store, 'm');
      const made = await Promise.all(upTo(4).map(() => addVersion(another(), 'm', { tags: LARGE })));
      expect(made.toSorted()).toEqual([1, 2, 3, 4]);
      const partsOf = (number: number) => `#${String(number).padStart(10, '0')}~`;
      const parts = (await keys()).filter(({ sk }) => sk.includes('~'));
      const counts = made.map((number) => parts.filter(({ sk }) => sk.includes(partsOf(number))).length);
      expect(new Set(counts).size).toBe(1);
      expect(parts).toHaveLength(counts.reduce((sum, count) => sum + count, 0));
    });

    test('loses none of 16 concurrent changes, and searches show them', async () => {
      const { store, another } = await open();
      await addRegisteredModel(store, 'm');
      await addVersion(store, 'm');
      await store.listModelVersions();
      const version = { name: 'm', versionNumber: 1 };
      await Promise.all(upTo(16).map((at) => another().updateModelVersion(version, withTag(`t${at}`))));
      expect((await find(store, 1))?.version.tags.size).toBe(16);
      expect((await store.listModelVersions())[0]?.version.tags.size).toBe(16);
    });

    test('changes its stage with its model, in one write however many are archived', async () => {
      const { store, reopen } = await open();
      await addRegisteredModel(store, 'm');
      for (const _ of upTo(120)) await addVersion(store, 'm');
      for (const number of [2, 5]) {
        await store.updateRegisteredModel('m', (model) =>
          withTransition(model, { versionNumber: number, stage: 'Production', archivesOthers: true, now: 30 }),
        );
      }
      const views = await reopen().listModelVersions();
      const stages = new Map(views.map(({ version, stage }) => [version.versionNumber, stage]));
      expect([stages.get(1), stages.get(2), stages.get(5)]).toEqual(['None', 'Archived', 'Production']);
    });
  });

  describe('a deleted version', () => {
    test('is gone for every reader, with its aliases and references', async () => {
      const { store, reopen, snapshot } = await open();
      await addRegisteredModel(store, 'm');
      await addVersion(store, 'm', { runId: 'r', loggedModelId: 'm-1' });
      await addVersion(store, 'm', { runId: 'r', loggedModelId: 'm-1', tags: LARGE });
      await store.updateRegisteredModel('m', (model) => ({
        ...model,
        aliases: new Map([
          ['a', 2],
          ['b', 1],
        ]),
      }));
      await store.listModelVersions();
      expect(await remove(store, 2)).toBe(true);
      expect(await remove(store, 2)).toBe(false);
      for (const reader of [store, reopen()]) {
        expect(await find(reader, 2)).toBeUndefined();
        expect(numbersOf(await reader.listModelVersions())).toEqual([1]);
        expect(numbersOf(await reader.listVersionsOfModel('m'))).toEqual([1]);
        expect(numbersOf(await reader.listVersionsOfRun('r'))).toEqual([1]);
        expect(numbersOf(await reader.listVersionsOfLoggedModel('m-1'))).toEqual([1]);
        expect(await reader.findRegisteredModel('m')).toMatchObject({
          aliases: new Map([['b', 1]]),
          lastUpdateTime: 40,
        });
      }
      expect((await snapshot()).filter((line) => line.includes('#0000000002'))).toEqual([]);
    });

    test('is deleted once by 8 at once', async () => {
      const { store, another } = await open();
      await addRegisteredModel(store, 'm');
      await addVersion(store, 'm');
      const outcomes = await Promise.all(upTo(8).map(() => remove(another(), 1)));
      expect(outcomes.filter((isDeleted) => isDeleted)).toHaveLength(1);
    });
  });

  describe('the versions that refer', () => {
    test('to a run or a logged model are those of all models, whatever these are called', async () => {
      const { store, reopen } = await open();
      for (const name of ['a', 'b']) await addRegisteredModel(store, name);
      await addVersion(store, 'a', { runId: 'r1', loggedModelId: 'm-1' });
      await addVersion(store, 'a', { runId: 'r2' });
      await addVersion(store, 'b', { runId: 'r1' });
      await addVersion(store, 'b');
      await store.updateRegisteredModel('b', (model) => ({ ...model, name: 'c' }));
      const placesOf = async (views: ReturnType<Store['listVersionsOfRun']>) =>
        (await views).map(({ model, version }) => `${model.name} ${version.versionNumber}`).toSorted();
      expect(await placesOf(reopen().listVersionsOfRun('r1'))).toEqual(['a 1', 'c 1']);
      expect(await placesOf(reopen().listVersionsOfLoggedModel('m-1'))).toEqual(['a 1']);
      expect(await placesOf(reopen().listVersionsOfRun('m-1'))).toEqual([]);
      expect(await placesOf(reopen().listVersionsOfRun('none'))).toEqual([]);
    });

    test('are found by an id of any length', async () => {
      const { store } = await open();
      await addRegisteredModel(store, 'm');
      const runId = 'é'.repeat(5000);
      await addVersion(store, 'm', { runId });
      expect(numbersOf(await store.listVersionsOfRun(runId))).toEqual([1]);
      expect(await store.listVersionsOfRun(`${runId}x`)).toEqual([]);
    });
  });

  describe('the versions of one model', () => {
    test('are all of them, and no other model’s, also beyond a hundred', async () => {
      const { store, reopen } = await open();
      for (const name of ['m', 'n']) await addRegisteredModel(store, name);
      for (const _ of upTo(130)) await addVersion(store, 'm');
      await addVersion(store, 'n');
      await remove(store, 7);
      expect(await reopen().listVersionsOfModel('m')).toHaveLength(129);
      expect(numbersOf(await reopen().listVersionsOfModel('n'))).toEqual([1]);
    });

    test('that are wanted by their numbers are those that are there', async () => {
      const { store } = await open();
      const models = await Promise.all(['a', 'b'].map((name) => addRegisteredModel(store, name)));
      for (const name of ['a', 'a', 'b']) await addVersion(store, name);
      const current = await Promise.all(models.map(({ name }) => store.findRegisteredModel(name)));
      const wanted = current.flatMap((model) => (model ? [{ model, versionNumbers: [1, 2, 9] }] : []));
      const found = await store.readModelVersions(wanted);
      const places = found.map(({ model, version }) => `${model.name} ${version.versionNumber}`);
      expect(places.toSorted()).toEqual(['a 1', 'a 2', 'b 1']);
      expect(await store.readModelVersions([])).toEqual([]);
    });
  });

  describe('a model', () => {
    test('says whether any version of it is a prompt’s', async () => {
      const { store } = await open();
      await addRegisteredModel(store, 'm');
      const hasPrompts = async () => (await store.findRegisteredModel('m'))?.hasPrompts;
      const version = { name: 'm', versionNumber: 1 };
      await addVersion(store, 'm');
      expect(await hasPrompts()).toBe(false);
      await store.updateModelVersion(version, (current) => ({ ...current, tags: PROMPT }));
      expect(await hasPrompts()).toBe(true);
      await addVersion(store, 'm', { tags: PROMPT });
      await store.updateModelVersion(version, (current) => ({ ...current, tags: new Map() }));
      expect(await hasPrompts()).toBe(true);
      await store.updateModelVersion({ ...version, versionNumber: 2 }, (current) => ({ ...current, tags: new Map() }));
      expect(await hasPrompts()).toBe(false);
    });
  });
}
