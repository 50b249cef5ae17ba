import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { parseRunsUri } from '../../domain/model-source.ts';
import { parseUri } from '../../domain/uri.ts';
import { proxiedPath } from '../artifacts/proxied-path.ts';
import type { Services } from '../operation.ts';

/** The folder of a version below the artifact root; throws INVALID_PARAMETER_VALUE for files that are not kept here. */
export async function folderOf(
  location: string,
  { store, artifacts, bucketRoot }: Pick<Services, 'store' | 'artifacts' | 'bucketRoot'>,
): Promise<string> {
  if (parseUri(location).scheme !== 'runs') return proxiedPath(location, bucketRoot);
  const { runId, path } = parseRunsUri(location);
  const { run } = await store.getRun(runId);
  const below = safeArtifactPath(path);
  const folder = `${proxiedPath(run.artifactUri, bucketRoot)}${below && `/${below}`}`;
  if ((await artifacts.list(folder)).length > 0) return folder;
  // Since MLflow 3 a run's model lies beside the run (MLflow: RunsArtifactRepository looks there, too).
  const models = await Promise.all(run.modelOutputs.map(({ modelId }) => store.findLoggedModel(modelId)));
  const logged = models.find((view) => view?.model.name === below && !view.model.isDeleted);
  return logged ? proxiedPath(logged.model.artifactUri, bucketRoot) : folder;
}
