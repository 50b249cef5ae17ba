import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateMetric } from '../../../functions/domain/metric.ts';
import { validateParam } from '../../../functions/domain/param.ts';
import { validateRunTag } from '../../../functions/domain/tag.ts';
import { believableFamilies, type Family, type WorldProps } from '../../../local/seed/believable-families.ts';
import type { BelievableRun } from '../../../local/seed/believable-run.ts';

const UNTIL = Date.parse('2026-11-01');
const DAY_MS = 86_400_000;
const SIZE = { metrics: 5, points: 8, params: 15, tags: 8 };
const WORLD: WorldProps = { seed: 1, runs: 1_500, size: SIZE, until: UNTIL };

const runsOf = (families: Iterable<Family>): readonly BelievableRun[] =>
  [...families].flatMap(({ parent, children }) => [parent, ...children]);

const families = [...believableFamilies(WORLD)];
const runs = runsOf(families);
const sweeps = families.filter(({ children }) => children.length > 0);
const withStatus = (status: string) => runs.filter((run) => run.status === status);
const paramOf = (run: BelievableRun, key: string) => run.params.find((param) => param.key === key)?.value;

describe('a world', () => {
  test('is the same for the same seed, and another for another one', () => {
    const small = { ...WORLD, runs: 40 };
    expect([...believableFamilies(small)]).toEqual([...believableFamilies(small)]);
    expect([...believableFamilies({ ...small, seed: 2 })]).not.toEqual([...believableFamilies(small)]);
  });

  test('has exactly as many runs as are asked for, of the size that is asked for', () => {
    const counts = fc.record({
      seed: fc.nat(),
      runs: fc.integer({ min: 1, max: 60 }),
      metrics: fc.nat(20),
      points: fc.nat(6),
      params: fc.nat(30),
      tags: fc.nat(20),
    });
    const property = fc.property(counts, ({ seed, runs: wanted, ...size }) => {
      const made = runsOf(believableFamilies({ seed, runs: wanted, size, until: UNTIL }));
      expect(made).toHaveLength(wanted);
      for (const run of made) {
        expect(run.params).toHaveLength(size.params);
        expect(run.tags.length).toBeGreaterThanOrEqual(size.tags);
      }
    });
    fc.assert(property, { seed: 20_261, numRuns: 30 });
  });

  test('lies in the half year before the given day', () => {
    for (const { startTime } of runs) {
      expect(startTime).toBeGreaterThan(UNTIL - 184 * DAY_MS);
      expect(startTime).toBeLessThan(UNTIL);
    }
    const months = new Set(runs.map(({ startTime }) => new Date(startTime).getUTCMonth()));
    expect(months.size).toBeGreaterThanOrEqual(6);
  });

  test('holds only what MLflow accepts, and no key twice', () => {
    for (const { points, params, tags } of runs) {
      for (const point of points) validateMetric(point);
      for (const { key, value } of params) validateParam(key, value, '');
      for (const { key, value } of tags) validateRunTag(key, value, '');
      expect(new Set(params.map(({ key }) => key)).size).toBe(params.length);
      expect(new Set(tags.map(({ key }) => key)).size).toBe(tags.length);
    }
  });
});

describe('its runs', () => {
  test('are finished for the most part; some failed, were killed or go on', () => {
    expect(withStatus('FINISHED').length / runs.length).toBeCloseTo(0.86, 1);
    for (const status of ['FAILED', 'KILLED', 'RUNNING']) expect(withStatus(status).length).toBeGreaterThan(10);
  });

  test('end after their last point, unless they go on', () => {
    for (const { status, endTime, points } of runs) {
      expect(endTime === undefined).toBe(status === 'RUNNING');
      if (endTime !== undefined) {
        expect(endTime).toBeGreaterThanOrEqual(Math.max(...points.map(({ timestamp }) => Number(timestamp))));
      }
    }
  });

  test('some that failed turned NaN, and none that was finished did', () => {
    const turnsNan = ({ points }: BelievableRun): boolean => points.some(({ value }) => Number.isNaN(value));
    const failed = withStatus('FAILED').filter(turnsNan).length / withStatus('FAILED').length;
    expect(failed).toBeGreaterThan(0.2);
    expect(failed).toBeLessThan(0.8);
    expect(withStatus('KILLED').some(turnsNan)).toBe(false);
  });

  test('that stopped early have shorter curves', () => {
    const usual = SIZE.metrics * SIZE.points;
    expect(withStatus('KILLED').every(({ points }) => points.length <= usual * 50)).toBe(true);
    expect(withStatus('KILLED').some(({ points }) => points.length < usual)).toBe(true);
  });

  test('a few have long histories, a few name their datasets, some have a note', () => {
    expect(runs.some(({ points }) => points.length > 20 * SIZE.metrics * SIZE.points)).toBe(true);
    expect(runs.filter(({ datasets }) => datasets.length > 0).length / runs.length).toBeCloseTo(0.05, 1);
    expect(runs.some(({ tags }) => tags.some(({ key }) => key === 'mlflow.note.content'))).toBe(true);
  });

  test('share their commits', () => {
    const commits = runs.map(({ tags }) => tags.find(({ key }) => key === 'mlflow.source.git.commit')?.value ?? '');
    expect(commits.every((commit) => /^[0-9a-f]{40}$/.test(commit))).toBe(true);
    expect(new Set(commits).size).toBeLessThanOrEqual(400);
  });
});

describe('its sweeps', () => {
  test('have four children and more, which differ in what is varied', () => {
    expect(sweeps.length).toBeGreaterThan(20);
    for (const { children } of sweeps.slice(0, -1)) {
      expect(children.length).toBeGreaterThanOrEqual(4);
      expect(new Set(children.map((child) => paramOf(child, 'learning_rate'))).size).toBeGreaterThan(1);
      expect(new Set(children.map((child) => paramOf(child, 'batch_size'))).size).toBe(1);
    }
  });

  test('start before their children and end after them', () => {
    for (const { parent, children } of sweeps) {
      expect(parent.startTime).toBeLessThan(Math.min(...children.map(({ startTime }) => startTime)));
      if (parent.endTime === undefined) continue;
      expect(parent.endTime).toBeGreaterThan(Math.max(...children.map(({ endTime }) => endTime ?? Infinity)));
    }
  });

  test('hold the last values of their best child', () => {
    const lastLoss = ({ points }: BelievableRun) => points.findLast(({ key }) => key === 'val_loss')?.value;
    for (const { parent, children } of sweeps) {
      const losses = children.map(lastLoss).filter((loss) => loss !== undefined && !Number.isNaN(loss));
      if (losses.length > 0) expect(lastLoss(parent)).toBe(Math.min(...losses.map(Number)));
    }
  });
});
