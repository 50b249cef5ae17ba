import type { RegisteredModel } from '../../domain/entities.ts';
import { doesNotExist } from '../../domain/errors.ts';
import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { latestVersions } from '../../domain/version-stages.ts';
import { requiredText } from '../../protocol/common.ts';
import { wireRegisteredModel } from '../../protocol/wire-registry.ts';
import type { Change, Store } from '../../store/store.ts';
import type { Announce } from '../../store/webhook-store.ts';

export const modelName = requiredText('Name of the registered model');

/** The error for a model that is not there. */
export const noSuchModel = (name: string) => doesNotExist(`Registered Model with name=${name} not found`);

/** The model; throws INVALID_PARAMETER_VALUE for a name that none can have, RESOURCE_DOES_NOT_EXIST for none. */
export async function getRegisteredModel(store: Store, name: string): Promise<RegisteredModel> {
  validateRegisteredModelName(name);
  const model = await store.findRegisteredModel(name);
  if (!model) throw noSuchModel(name);
  return model;
}

/** Changes a model and gives it; throws as `getRegisteredModel` does. */
export async function changeRegisteredModel(
  store: Store,
  name: string,
  change: Change<RegisteredModel>,
  announce?: Announce<RegisteredModel>,
): Promise<RegisteredModel> {
  validateRegisteredModelName(name);
  const model = await store.updateRegisteredModel(name, change, announce);
  if (!model) throw noSuchModel(name);
  return model;
}

/** Models on the wire, in their order, each with the highest version of each stage. */
export async function wireModels(store: Store, models: readonly RegisteredModel[]) {
  const wanted = models.map((model) => ({ model, versionNumbers: latestVersions(model.stages) }));
  const versions = await store.readModelVersions(wanted);
  const latest = new Map(versions.map((view) => [placeOf(view.model, view.version.versionNumber), view]));
  return wanted.map(({ model, versionNumbers }) => {
    const views = versionNumbers.map((number) => latest.get(placeOf(model, number)));
    return wireRegisteredModel(
      model,
      views.filter((view) => view !== undefined),
    );
  });
}

const placeOf = ({ registeredModelId }: RegisteredModel, versionNumber: number): string =>
  `${registeredModelId} ${versionNumber}`;

/** The answer of operations that give one model. */
export async function answerModel(store: Store, model: RegisteredModel) {
  const [wired] = await wireModels(store, [model]);
  return { registered_model: wired };
}
