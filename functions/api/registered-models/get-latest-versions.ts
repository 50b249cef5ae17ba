import type { ModelVersionView } from '../../domain/entities.ts';
import { canonicalStage, MODEL_STAGES } from '../../domain/model-stage.ts';
import { latestVersions } from '../../domain/version-stages.ts';
import { textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { wireModelVersion } from '../../protocol/wire-registry.ts';
import type { Store } from '../../store/store.ts';
import { defineOperation, type Method } from '../operation.ts';
import { getRegisteredModel, modelName } from './model-reference.ts';

const request = message({
  name: modelName,
  stages: list(textOrEmpty('Stage'), 'Stages whose latest versions are wanted; all when there are none'),
});

/** The highest version of each stage that has any; throws as `getRegisteredModel` does, and for what is no stage. */
export async function findLatestVersions(
  store: Store,
  name: string,
  stages: readonly string[],
): Promise<readonly ModelVersionView[]> {
  const model = await getRegisteredModel(store, name);
  const wanted = new Set((stages.length === 0 ? MODEL_STAGES : stages).map(canonicalStage));
  const numbers = latestVersions(model.stages);
  const found = await store.readModelVersions([{ model, versionNumbers: numbers }]);
  return found
    .filter(({ stage }) => wanted.has(stage))
    .toSorted((a, b) => numbers.indexOf(a.version.versionNumber) - numbers.indexOf(b.version.versionNumber));
}

const latestBy = (method: Method) =>
  defineOperation({
    method,
    path: '/mlflow/registered-models/get-latest-versions',
    since: '2.0',
    request,
    handle: async ({ name, stages }, { store }) => {
      const latest = await findLatestVersions(store, name, stages);
      return { model_versions: latest.length > 0 ? latest.map(wireModelVersion) : undefined };
    },
  });

export const getLatestVersions = [latestBy('POST'), latestBy('GET')] as const;
