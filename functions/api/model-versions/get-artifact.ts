import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { missingValue } from '../../domain/messages.ts';
import { artifactResponse } from '../mlflow-artifacts/artifact-response.ts';
import type { RawOperation } from '../operation.ts';
import { folderOf } from './version-folder.ts';
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
    const root = await folderOf(version.storageLocation, services);
    return artifactResponse(services, `${root}/${safe}`, request);
  },
};
