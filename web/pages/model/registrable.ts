import type { LoggedModel } from '../../api/logged-models.ts';
import type { NewVersion } from '../../api/registered-models.ts';
import type { Run } from '../../api/runs.ts';

/** Something of a run that can become a version. */
export interface Registrable {
  readonly id: string;
  readonly title: string;
  /** The folder of the run that it lies in; undefined for a logged model. */
  readonly folder: string | undefined;
  readonly version: Omit<NewVersion, 'description'>;
}

/** Clients before MLflow 3 say here which folders are models (MLflow: mlflow_tags.py, MLFLOW_LOGGED_MODELS). */
const HISTORY_TAG = 'mlflow.log-model.history';

/** What of a run can be registered: its logged models, the folders its client named, and the one that was chosen. */
export function registrables(
  run: Run,
  models: readonly LoggedModel[],
  chosenFolder: string | undefined,
): readonly Registrable[] {
  const folders = new Set([...(chosenFolder ? [chosenFolder] : []), ...foldersNamed(run)]);
  const ofFolders = [...folders].map((folder) => folderAsVersion(run, folder));
  const ofModels = models.map(({ modelId, name }) => ({
    id: modelId,
    title: name === '' ? modelId : `${name} (${modelId})`,
    folder: undefined,
    version: { source: `models:/${modelId}`, runId: run.runId, modelId },
  }));
  return chosenFolder ? [...ofFolders, ...ofModels] : [...ofModels, ...ofFolders];
}

/** A folder of a run as a version. Its own location and not `runs:/…`, for clients of all releases can open that. */
export const folderAsVersion = ({ runId, artifactUri }: Run, folder: string): Registrable => ({
  id: `folder ${folder}`,
  title: `Folder ${folder}`,
  folder,
  version: { source: `${artifactUri}/${folder}`, runId, modelId: undefined },
});

function foldersNamed({ tags }: Run): readonly string[] {
  try {
    const history: unknown = JSON.parse(tags.get(HISTORY_TAG) ?? '[]');
    return Array.isArray(history) ? history.map(pathOf).filter((path) => path !== '') : [];
  } catch {
    // Somebody else wrote the tag: then it names no folder.
    return [];
  }
}

const pathOf = (entry: unknown): string =>
  typeof entry === 'object' && entry !== null && 'artifact_path' in entry ? String(entry.artifact_path) : '';
