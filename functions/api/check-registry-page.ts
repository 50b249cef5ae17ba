import { invalidParameter } from '../domain/errors.ts';
import { invalidValue, SEE_DOCS } from '../domain/messages.ts';

/**
 * Throws INVALID_PARAMETER_VALUE for a page of less than one result or of more than `most`. MLflow answers a page of no
 * models with a token that leads to the same page (handlers.py, _search_registered_models, _search_model_versions).
 */
export function checkRegistryPage(maxResults: number, most: number): void {
  if (maxResults > most) {
    throw invalidParameter(
      invalidValue('max_results', String(maxResults), " Hint: Value was of type 'str'.") + SEE_DOCS,
    );
  }
  if (maxResults < 1) {
    throw invalidParameter(`Invalid value for max_results. It must be a positive integer, but got ${maxResults}`);
  }
}
