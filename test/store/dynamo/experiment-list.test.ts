import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../../functions/domain/entities.ts';
import { keepExperiments, readExperiments } from '../../../functions/store/dynamo/experiment-list.ts';
import { seededRandom } from '../random-text.ts';
import { upTo } from '../samples.ts';
import { fakeListTable } from './fake-list-table.ts';

/** An experiment that only has a version: how often it was written. */
const experimentOf = (experimentId: string, version: number): Experiment => ({
  experimentId,
  name: 'experiment',
  artifactLocation: '',
  stage: 'active',
  stageGeneration: version,
  creationTime: 0,
  lastUpdateTime: 0,
  tags: new Map(),
});

function fakeTable(random: () => number) {
  const { readAll, readOne, ...table } = fakeListTable(random, experimentOf);
  return { ...table, reader: { readAll, readOne } };
}

const versionsOf = (experiments: readonly Experiment[]) =>
  new Map(experiments.map(({ experimentId, stageGeneration }) => [experimentId, stageGeneration]));

describe('keepExperiments', () => {
  test.each([...upTo(40).map((seed) => [seed, undefined] as const), ...upTo(20).map((seed) => [seed, 3000] as const)])(
    'shows every acknowledged write, whatever overlaps: seed %i, at most %s characters',
    async (seed, most) => {
      const random = seededRandom(seed + 1);
      const table = fakeTable(random);
      const experiments = keepExperiments(table.reader, most);
      const acknowledged = new Map<string, number>();
      const writer = async () => {
        for (const _ of upTo(30)) {
          const id = String(Math.floor(random() * 12));
          const version = await table.write(id);
          experiments.touch(id);
          acknowledged.set(id, Math.max(version, acknowledged.get(id) ?? 0));
        }
      };
      const searcher = async () => {
        for (const _ of upTo(30)) {
          const before = new Map(acknowledged);
          const seen = versionsOf(await experiments.list());
          for (const [id, version] of before) expect(seen.get(id)).toBeGreaterThanOrEqual(version);
          await table.pause();
        }
      };
      await Promise.all([writer(), writer(), writer(), searcher(), searcher(), searcher()]);
      expect(versionsOf(await experiments.list())).toEqual(table.versions);
    },
  );

  test('reads all experiments once, and then only those that were written to', async () => {
    const table = fakeTable(() => 0);
    const experiments = keepExperiments(table.reader);
    for (const at of upTo(10)) await table.write(String(at));
    await experiments.list();
    await experiments.list();
    expect(table.counts).toEqual({ all: 1, one: 0 });
    await table.write('3');
    experiments.touch('3');
    expect(versionsOf(await experiments.list()).get('3')).toBe(2);
    expect(table.counts).toEqual({ all: 1, one: 1 });
  });

  test('reads all at once again when most were written to', async () => {
    const table = fakeTable(() => 0);
    const experiments = keepExperiments(table.reader);
    await experiments.list();
    for (const at of upTo(300)) {
      await table.write(String(at));
      experiments.touch(String(at));
    }
    expect(versionsOf(await experiments.list()).size).toBe(300);
    expect(table.counts).toEqual({ all: 2, one: 0 });
  });

  test('reads again what a failed reading left out', async () => {
    const table = fakeTable(() => 0);
    const experiments = keepExperiments(table.reader);
    await table.write('1');
    table.failures.left = 1;
    await expect(experiments.list()).rejects.toThrow('throttled');
    expect(versionsOf(await experiments.list()).get('1')).toBe(1);
    await table.write('1');
    experiments.touch('1');
    table.failures.left = 1;
    await expect(experiments.list()).rejects.toThrow('throttled');
    expect(versionsOf(await experiments.list()).get('1')).toBe(2);
  });

  test('an experiment that is gone is gone', async () => {
    const table = fakeTable(() => 0);
    const experiments = keepExperiments(table.reader);
    await table.write('1');
    await experiments.list();
    table.versions.delete('1');
    experiments.touch('1');
    expect(await experiments.list()).toEqual([]);
  });

  test('does not keep more than it may', async () => {
    const table = fakeTable(() => 0);
    const experiments = keepExperiments(table.reader, 1000);
    for (const at of upTo(10)) await table.write(String(at));
    expect(await experiments.list()).toHaveLength(10);
    expect(await experiments.list()).toHaveLength(10);
    expect(table.counts).toEqual({ all: 2, one: 0 });
  });
});

test('readExperiments reads for each search', async () => {
  const table = fakeTable(() => 0);
  const experiments = readExperiments(table.reader);
  await table.write('1');
  await experiments.list();
  await table.write('1');
  experiments.touch('1');
  expect(versionsOf(await experiments.list()).get('1')).toBe(2);
});
