import type { RegisteredModel, TextMap } from './entities.ts';
import { alreadyExists, invalidParameter, type MlflowError } from './errors.ts';
import { MAX_KEY_LENGTH, MAX_REGISTERED_MODEL_NAME_LENGTH, MAX_REGISTRY_TAG_VALUE_LENGTH } from './limits.ts';
import { missingValue, pythonRepr } from './messages.ts';
import { lengthOf, validateLength, validateTagName, validateUniquePath } from './names.ts';
import { IS_PROMPT_TAG, PROMPT_TEXT_TAG } from './prompt.ts';
import { pythonStrip } from './python-strip.ts';

/** Throws INVALID_PARAMETER_VALUE for a name that no registered model can have (MLflow: _validate_model_name). */
export function validateRegisteredModelName(name: string): void {
  if (pythonStrip(name) === '') throw invalidParameter(missingValue('name'));
  if (/[/:]/.test(name)) {
    throw invalidParameter(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  }
  validateUniquePath(name, 'name');
  validateLength('name', name, MAX_REGISTERED_MODEL_NAME_LENGTH);
}

/** Throws for a name that a registered model cannot get (MLflow: _validate_model_renaming). */
export function validateNewName(name: string): void {
  if (pythonStrip(name) === '') throw invalidParameter(missingValue('new_name'));
  validateRegisteredModelName(name);
}

/** Throws INVALID_PARAMETER_VALUE for a tag of a registered model that MLflow refuses (MLflow: _validate_registered_model_tag). */
export function validateRegisteredModelTag(key: string, value: string): void {
  validateTagName(key);
  validateLength('key', key, MAX_KEY_LENGTH);
  validateLength('value', value, MAX_REGISTRY_TAG_VALUE_LENGTH);
}

/** Throws INVALID_PARAMETER_VALUE for a version's tag that MLflow refuses (MLflow: _validate_model_version_tag). */
export function validateVersionTag(key: string, value: string): void {
  validateTagName(key);
  validateLength('key', key, MAX_KEY_LENGTH);
  if (key === PROMPT_TEXT_TAG && lengthOf(value) > MAX_REGISTRY_TAG_VALUE_LENGTH) {
    throw invalidParameter(`Prompt text exceeds max length of ${MAX_REGISTRY_TAG_VALUE_LENGTH} characters.`);
  }
  validateLength('value', value, MAX_REGISTRY_TAG_VALUE_LENGTH);
}

/**
 * The error for a new registered model whose name is taken: models and prompts share their names, and either says which
 * is in the way (MLflow: prompt/registry_utils.py, handle_resource_already_exist_error).
 */
export function nameTaken(name: string, existing: TextMap, wanted: TextMap): MlflowError {
  const kindOf = (tags: TextMap) => (tags.has(IS_PROMPT_TAG) ? 'Prompt' : 'Registered Model');
  const [old, created] = [kindOf(existing), kindOf(wanted)];
  if (old === created) return alreadyExists(`${created} (name=${name}) already exists.`);
  return alreadyExists(
    `Tried to create a ${created.toLowerCase()} with name ${pythonRepr(name)}, but the name is ` +
      `already taken by a ${old.toLowerCase()}. MLflow does not allow creating a ` +
      'model and a prompt with the same name.',
  );
}

/** The model under another name, which is an update of each of its versions, too (MLflow: rename_registered_model). */
export const renamed = (model: RegisteredModel, name: string, now: number): RegisteredModel => ({
  ...model,
  name,
  lastUpdateTime: now,
  renameTime: now,
});
