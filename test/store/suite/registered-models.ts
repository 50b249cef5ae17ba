import { describe, expect, test } from 'vitest';
import type { RegisteredModel } from '../../../functions/domain/entities.ts';
import { renamed } from '../../../functions/domain/registered-model.ts';
import type { Store } from '../../../functions/store/store.ts';
import { randomText } from '../random-text.ts';
import { addRegisteredModel, addVersion, numbersOf, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const namesOf = (models: readonly RegisteredModel[]) => models.map(({ name }) => name).toSorted();

const rename = (store: Store, from: string, to: string) =>
  store.updateRegisteredModel(from, (model) => renamed(model, to, 30));

const taken = (name: string) => ({
  code: 'RESOURCE_ALREADY_EXISTS',
  message: `Registered Model (name=${name}) already exists.`,
});

/** Registered models and their names. */
export function describeRegisteredModels(open: OpenStore): void {
  describe('a registered model', () => {
    test('comes back as it was created, for other processes too', async () => {
      const { store, reopen } = await open();
      const tags = new Map([
        ['__proto__', ''],
        ['a', 'é'],
      ]);
      const model = await store.createRegisteredModel({ name: '\u{1f600}', description: 'd', tags, now: 10 });
      expect(model).toMatchObject({ name: '\u{1f600}', description: 'd', tags, creationTime: 10, lastUpdateTime: 10 });
      expect(await reopen().findRegisteredModel('\u{1f600}')).toStrictEqual(model);
      expect(await reopen().listRegisteredModels()).toStrictEqual([model]);
    });

    test('has its name for itself', async () => {
      const { store, another } = await open();
      const model = await addRegisteredModel(store, 'm');
      expect(
        await another().createRegisteredModel({ name: 'm', description: '', tags: new Map(), now: 11 }),
      ).toBeUndefined();
      expect(await store.listRegisteredModels()).toEqual([model]);
      await addRegisteredModel(store, 'M');
      expect(namesOf(await store.listRegisteredModels())).toEqual(['M', 'm']);
    });

    test('is made once by 16 who want the same name', async () => {
      const { another } = await open();
      const wanted = { name: 'm', description: '', tags: new Map<string, string>(), now: 10 };
      const made = await Promise.all(upTo(16).map(() => another().createRegisteredModel(wanted)));
      expect(made.filter((model) => model !== undefined)).toHaveLength(1);
    });

    test('that is not there is undefined, and cannot be written or deleted', async () => {
      const { store } = await open();
      expect(await store.findRegisteredModel('m')).toBeUndefined();
      expect(await store.updateRegisteredModel('m', withTag('a'))).toBeUndefined();
      expect(await store.deleteRegisteredModel('m')).toBe(false);
      expect(await store.listRegisteredModels()).toEqual([]);
    });

    test('loses none of 16 concurrent changes, and searches show them', async () => {
      const { store, another } = await open();
      await addRegisteredModel(store, 'm');
      await store.listRegisteredModels();
      await Promise.all(upTo(16).map((at) => another().updateRegisteredModel('m', withTag(`t${at}`))));
      expect((await store.findRegisteredModel('m'))?.tags.size).toBe(16);
      expect((await store.listRegisteredModels())[0]?.tags.size).toBe(16);
    });

    test('may have the longest name of four-byte characters, and tags beyond an item', async () => {
      const { store, keys } = await open();
      const name = '\u{1f600}'.repeat(256);
      const tags = new Map(upTo(10).map((at) => [`t${at}`, randomText(100_000, at)]));
      const model = await addRegisteredModel(store, name, tags);
      expect(await store.findRegisteredModel(name)).toEqual(model);
      expect(await store.listRegisteredModels()).toEqual([model]);
      expect(await addVersion(store, name)).toBe(1);
      await store.deleteRegisteredModel(name);
      expect((await keys()).filter(({ pk }) => pk.startsWith('VERSIONS'))).toEqual([]);
    });
  });

  describe('a rename', () => {
    test('moves the model with all its versions, aliases and tags', async () => {
      const { store, reopen } = await open();
      await addRegisteredModel(store, 'a', new Map([['t', '1']]));
      for (const _ of upTo(120)) await addVersion(store, 'a');
      await store.updateRegisteredModel('a', (model) => ({ ...model, aliases: new Map([['x', 7]]) }));
      await rename(store, 'a', 'b');
      for (const reader of [store, reopen()]) {
        expect(await reader.findRegisteredModel('a')).toBeUndefined();
        expect(await reader.findModelVersion({ name: 'a', versionNumber: 1 })).toBeUndefined();
        expect(await reader.listVersionsOfModel('a')).toEqual([]);
        const model = await reader.findRegisteredModel('b');
        expect(model).toMatchObject({ tags: new Map([['t', '1']]), aliases: new Map([['x', 7]]) });
        expect(numbersOf(await reader.listVersionsOfModel('b'))).toEqual(upTo(120).map((at) => at + 1));
        const views = await reader.listModelVersions();
        expect(new Set(views.map(({ model: { name } }) => name))).toEqual(new Set(['b']));
      }
    });

    test('gives the old name free, and is refused a taken one', async () => {
      const { store } = await open();
      await addRegisteredModel(store, 'a');
      await addRegisteredModel(store, 'b');
      await expect(rename(store, 'a', 'b')).rejects.toMatchObject(taken('b'));
      expect(namesOf(await store.listRegisteredModels())).toEqual(['a', 'b']);
      await rename(store, 'a', 'c');
      await addRegisteredModel(store, 'a');
      expect(namesOf(await store.listRegisteredModels())).toEqual(['a', 'b', 'c']);
    });

    test('to its own name changes nothing but the times', async () => {
      const { store } = await open();
      await addRegisteredModel(store, 'a');
      await addVersion(store, 'a');
      expect(await rename(store, 'a', 'a')).toMatchObject({ name: 'a', lastUpdateTime: 30, renameTime: 30 });
      expect(await store.findModelVersion({ name: 'a', versionNumber: 1 })).toBeDefined();
    });

    test('by 8 at once to the same name succeeds once', async () => {
      const { store, another } = await open();
      for (const at of upTo(8)) await addRegisteredModel(store, `m${at}`);
      const outcomes = await Promise.allSettled(upTo(8).map((at) => rename(another(), `m${at}`, 'best')));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.listRegisteredModels()).toHaveLength(8);
    });
  });

  describe('a delete', () => {
    test('takes all that belongs to the model out of the table', async () => {
      const { store, snapshot } = await open();
      await addRegisteredModel(store, 'kept');
      await addVersion(store, 'kept', { runId: 'r', loggedModelId: 'm-1' });
      const before = await snapshot();
      await addRegisteredModel(store, 'gone', new Map([['t', '1']]));
      const large = new Map(upTo(6).map((at) => [`t${at}`, randomText(100_000, at)]));
      await addVersion(store, 'gone', { tags: large, runId: 'r' });
      for (const at of upTo(60)) await addVersion(store, 'gone', { runId: `r${at}`, loggedModelId: `m-${at}` });
      expect(await store.deleteRegisteredModel('gone')).toBe(true);
      expect(await snapshot()).toEqual(before);
      expect(await store.deleteRegisteredModel('gone')).toBe(false);
    });

    test('is seen by every reader', async () => {
      const { store, reopen } = await open();
      await addRegisteredModel(store, 'gone');
      await addVersion(store, 'gone', { runId: 'r', loggedModelId: 'm-1' });
      await store.listModelVersions();
      await store.deleteRegisteredModel('gone');
      for (const reader of [store, reopen()]) {
        expect(await reader.findRegisteredModel('gone')).toBeUndefined();
        expect(await reader.listRegisteredModels()).toEqual([]);
        expect(await reader.listModelVersions()).toEqual([]);
        expect(await reader.listVersionsOfRun('r')).toEqual([]);
        expect(await reader.listVersionsOfLoggedModel('m-1')).toEqual([]);
      }
    });

    test('gives the name free, and the numbers begin anew', async () => {
      const { store } = await open();
      await addRegisteredModel(store, 'm');
      expect([await addVersion(store, 'm'), await addVersion(store, 'm')]).toEqual([1, 2]);
      await store.deleteRegisteredModel('m');
      await addRegisteredModel(store, 'm');
      expect(await addVersion(store, 'm')).toBe(1);
      expect(numbersOf(await store.listVersionsOfModel('m'))).toEqual([1]);
    });

    test('among 16 creators of versions leaves none of them behind', async () => {
      const { store, another } = await open();
      await addRegisteredModel(store, 'm');
      const creations = upTo(16).map(() => another().createModelVersion('m', { ...EMPTY_VERSION }));
      const [deletion] = await Promise.all([another().deleteRegisteredModel('m'), ...creations]);
      expect(deletion).toBe(true);
      expect(await store.listModelVersions()).toEqual([]);
      await store.removeDeletedModels();
      expect(await store.listVersionsOfRun('r')).toEqual([]);
    });
  });
}

const EMPTY_VERSION = {
  description: '',
  source: 's3://b/m',
  storageLocation: 's3://b/m',
  runId: 'r',
  loggedModelId: undefined,
  runLink: '',
  tags: new Map<string, string>(),
  now: 20,
};
