import { describe, expect, test } from 'vitest';
import {
  checkExperimentActive,
  checkRunActive,
  deletionTimeOfRun,
  type LifecycleStage,
  stageMatches,
  stageOfRun,
  type ViewType,
} from '../../functions/domain/lifecycle.ts';
import { expectRefusal } from './expect-refusal.ts';

const mark = (stage: LifecycleStage, stageGeneration: number) => ({ stage, stageGeneration });

describe('stageOfRun', () => {
  test("is the run's own mark while nothing happened to its experiment since", () => {
    expect(stageOfRun(mark('active', 0), mark('active', 0))).toBe('active');
    expect(stageOfRun(mark('deleted', 0), mark('active', 0))).toBe('deleted');
  });

  test('is deleted with its experiment', () => {
    expect(stageOfRun(mark('active', 0), mark('deleted', 1))).toBe('deleted');
  });

  test('is active after its experiment came back, even when the run had been deleted before', () => {
    expect(stageOfRun(mark('deleted', 0), mark('active', 2))).toBe('active');
  });

  test('is the own mark of a run that was restored in a deleted experiment', () => {
    expect(stageOfRun(mark('active', 1), mark('deleted', 1))).toBe('active');
  });
});

describe('deletionTimeOfRun', () => {
  const experiment = { ...mark('deleted', 1), lastUpdateTime: 50 };

  test('is when the run was deleted by itself', () => {
    expect(deletionTimeOfRun({ ...mark('deleted', 1), deletedTime: 70 }, experiment)).toBe(70);
  });

  test('is when its experiment was deleted, also when the run had been deleted before', () => {
    expect(deletionTimeOfRun({ ...mark('deleted', 0), deletedTime: 20 }, experiment)).toBe(50);
    expect(deletionTimeOfRun({ ...mark('active', 0), deletedTime: undefined }, experiment)).toBe(50);
  });
});

test.each<[ViewType, LifecycleStage, boolean]>([
  ['ACTIVE_ONLY', 'active', true],
  ['ACTIVE_ONLY', 'deleted', false],
  ['DELETED_ONLY', 'active', false],
  ['DELETED_ONLY', 'deleted', true],
  ['ALL', 'active', true],
  ['ALL', 'deleted', true],
])('%s shows what is %s: %s', (view, stage, isShown) => {
  expect(stageMatches(view, stage)).toBe(isShown);
});

test('a deleted experiment takes no writes', () => {
  expect(() => checkExperimentActive({ experimentId: '1', stage: 'active' })).not.toThrow();
  expectRefusal(
    () => checkExperimentActive({ experimentId: '1', stage: 'deleted' }),
    "The experiment 1 must be in the 'active' state. Current state is deleted.",
  );
});

test('a deleted run takes no writes', () => {
  expect(() => checkRunActive({ runId: 'r', stage: 'active' })).not.toThrow();
  expectRefusal(
    () => checkRunActive({ runId: 'r', stage: 'deleted' }),
    "The run r must be in the 'active' state. Current state is deleted.",
  );
});
