import { describe, expect, test } from 'vitest';
import {
  groundOf,
  heightAt,
  type Peak,
  peaksOf,
  stretchOf,
} from '../../../../web/pages/runs/figures/contour/ground.ts';
import { RAMP, rampAt } from '../../../../web/pages/runs/figures/contour/ramp.ts';

const peak = (x: number, y: number, height: number): Peak => ({ runId: `${x} ${y}`, label: '', x, y, height });
const unit = { from: 0, to: 1, isLog: false };

describe('a stretch', () => {
  test('leaves room around the outermost runs', () => {
    const { from, to } = stretchOf([10, 20], 'linear');
    expect([from, to]).toEqual([10 - 0.6, 20 + 0.6]);
  });

  test('of powers of ten leaves the same room on both sides', () => {
    const { from, to, isLog } = stretchOf([0.001, 1], 'log');
    expect(isLog).toBe(true);
    expect(0.001 / from).toBeCloseTo(to / 1, 9);
  });

  test.each([0, 5, -3])('of the one place %d still has a width', (place) => {
    const { from, to } = stretchOf([place, place], 'linear');
    expect(from).toBeLessThan(place);
    expect(to).toBeGreaterThan(place);
  });
});

describe('the ground', () => {
  const height = (peaks: readonly Peak[], x: number, y: number) => {
    const ground = groundOf(peaks, unit, unit);
    return heightAt(ground, x * (ground.columns - 1), y * (ground.rows - 1));
  };

  test('is as high as the only run near it', () => {
    expect(height([peak(0.2, 0.2, 7), peak(0.9, 0.9, 1)], 0.2, 0.2)).toBeCloseTo(7, 3);
  });

  test('is between two runs as high as their mean', () => {
    expect(height([peak(0.4, 0.5, 2), peak(0.6, 0.5, 4)], 0.5, 0.5)).toBeCloseTo(3, 1);
  });

  test('claims nothing far from all runs', () => {
    expect(height([peak(0.1, 0.1, 2)], 0.9, 0.9)).toBeNaN();
  });

  test('lies between the least and the greatest', () => {
    const peaks = Array.from({ length: 50 }, (_, at) => peak((at * 0.37) % 1, (at * 0.61) % 1, at));
    const { heights } = groundOf(peaks, unit, unit);
    const known = [...heights].filter((each) => !Number.isNaN(each));
    expect(Math.min(...known)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...known)).toBeLessThanOrEqual(49);
  });
});

test('a run without a height is left out', () => {
  const dots = [peak(0, 0, 0), peak(1, 0, 0), peak(2, 0, 0)].map(({ height: _, ...dot }) => dot);
  const heights = new Map([
    ['0 0', 5],
    ['1 0', Number.NaN],
  ]);
  expect(peaksOf(dots, heights)).toEqual([peak(0, 0, 5)]);
});

test('the colours go from the first to the last', () => {
  const hex = (rgb: readonly number[]) => `#${rgb.map((each) => each.toString(16).padStart(2, '0')).join('')}`;
  expect([0, 0.5, 1, 2].map((share) => hex(rampAt(share)))).toEqual([RAMP[0], RAMP[2], RAMP[4], RAMP[4]]);
});
