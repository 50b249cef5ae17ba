import type { ModelVersion, ModelVersionView, RegisteredModel } from '../../domain/entities.ts';
import { noSuchVersion, parseVersionNumber } from '../../domain/model-version.ts';
import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { requiredText } from '../../protocol/common.ts';
import type { VersionName } from '../../store/registry-store.ts';
import type { Change, Store } from '../../store/store.ts';
import type { Announce } from '../../store/webhook-store.ts';

export const versionNumber = requiredText('Number of the version');

interface VersionReference {
  readonly name: string;
  readonly version: string;
}

/** Which version a request names; throws INVALID_PARAMETER_VALUE for what names none. */
export function versionNamed({ name, version }: VersionReference): VersionName {
  validateRegisteredModelName(name);
  return { name, versionNumber: parseVersionNumber(version) };
}

/** The version; throws as `versionNamed` does, and RESOURCE_DOES_NOT_EXIST when it or its model is not there. */
export async function getModelVersion(store: Store, reference: VersionReference): Promise<ModelVersionView> {
  const wanted = versionNamed(reference);
  const view = await store.findModelVersion(wanted);
  if (!view) throw noSuchVersion(wanted.name, wanted.versionNumber);
  return view;
}

/** Changes a version and gives it; throws RESOURCE_DOES_NOT_EXIST when it or its model is not there. */
export async function changeModelVersion(
  store: Store,
  wanted: VersionName,
  change: Change<ModelVersion>,
  announce?: Announce<RegisteredModel>,
): Promise<ModelVersionView> {
  const view = await store.updateModelVersion(wanted, change, announce);
  if (!view) throw noSuchVersion(wanted.name, wanted.versionNumber);
  return view;
}
