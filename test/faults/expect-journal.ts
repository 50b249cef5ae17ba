import { expect } from 'vitest';
import type { Point, TrackingApi } from '../support/tracking-api.ts';
import type { Journal } from './journal.ts';

/** Counts of what was compared, to be told. */
export interface Compared {
  readonly runs: number;
  readonly points: number;
  readonly artifacts: number;
}

/** Expects that the server holds each acknowledged write exactly once, that the latest points are right, and no more points. */
export const expectJournal = async (api: TrackingApi, experimentId: string, journal: Journal): Promise<Compared> => {
  expect(new Set(await api.searchRunIds(experimentId))).toEqual(new Set(journal.runs.keys()));
  let points = 0;
  for (const [runId, record] of journal.runs) {
    const run = await api.getRun(runId);
    expect(run.params).toEqual(record.params);
    for (const [key, value] of record.tags) expect(run.tags.get(key)).toBe(value);
    expect(new Set(run.metrics.keys())).toEqual(new Set(record.points.keys()));
    for (const [key, logged] of record.points) {
      const expected = logged.toSorted(byTime);
      expect(differences(await api.getHistory(runId, key), expected)).toEqual([]);
      expect(run.metrics.get(key)).toMatchObject(logged.toSorted(byRank).at(-1) ?? {});
      points += logged.length;
    }
  }
  for (const [path, content] of journal.artifacts) {
    expect(Buffer.compare(await api.getArtifact(path), content), `the content of ${path}`).toBe(0);
  }
  return { runs: journal.runs.size, points, artifacts: journal.artifacts.size };
};

/** MLflow: get-history is ordered by timestamp, step, value. */
const byTime = (a: Point, b: Point): number => a.timestamp - b.timestamp || a.step - b.step || a.value - b.value;

/** MLflow: the latest point is the greatest by step, timestamp, value. */
const byRank = (a: Point, b: Point): number => a.step - b.step || a.timestamp - b.timestamp || a.value - b.value;

/** The first few places where a history is not what was acknowledged; a whole diff of thousands of points tells nobody anything. */
const differences = (found: readonly Point[], expected: readonly Point[]): readonly string[] => {
  const wanted = new Set(expected.map(textOf));
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const text of found.map(textOf)) {
    if (!wanted.has(text)) wrong.push(`never logged: ${text}`);
    if (seen.has(text)) wrong.push(`there twice: ${text}`);
    seen.add(text);
  }
  for (const text of wanted) if (!seen.has(text)) wrong.push(`lost: ${text}`);
  if (wrong.length === 0 && found.some((point, index) => textOf(point) !== textOf(expected[index]))) {
    wrong.push('all there, but not in the order of timestamp, step, value');
  }
  return wrong.slice(0, 10);
};

const textOf = (point: Point | undefined): string =>
  point ? `${point.key} = ${point.value} at step ${point.step}, time ${point.timestamp}` : 'nothing';
