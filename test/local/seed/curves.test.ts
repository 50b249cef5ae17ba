import { describe, expect, test } from 'vitest';
import { type CurveStep, drawCurves, scheduleFactor } from '../../../local/seed/curves.ts';
import type { Hyperparameters } from '../../../local/seed/hyperparameters.ts';
import { PROJECTS } from '../../../local/seed/projects.ts';
import { seededRandom } from '../../../local/seed/seeded-random.ts';

const GOOD: Hyperparameters = {
  model: 'resnet50',
  learningRate: 1e-3,
  batchSize: 128,
  optimizer: 'adamw',
  dropout: 0.2,
  weightDecay: 0,
  schedule: 'cosine',
  warmup: 0,
};

const STEPS = 50;

/** The values of one metric, step by step. */
function curveOf(key: string, settings: Hyperparameters = GOOD, metrics = 10): readonly number[] {
  const curves = drawCurves({ project: PROJECTS[0], settings, random: seededRandom(1, 1), metrics });
  const steps: readonly CurveStep[] = Array.from({ length: STEPS }, (_, at) => curves.at(at / STEPS));
  return steps.map((step) => step[curves.keys.indexOf(key)] ?? Number.NaN);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('learning curves', () => {
  test('the loss falls and the quality rises', () => {
    const loss = curveOf('val_loss');
    const accuracy = curveOf('val_accuracy');
    expect(mean(loss.slice(-5))).toBeLessThan(mean(loss.slice(0, 5)) / 2);
    expect(mean(accuracy.slice(-5))).toBeGreaterThan(mean(accuracy.slice(0, 5)) + 0.3);
  });

  test('are noisy: hardly a step repeats a value', () => {
    expect(new Set(curveOf('train_loss')).size).toBe(STEPS);
  });

  test('a bad learning rate ends with a worse loss', () => {
    const bad = curveOf('val_loss', { ...GOOD, learningRate: 2e-5 });
    expect(mean(bad.slice(-5))).toBeGreaterThan(2 * mean(curveOf('val_loss').slice(-5)));
  });

  test.each([0, 1, 10, 25])('log %i metrics when asked to', (metrics) => {
    const { keys, at } = drawCurves({ project: PROJECTS[0], settings: GOOD, random: seededRandom(1, 1), metrics });
    expect(new Set(keys).size).toBe(metrics);
    expect(at(0.5)).toHaveLength(metrics);
  });
});

describe('the learning rate', () => {
  test('warms up from nothing', () => {
    expect([0, 0.025, 0.05].map((progress) => scheduleFactor({ ...GOOD, warmup: 0.05 }, progress))).toEqual([
      0,
      0.5,
      expect.closeTo(0.994, 3),
    ]);
  });

  test('decays to nothing along a cosine', () => {
    expect(scheduleFactor(GOOD, 0.5)).toBeCloseTo(0.5);
    expect(scheduleFactor(GOOD, 1)).toBeCloseTo(0);
  });

  test('falls to a tenth and a hundredth in steps', () => {
    const factors = [0.4, 0.6, 0.8].map((progress) => scheduleFactor({ ...GOOD, schedule: 'step' }, progress));
    expect(factors).toEqual([1, 0.1, 0.01]);
  });
});
