import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../../functions/domain/entities.ts';
import { invalidParameter } from '../../../functions/domain/errors.ts';
import { EXPERIMENTS } from '../../../functions/store/dynamo/keys.ts';
import { randomText } from '../random-text.ts';
import { newExperiment, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const DEFAULT: Experiment = {
  experimentId: '0',
  name: 'Default',
  artifactLocation: 's3://root/0',
  stage: 'active',
  stageGeneration: 0,
  creationTime: 1,
  lastUpdateTime: 1,
  tags: new Map(),
};

const noExperiment = (id: string) => ({
  code: 'RESOURCE_DOES_NOT_EXIST',
  message: `No Experiment with id=${id} exists`,
});

/** Experiments by id: the default one, create, get, list and update. */
export function describeExperiments(open: OpenStore): void {
  describe('the default experiment', () => {
    test('is there in an empty table, under its id', async () => {
      expect(await (await open()).store.getExperiment('0')).toStrictEqual(DEFAULT);
    });

    test('is there in an empty table, under its name', async () => {
      expect(await (await open()).store.findExperimentByName('Default')).toStrictEqual(DEFAULT);
    });

    test('is there in an empty table, in the list', async () => {
      expect(await (await open()).store.listExperiments()).toStrictEqual([DEFAULT]);
    });

    test('can be updated in an empty table', async () => {
      const { store } = await open();
      await store.updateExperiment('0', withTag('a'));
      expect((await store.getExperiment('0')).tags).toEqual(new Map([['a', 'a']]));
    });

    test('is made once by many processes that look at the same time', async () => {
      const { reopen, snapshot } = await open();
      const seen = await Promise.all(upTo(16).map(() => reopen().getExperiment('0')));
      for (const experiment of seen) expect(experiment).toStrictEqual(DEFAULT);
      expect(await snapshot()).toHaveLength(2);
    });

    test('is not made again over its changes', async () => {
      const { store, reopen } = await open();
      await store.updateExperiment('0', (current) => ({ ...current, name: 'Main' }));
      expect((await reopen().getExperiment('0')).name).toBe('Main');
      expect(await reopen().findExperimentByName('Default')).toBeUndefined();
    });

    test('holds its name in an empty table', async () => {
      const { store } = await open();
      await expect(store.createExperiment(newExperiment('Default'))).rejects.toMatchObject({
        code: 'RESOURCE_ALREADY_EXISTS',
      });
    });
  });

  describe('createExperiment', () => {
    test('counts its ids up from 1', async () => {
      const { store, reopen } = await open();
      expect(await store.createExperiment(newExperiment('a'))).toBe('1');
      expect(await reopen().createExperiment(newExperiment('b'))).toBe('2');
    });

    test('keeps all of it, for other processes too', async () => {
      const { store, reopen } = await open();
      const tags = new Map([
        ['z', 'last first'],
        ['__proto__', '\u{1f600}'],
        ['', ''],
      ]);
      const id = await store.createExperiment(
        newExperiment('a', { tags, now: 77, locationOf: (at) => `s3://b/x/${at}` }),
      );
      expect(await reopen().getExperiment(id)).toStrictEqual({
        experimentId: id,
        name: 'a',
        artifactLocation: `s3://b/x/${id}`,
        stage: 'active',
        stageGeneration: 0,
        creationTime: 77,
        lastUpdateTime: 77,
        tags,
      });
    });

    test('gives each of 32 concurrent creators an id of its own', async () => {
      const { store, reopen } = await open();
      const ids = await Promise.all(upTo(32).map((at) => reopen().createExperiment(newExperiment(`e${at}`))));
      expect(new Set(ids).size).toBe(32);
      const names = (await store.listExperiments()).map(({ name }) => name);
      expect(names.toSorted()).toEqual(['Default', ...upTo(32).map((at) => `e${at}`)].toSorted());
    });
  });

  describe('getExperiment', () => {
    test.each(['1', '99', '281474976710656', '1e+21', 'NaN', 'x#y~z'])('says that %s is not there', async (id) => {
      await expect((await open()).store.getExperiment(id)).rejects.toMatchObject(noExperiment(id));
    });
  });

  describe('listExperiments', () => {
    test('gives deleted ones too', async () => {
      const { store } = await open();
      const id = await store.createExperiment(newExperiment('a'));
      await store.updateExperiment(id, (current) => ({ ...current, stage: 'deleted', stageGeneration: 1 }));
      const stages = (await store.listExperiments()).map(({ name, stage }) => [name, stage]);
      expect(stages.toSorted()).toEqual([
        ['Default', 'active'],
        ['a', 'deleted'],
      ]);
    });

    test('gives some hundreds that several processes made at once, spread over all partitions', async () => {
      const { store, reopen, keys } = await open();
      const processes = upTo(4).map(reopen);
      const ids = await Promise.all(
        upTo(400).map((at) => (processes[at % 4] ?? store).createExperiment(newExperiment(`e${at}`))),
      );
      const listed = await store.listExperiments();
      const byNumber = (a: string, b: string) => Number(a) - Number(b);
      expect(listed.map(({ experimentId }) => experimentId).toSorted(byNumber)).toEqual(
        ['0', ...ids].toSorted(byNumber),
      );
      const partitions = (await keys()).filter(({ pk }) => pk.startsWith('EXPERIMENTS')).map(({ pk }) => pk);
      const fullest = Math.max(...EXPERIMENTS.map(({ pk }) => partitions.filter((each) => each === pk).length));
      expect(fullest).toBeLessThan(50);
    });

    test('gives more than a page, and those of more than an item', async () => {
      const { store } = await open();
      const large = new Map(upTo(40).map((at) => [`t${at}`, randomText(20_000, at)]));
      const middling = new Map(upTo(15).map((at) => [`t${at}`, randomText(20_000, 100 + at)]));
      const ids = await Promise.all(
        upTo(6).map((at) => store.createExperiment(newExperiment(`e${at}`, { tags: at === 0 ? large : middling }))),
      );
      const found = new Map((await store.listExperiments()).map((each) => [each.experimentId, each]));
      expect(found.size).toBe(7);
      expect(found.get(ids[0] ?? '')?.tags).toEqual(large);
      expect(found.get(ids[5] ?? '')?.tags).toEqual(middling);
    });
  });

  describe('updateExperiment', () => {
    test('gives what it wrote, and readers see it', async () => {
      const { store, reopen } = await open();
      const id = await store.createExperiment(newExperiment('a'));
      const written = await store.updateExperiment(id, withTag('k', 'v'));
      expect(written.tags).toEqual(new Map([['k', 'v']]));
      expect(await reopen().getExperiment(id)).toStrictEqual(written);
    });

    test('writes nothing for a change that gives the same object', async () => {
      const { store, snapshot } = await open();
      await store.getExperiment('0');
      const before = await snapshot();
      expect(await store.updateExperiment('0', (current) => current)).toStrictEqual(DEFAULT);
      expect(await snapshot()).toEqual(before);
    });

    test('leaves all as it was when the change refuses', async () => {
      const { store, snapshot } = await open();
      await store.getExperiment('0');
      const before = await snapshot();
      const refuse = () => {
        throw invalidParameter('no');
      };
      await expect(store.updateExperiment('0', refuse)).rejects.toMatchObject({ message: 'no' });
      expect(await snapshot()).toEqual(before);
    });

    test('says that an experiment is not there', async () => {
      const { store } = await open();
      await expect(store.updateExperiment('5', withTag('a'))).rejects.toMatchObject(noExperiment('5'));
    });

    test('loses none of 16 concurrent changes', async () => {
      const { store, reopen } = await open();
      await Promise.all(upTo(16).map((at) => reopen().updateExperiment('0', withTag(`t${at}`))));
      expect((await store.getExperiment('0')).tags.size).toBe(16);
    });
  });
}
