import { describe, expect, test } from 'vitest';
import type { Store } from '../../../functions/store/store.ts';
import type { TestStore } from '../open-test-store.ts';
import { newExperiment, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const LONGEST = '\u{1f600}'.repeat(500);

const nameTaken = (name: string) => ({
  code: 'RESOURCE_ALREADY_EXISTS',
  message: `Experiment(name=${name}) already exists.`,
});

const rename = (store: Store, id: string, name: string) =>
  store.updateExperiment(id, (current) => ({ ...current, name }));

const idNamed = async (store: Store, name: string) => (await store.findExperimentByName(name))?.experimentId;

const countFulfilled = async (promises: readonly Promise<unknown>[]): Promise<number> =>
  (await Promise.allSettled(promises)).filter(({ status }) => status === 'fulfilled').length;

/** Each experiment holds exactly its own name, and no name is held by nobody. */
async function expectNamesWhole({ reopen, keys }: TestStore): Promise<void> {
  const store = reopen();
  const experiments = await store.listExperiments();
  const holders = await Promise.all(experiments.map(({ name }) => idNamed(store, name)));
  expect(holders).toEqual(experiments.map(({ experimentId }) => experimentId));
  expect((await keys()).filter(({ pk }) => pk.startsWith('NAME')).length).toBe(experiments.length);
}

/** Names of experiments: claimed once, moved with a rename, whoever races. */
export function describeExperimentNames(open: OpenStore): void {
  describe('findExperimentByName', () => {
    test('gives undefined for a name that nobody holds', async () => {
      expect(await (await open()).store.findExperimentByName('x')).toBeUndefined();
    });

    test.each([
      'a',
      'A',
      'a#b~c',
      ' a ',
      'é',
      'e\u0301',
      '__proto__',
      '0',
      'x'.repeat(500),
      LONGEST,
      `${LONGEST.slice(2)}x`,
    ])('finds %j and no other of these names', async (name) => {
      const { store } = await open();
      const id = await store.createExperiment(newExperiment(name));
      expect(await store.findExperimentByName(name)).toMatchObject({ experimentId: id, name });
      expect(await idNamed(store, `${name}x`)).toBeUndefined();
    });

    test('tells names apart that differ in case or in composition', async () => {
      const { store } = await open();
      const names = ['a', 'A', 'é', 'e\u0301', LONGEST, LONGEST.slice(2)];
      const ids = await Promise.all(names.map((name) => store.createExperiment(newExperiment(name))));
      expect(await Promise.all(names.map((name) => idNamed(store, name)))).toEqual(ids);
    });

    test('finds a deleted experiment', async () => {
      const { store } = await open();
      const id = await store.createExperiment(newExperiment('a'));
      await store.updateExperiment(id, (current) => ({ ...current, stage: 'deleted', stageGeneration: 1 }));
      expect(await store.findExperimentByName('a')).toMatchObject({ experimentId: id, stage: 'deleted' });
    });
  });

  describe('a name that is taken', () => {
    test.each(['a', LONGEST])('is refused to a second experiment: %#', async (name) => {
      const { store } = await open();
      await store.createExperiment(newExperiment(name));
      await expect(store.createExperiment(newExperiment(name))).rejects.toMatchObject(nameTaken(name));
    });

    test('is refused even when its experiment is deleted', async () => {
      const { store } = await open();
      const id = await store.createExperiment(newExperiment('a'));
      await store.updateExperiment(id, (current) => ({ ...current, stage: 'deleted', stageGeneration: 1 }));
      await expect(store.createExperiment(newExperiment('a'))).rejects.toMatchObject(nameTaken('a'));
    });

    test('costs no id', async () => {
      const { store } = await open();
      await store.createExperiment(newExperiment('a'));
      await expect(store.createExperiment(newExperiment('a'))).rejects.toThrow();
      expect(await store.createExperiment(newExperiment('b'))).toBe('2');
    });

    test('goes to exactly one of 32 concurrent creators', async () => {
      const bench = await open();
      const creators = upTo(32).map(() => bench.reopen().createExperiment(newExperiment('a')));
      const outcomes = await Promise.allSettled(creators);
      const winners = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(winners).toHaveLength(1);
      for (const refusal of refusals) expect(refusal).toMatchObject(nameTaken('a'));
      expect(await idNamed(bench.store, 'a')).toBe(winners[0]);
      await expectNamesWhole(bench);
    });
  });

  describe('a rename', () => {
    test.each([
      ['a', 'b'],
      ['a', LONGEST],
      [LONGEST, 'a'],
      [LONGEST, LONGEST.slice(2)],
    ])('claims the new name and frees the old one: %#', async (before, after) => {
      const bench = await open();
      const { store } = bench;
      const id = await store.createExperiment(newExperiment(before));
      expect(await rename(store, id, after)).toMatchObject({ name: after });
      expect(await idNamed(store, after)).toBe(id);
      expect(await idNamed(store, before)).toBeUndefined();
      await expectNamesWhole(bench);
    });

    test('lets another experiment take the old name, and forbids the way back', async () => {
      const bench = await open();
      const id = await bench.store.createExperiment(newExperiment('a'));
      await rename(bench.store, id, 'b');
      await bench.reopen().createExperiment(newExperiment('a'));
      await expect(rename(bench.store, id, 'a')).rejects.toMatchObject(nameTaken('a'));
      await expectNamesWhole(bench);
    });

    test('there and back leaves the name where it was', async () => {
      const bench = await open();
      const id = await bench.store.createExperiment(newExperiment('a'));
      await rename(bench.store, id, 'b');
      await rename(bench.store, id, 'a');
      expect(await idNamed(bench.store, 'a')).toBe(id);
      await expectNamesWhole(bench);
    });

    test('to a name that is taken changes nothing at all', async () => {
      const { store, snapshot } = await open();
      await store.createExperiment(newExperiment('a'));
      const id = await store.createExperiment(newExperiment('b'));
      const before = await snapshot();
      const change = store.updateExperiment(id, (current) => withTag('t')({ ...current, name: 'a' }));
      await expect(change).rejects.toMatchObject(nameTaken('a'));
      expect(await snapshot()).toEqual(before);
    });

    test('to the name it has is no rename', async () => {
      const bench = await open();
      const id = await bench.store.createExperiment(newExperiment('a'));
      expect(await rename(bench.store, id, 'a')).toMatchObject({ name: 'a' });
      await expectNamesWhole(bench);
    });
  });

  describe('when writers race', () => {
    test('two experiments cannot swap their names, and both keep their own', async () => {
      const bench = await open();
      const [a, b] = [
        await bench.store.createExperiment(newExperiment('a')),
        await bench.store.createExperiment(newExperiment('b')),
      ];
      expect(await countFulfilled([rename(bench.reopen(), a, 'b'), rename(bench.reopen(), b, 'a')])).toBe(0);
      expect([await idNamed(bench.store, 'a'), await idNamed(bench.store, 'b')]).toEqual([a, b]);
      await expectNamesWhole(bench);
    });

    test('a name goes to exactly one of many renames and creations', async () => {
      const bench = await open();
      const ids = await Promise.all(upTo(8).map((at) => bench.store.createExperiment(newExperiment(`e${at}`))));
      const renames = ids.map((id) => rename(bench.reopen(), id, 'wanted'));
      const creations = upTo(8).map(() => bench.reopen().createExperiment(newExperiment('wanted')));
      expect(await countFulfilled([...renames, ...creations])).toBe(1);
      await expectNamesWhole(bench);
    });

    test('a name that is given free while others want it goes to at most one of them', async () => {
      const bench = await open();
      const id = await bench.store.createExperiment(newExperiment('wanted'));
      const away = rename(bench.reopen(), id, 'elsewhere');
      const creations = upTo(8).map(() => bench.reopen().createExperiment(newExperiment('wanted')));
      expect(await countFulfilled(creations)).toBeLessThanOrEqual(1);
      expect((await away).name).toBe('elsewhere');
      await expectNamesWhole(bench);
    });

    test('renames of one experiment leave it exactly one name, and tags set meanwhile stay', async () => {
      const bench = await open();
      const id = await bench.store.createExperiment(newExperiment('a'));
      const renames = upTo(8).map((at) => rename(bench.reopen(), id, `n${at}`));
      const tags = upTo(8).map((at) => bench.reopen().updateExperiment(id, withTag(`t${at}`)));
      expect(await countFulfilled([...renames, ...tags])).toBe(16);
      expect((await bench.store.getExperiment(id)).tags.size).toBe(8);
      await expectNamesWhole(bench);
    });
  });
}
