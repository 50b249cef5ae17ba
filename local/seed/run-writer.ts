import type { BelievableRun } from './believable-run.ts';
import type { Project } from './projects.ts';

/** Where believable runs go. */
export interface RunWriter {
  /** Gives the id of the experiment with this name; one that is not there is made, as the project's. */
  readonly openExperiment: (name: string, project: Project) => Promise<string>;
  /** Writes a run with all it holds and gives its id. */
  readonly writeRun: (experimentId: string, run: BelievableRun) => Promise<string>;
}

/** The tags of a project's experiment. */
export const experimentTags = (project: Project) =>
  [
    { key: 'mlflow.note.content', value: project.note },
    { key: 'team', value: project.team },
  ] as const;

/** The parts of a list, none longer than `size`. */
export function* slicesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
