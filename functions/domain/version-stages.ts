import { MODEL_STAGES, type ModelStage } from './model-stage.ts';

/*
 * The stages of a model's versions as a text: the letter at place n - 1 is that of version n. So a number is never given
 * twice, all versions of a stage change it in one write, and 20,000 of them take a few hundred bytes when compressed.
 */

type Mark = ModelStage | 'deleted';

const LETTERS: Readonly<Record<Mark, string>> = {
  None: '-',
  Staging: 'S',
  Production: 'P',
  Archived: 'A',
  deleted: 'x',
};

const STAGES_BY_LETTER: ReadonlyMap<string | undefined, ModelStage> = new Map(
  MODEL_STAGES.map((stage) => [LETTERS[stage], stage]),
);

/** The stage of a version; undefined when there is no such version, or no more. */
export const stageOfVersion = (stages: string, versionNumber: number): ModelStage | undefined =>
  STAGES_BY_LETTER.get(stages[versionNumber - 1]);

/** The stages with one more version. */
export const withNewVersion = (stages: string): string => stages + LETTERS.None;

/** The stages with another mark for some versions. */
export function withMark(stages: string, versionNumbers: readonly number[], mark: Mark): string {
  const letters = [...stages];
  for (const number of versionNumbers) letters[number - 1] = LETTERS[mark];
  return letters.join('');
}

/** The numbers of the versions in a stage, rising. */
export function versionsInStage(stages: string, stage: ModelStage): readonly number[] {
  const letter = LETTERS[stage];
  const versions: number[] = [];
  for (let at = stages.indexOf(letter); at >= 0; at = stages.indexOf(letter, at + 1)) versions.push(at + 1);
  return versions;
}

/** The numbers of all versions that are there, rising. */
export const existingVersions = (stages: string): readonly number[] =>
  MODEL_STAGES.flatMap((stage) => versionsInStage(stages, stage)).toSorted((a, b) => a - b);

/** The highest version of each stage that has any, the stage with the oldest version first (MLflow: SqlRegisteredModel). */
export const latestVersions = (stages: string): readonly number[] =>
  MODEL_STAGES.map((stage) => LETTERS[stage])
    .filter((letter) => stages.includes(letter))
    .toSorted((a, b) => stages.indexOf(a) - stages.indexOf(b))
    .map((letter) => stages.lastIndexOf(letter) + 1);
