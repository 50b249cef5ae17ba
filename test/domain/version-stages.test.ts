import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MODEL_STAGES } from '../../functions/domain/model-stage.ts';
import {
  existingVersions,
  latestVersions,
  stageOfVersion,
  versionsInStage,
  withMark,
  withNewVersion,
} from '../../functions/domain/version-stages.ts';

const marks = fc.array(fc.constantFrom(...MODEL_STAGES, 'deleted' as const), { maxLength: 40 });

/** The stages of versions that were made one after the other and then marked so. */
const stagesOf = (wanted: readonly (typeof MODEL_STAGES)[number][] | readonly string[]) =>
  wanted.reduce<string>(withNewVersion, '');

const marked = (wanted: readonly ((typeof MODEL_STAGES)[number] | 'deleted')[]) =>
  wanted.reduce((stages, mark, at) => withMark(stages, [at + 1], mark), stagesOf(wanted));

describe('the stages of versions', () => {
  test('keep each version’s mark', () => {
    fc.assert(
      fc.property(marks, (wanted) => {
        const stages = marked(wanted);
        for (const [at, mark] of wanted.entries()) {
          expect(stageOfVersion(stages, at + 1)).toBe(mark === 'deleted' ? undefined : mark);
        }
      }),
    );
  });

  test('list versions by stage, the existing ones, and the highest of each stage', () => {
    fc.assert(
      fc.property(marks, (wanted) => {
        const stages = marked(wanted);
        const numbersOf = (stage: string) => wanted.flatMap((mark, at) => (mark === stage ? [at + 1] : []));
        for (const stage of MODEL_STAGES) expect(versionsInStage(stages, stage)).toEqual(numbersOf(stage));
        const existing = wanted.flatMap((mark, at) => (mark === 'deleted' ? [] : [at + 1]));
        expect(existingVersions(stages)).toEqual(existing);
        const highest = MODEL_STAGES.flatMap((stage) => numbersOf(stage).slice(-1));
        expect(latestVersions(stages).toSorted()).toEqual(highest.toSorted());
      }),
    );
  });

  test('name the stage of the oldest version first', () => {
    expect(latestVersions(marked(['Staging', 'None', 'Production', 'Staging', 'None']))).toEqual([4, 5, 3]);
  });

  test.each([0, -1, 4, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('know no version %d', (number) => {
    expect(stageOfVersion(stagesOf(['', '', '']), number)).toBeUndefined();
  });

  test('change many marks at once', () => {
    const stages = stagesOf(['', '', '', '']);
    expect(versionsInStage(withMark(stages, [1, 3], 'Archived'), 'Archived')).toEqual([1, 3]);
    expect(withMark(stages, [], 'Archived')).toBe(stages);
  });
});
