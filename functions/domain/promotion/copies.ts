import type { ModelVersionView } from '../entities.ts';
import { parseModelUri } from '../model-uri.ts';

/** Whether a version of another model was copied from a version of a model, or from any of its versions. */
export const isCopied = (
  views: readonly Pick<ModelVersionView, 'model' | 'version'>[],
  name: string,
  versionNumber?: number,
): boolean => views.some(({ model, version }) => model.name !== name && isCopyOf(version.source, name, versionNumber));

/** Copies name their source by its number (MLflow: copy_model_version). */
function isCopyOf(source: string, name: string, versionNumber: number | undefined): boolean {
  // Most sources are no such URI, and there may be many.
  if (!source.startsWith('models:')) return false;
  const uri = parseModelUri(source);
  if (uri?.kind !== 'version' || uri.name !== name) return false;
  return versionNumber === undefined || Number(uri.version) === versionNumber;
}
