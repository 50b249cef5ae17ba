import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../../web/api/api-error.ts';
import type { Run } from '../../../../web/api/runs.ts';
import {
  comparedFrom,
  type RunSource,
  readCompared,
  withFresh,
} from '../../../../web/pages/compare-runs/read-compared.ts';
import { run } from '../runs/run.ts';

const MOST_ON_PAGE = 60;

/** A server that holds some runs, and what it was asked. */
function serverOf(held: readonly Run[], broken = new Map<string, ApiError>()) {
  const gets: string[] = [];
  const searches: { readonly experimentIds: readonly string[]; readonly ids: number }[] = [];
  const source: RunSource = {
    getRun: async (runId) => {
      gets.push(runId);
      const error = broken.get(runId);
      if (error) throw error;
      const one = held.find((each) => each.runId === runId);
      if (one === undefined) throw errorOf(404, `Run with id=${runId} not found`);
      return one;
    },
    searchRuns: async ({ experimentIds, filter }, { size, token = '0' }) => {
      const ids = new Set([...filter.matchAll(/'([^']+)'/g)].map(([, id]) => id));
      if (token === '0') searches.push({ experimentIds, ids: ids.size });
      const all = held.filter((each) => experimentIds.includes(each.experimentId) && ids.has(each.runId));
      const end = Number(token) + Math.min(size, MOST_ON_PAGE);
      return {
        runs: all.slice(Number(token), end),
        nextPageToken: end < all.length ? String(end) : undefined,
        sizeBytes: 0,
      };
    },
  };
  return { source, gets, searches };
}

const errorOf = (status: number, message: string) => new ApiError({ status, code: 'CODE', message });
const idsOf = (runs: readonly Run[]) => runs.map(({ runId }) => runId);
const ask = (source: RunSource, runIds: readonly string[], experimentIds: readonly string[] = []) =>
  readCompared({ runIds, experimentIds, source });

describe('runs by their ids', () => {
  test('of one experiment take one question for a run, and a search for each hundred others', async () => {
    const held = Array.from({ length: 151 }, (_, at) => run(`run${at}`));
    const { source, gets, searches } = serverOf(held);
    const runIds = idsOf(held).toReversed();
    const { runs, missing } = await ask(source, runIds);
    expect(idsOf(runs)).toEqual(runIds);
    expect(missing).toEqual([]);
    expect(gets).toEqual(['run150']);
    expect(searches.map(({ ids }) => ids)).toEqual([100, 50]);
  });

  test('are found in several experiments', async () => {
    const held = Array.from({ length: 30 }, (_, at) => run(`run${at}`, { experimentId: String(at % 3) }));
    const { source, gets } = serverOf(held);
    expect(idsOf((await ask(source, idsOf(held))).runs)).toEqual(idsOf(held));
    expect(gets.length).toBeLessThan(15);
  });

  test('are searched at once where their experiments are known', async () => {
    const held = [run('a'), run('b', { experimentId: '2' })];
    const { source, gets, searches } = serverOf(held);
    expect(idsOf((await ask(source, ['b', 'a'], ['1', '2'])).runs)).toEqual(['b', 'a']);
    expect(gets).toEqual([]);
    expect(searches).toEqual([{ experimentIds: ['1', '2'], ids: 2 }]);
  });

  test('are shown without those that are gone or forbidden, which are named', async () => {
    const forbidden = errorOf(403, 'Permission denied');
    const { source } = serverOf([run('a'), run('b')], new Map([['secret', forbidden]]));
    const { runs, missing } = await ask(source, ['gone', 'a', 'secret', 'b']);
    expect(idsOf(runs)).toEqual(['a', 'b']);
    expect(missing.map(({ runId, error }) => [runId, error.message])).toEqual([
      ['gone', 'Run with id=gone not found'],
      ['secret', 'Permission denied'],
    ]);
  });

  test('are not half there when the server fails', async () => {
    const { source } = serverOf([run('a')], new Map([['b', errorOf(500, 'The table is on fire.')]]));
    await expect(ask(source, ['a', 'b'])).rejects.toThrow('on fire');
  });
});

test('what was read serves fewer of the runs, and takes in what was read of some since', () => {
  const kept = { runs: [run('a', { status: 'RUNNING' }), run('b')], missing: [] };
  expect(idsOf(comparedFrom(kept, ['b'])?.runs ?? [])).toEqual(['b']);
  expect(comparedFrom(kept, ['b', 'c'])).toBeUndefined();
  expect(comparedFrom(undefined, ['b'])).toBeUndefined();
  expect(withFresh(kept, [run('a')]).runs.map(({ status }) => status)).toEqual(['FINISHED', 'FINISHED']);
});
