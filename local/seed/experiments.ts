import type { Calls } from './calls.ts';
import type { Project } from './projects.ts';
import { textAt } from './text-at.ts';

/** Gives the id of a project's experiment. */
export type ExperimentOf = (project: Project) => Promise<string>;

/**
 * Makes the experiments at first need, each once: one a project, or the one that is named for all. One that is there
 * already is filled further.
 */
export function openExperiments(calls: Calls, name: string | undefined): ExperimentOf {
  const ids = new Map<string, Promise<string>>();
  return (project) => {
    const wanted = name ?? project.name;
    const id = ids.get(wanted) ?? findOrCreate(calls, wanted, project);
    ids.set(wanted, id);
    return id;
  };
}

async function findOrCreate({ find, post }: Calls, name: string, project: Project): Promise<string> {
  const found = await find('experiments/get-by-name', { experiment_name: name });
  if (found !== undefined) return textAt(found, 'experiment', 'experiment_id');
  const tags = [
    { key: 'mlflow.note.content', value: project.note },
    { key: 'team', value: project.team },
  ];
  return textAt(await post('experiments/create', { name, tags }), 'experiment_id');
}
