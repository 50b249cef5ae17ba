import { noSuchVersion, parseVersionNumber } from '../../domain/model-version.ts';
import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { keepingProtected } from '../promotion/gate.ts';
import { modelName } from '../registered-models/model-reference.ts';
import { versionNumber } from './version-reference.ts';

export const deleteModelVersion = defineOperation({
  method: 'DELETE',
  path: '/mlflow/model-versions/delete',
  since: '2.0',
  request: message({ name: modelName, version: versionNumber }),
  handle: async ({ name, version }, { store, clock, caller }) => {
    // Looked at before the name (MLflow: delete_model_version).
    const number = parseVersionNumber(version);
    validateRegisteredModelName(name);
    const deletion = { keep: keepingProtected(store, number), by: caller?.username };
    const isDone = await store.deleteModelVersion({ name, versionNumber: number }, clock(), deletion);
    if (!isDone) throw noSuchVersion(name, number);
    return {};
  },
});
