import { describe, expect, test } from 'vitest';
import { keepLiveRuns, readLiveRuns } from '../../../functions/store/dynamo/live-runs.ts';
import type { RunRecord } from '../../../functions/store/dynamo/run-reader.ts';
import { seededRandom } from '../random-text.ts';
import { BLANK_RUN, upTo } from '../samples.ts';
import { fakeListTable } from './fake-list-table.ts';

const EXPERIMENT = '1';

const recordOf = (runId: string, version: number): RunRecord => ({
  run: { ...BLANK_RUN, runId },
  metrics: [{ key: 'version', value: version, step: 0, timestamp: 0 }],
  version,
  replaces: undefined,
  isSpilled: false,
  isArchived: false,
  latest: [],
});

function fakeTable(random: () => number) {
  const { readAll, readOne, ...table } = fakeListTable(random, recordOf);
  return { ...table, reader: { readLive: readAll, readLiveOne: readOne } };
}

const versionsOf = (runs: readonly RunRecord[]) =>
  new Map(runs.map(({ run, metrics: [version] }) => [run.runId, version?.value ?? 0]));

describe('keepLiveRuns', () => {
  test.each(upTo(40))('shows every acknowledged write, whatever overlaps: seed %i', async (seed) => {
    const random = seededRandom(seed + 1);
    const table = fakeTable(random);
    const liveRuns = keepLiveRuns(table.reader);
    const acknowledged = new Map<string, number>();
    const writer = async () => {
      for (const _ of upTo(30)) {
        const runId = `run ${Math.floor(random() * 12)}`;
        const version = await table.write(runId);
        liveRuns.touch(EXPERIMENT, runId);
        acknowledged.set(runId, Math.max(version, acknowledged.get(runId) ?? 0));
      }
    };
    const searcher = async () => {
      for (const _ of upTo(30)) {
        const before = new Map(acknowledged);
        const seen = versionsOf(await liveRuns.list(EXPERIMENT));
        for (const [runId, version] of before) expect(seen.get(runId)).toBeGreaterThanOrEqual(version);
        await table.pause();
      }
    };
    await Promise.all([writer(), writer(), writer(), searcher(), searcher()]);
    expect(versionsOf(await liveRuns.list(EXPERIMENT))).toEqual(table.versions);
  });

  test('reads all runs once, and then only those that were written to', async () => {
    const table = fakeTable(() => 0);
    const liveRuns = keepLiveRuns(table.reader);
    for (const at of upTo(10)) await table.write(`run ${at}`);
    await liveRuns.list(EXPERIMENT);
    await liveRuns.list(EXPERIMENT);
    expect(table.counts).toEqual({ all: 1, one: 0 });
    await table.write('run 3');
    liveRuns.touch(EXPERIMENT, 'run 3');
    expect(versionsOf(await liveRuns.list(EXPERIMENT)).get('run 3')).toBe(2);
    expect(table.counts).toEqual({ all: 1, one: 1 });
  });

  test('reads again what a failed reading left out', async () => {
    const table = fakeTable(() => 0);
    const liveRuns = keepLiveRuns(table.reader);
    await table.write('run');
    table.failures.left = 1;
    await expect(liveRuns.list(EXPERIMENT)).rejects.toThrow('throttled');
    expect(versionsOf(await liveRuns.list(EXPERIMENT)).get('run')).toBe(1);
    await table.write('run');
    liveRuns.touch(EXPERIMENT, 'run');
    table.failures.left = 1;
    await expect(liveRuns.list(EXPERIMENT)).rejects.toThrow('throttled');
    expect(versionsOf(await liveRuns.list(EXPERIMENT)).get('run')).toBe(2);
  });

  test('a run that is gone is gone', async () => {
    const table = fakeTable(() => 0);
    const liveRuns = keepLiveRuns(table.reader);
    await table.write('run');
    await liveRuns.list(EXPERIMENT);
    table.versions.delete('run');
    liveRuns.touch(EXPERIMENT, 'run');
    expect(await liveRuns.list(EXPERIMENT)).toEqual([]);
  });

  test('keeps so many runs and no more, those of the experiment searched last', async () => {
    const table = fakeTable(() => 0);
    const liveRuns = keepLiveRuns(table.reader, 15);
    for (const at of upTo(10)) await table.write(`run ${at}`);
    for (const experiment of ['1', '2', '2', '1']) await liveRuns.list(experiment);
    expect(table.counts.all).toBe(3);
    for (const at of upTo(10)) await table.write(`more ${at}`);
    await keepLiveRuns(table.reader, 15).list('1');
    expect((await keepLiveRuns(table.reader, 15).list('1')).length).toBe(20);
  });
});

test('readLiveRuns reads for each search', async () => {
  const table = fakeTable(() => 0);
  const liveRuns = readLiveRuns(table.reader);
  await table.write('run');
  await liveRuns.list(EXPERIMENT);
  await table.write('run');
  expect(versionsOf(await liveRuns.list(EXPERIMENT)).get('run')).toBe(2);
});
