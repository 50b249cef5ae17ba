import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { missingValue } from '../../domain/messages.ts';
import { parseRunsUri } from '../../domain/model-source.ts';
import { parseUri } from '../../domain/uri.ts';
import { proxiedPath } from '../artifacts/proxied-path.ts';
import { artifactResponse } from '../mlflow-artifacts/artifact-response.ts';
import type { RawOperation, Services } from '../operation.ts';
import { getModelVersion } from './version-reference.ts';

/** A file of a version, for browsers (MLflow: get_model_version_artifact_handler). */
export const getModelVersionArtifact: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: ['/model-versions/get-artifact'],
  respond: async ({ request, query }, services) => {
    const path = query.get('path');
    if (path === null) throw invalidParameter(missingValue('path'));
    const safe = safeArtifactPath(path);
    const reference = { name: query.get('name') ?? '', version: query.get('version') ?? '' };
    const { version } = await getModelVersion(services.store, reference);
    const root = await rootOf(version.storageLocation, services);
    return artifactResponse(services, `${root}/${safe}`, request);
  },
};

/** The folder below the artifact root; throws INVALID_PARAMETER_VALUE for files that are not kept here. */
async function rootOf(location: string, { store, artifacts, bucketRoot }: Services): Promise<string> {
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
