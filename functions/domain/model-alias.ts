import { invalidParameter } from './errors.ts';
import { MAX_ALIAS_LENGTH } from './limits.ts';
import { validateLength } from './names.ts';

/** The alias that always stands for the highest version, in any case (MLflow: get_model_version_by_alias). */
const LATEST = 'latest';

// Python's \w is exactly letters, numbers and `_`; and its `$` also matches before a final line feed.
const ALIAS = /^[\p{L}\p{N}_-]*\n?$/u;
const VERSION_ALIAS = /^[vV]\p{Nd}+\n?$/u;

export const isLatestAlias = (alias: string): boolean => alias.toLowerCase() === LATEST;

/** Throws INVALID_PARAMETER_VALUE for what is no alias (MLflow: _validate_model_alias_name). */
export function validateAlias(alias: string): void {
  if (!ALIAS.test(alias)) {
    throw invalidParameter(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  validateLength('Registered model alias name', alias, MAX_ALIAS_LENGTH);
}

/** Throws INVALID_PARAMETER_VALUE for an alias that nobody may set (MLflow: _validate_model_alias_name_reserved). */
export function validateAliasNotReserved(alias: string): void {
  if (isLatestAlias(alias)) throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  if (VERSION_ALIAS.test(alias)) throw invalidParameter(`Version alias name '${alias}' is reserved.`);
}
