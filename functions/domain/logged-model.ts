import { invalidParameter } from './errors.ts';
import { pythonRepr } from './messages.ts';
import { DEFAULT_LAYOUT, pythonJson } from './python-json.ts';

const FORBIDDEN_IN_NAMES = ['/', ':', '.', '%', '"', "'"];

/** Throws INVALID_PARAMETER_VALUE for a name MLflow refuses; no name at all is fine (MLflow: _validate_logged_model_name). */
export function validateLoggedModelName(name: string | undefined): void {
  if (name === undefined) return;
  if (name !== '' && !FORBIDDEN_IN_NAMES.some((char) => name.includes(char))) return;
  throw invalidParameter(
    `Invalid model name (${pythonRepr(name)}) provided. Model name must be a non-empty string ` +
      `and cannot contain the following characters: (${FORBIDDEN_IN_NAMES.map(pythonRepr).join(', ')})`,
  );
}

/** A JSON object; what is in it is the client's affair. */
export type JsonObject = Readonly<Record<string, unknown>>;

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MANDATORY_FIELDS = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'];

/** Parses what runs/log-model sends; throws INVALID_PARAMETER_VALUE for bad JSON and missing fields (MLflow: handlers.py, _log_model). */
export function checkLoggedModelJson(modelJson: string): JsonObject {
  const parsed = parseModel(modelJson);
  const model = isJsonObject(parsed) ? parsed : {};
  const missing = MANDATORY_FIELDS.filter((field) => !Object.hasOwn(model, field));
  if (missing.length === 0) return model;
  // MLflow prints a Python set, whose order is any.
  throw invalidParameter(`Model json is missing mandatory fields: {${missing.map(pythonRepr).join(', ')}}`);
}

function parseModel(modelJson: string): unknown {
  try {
    return JSON.parse(modelJson);
  } catch (cause) {
    throw invalidParameter(`Malformed model info. \n ${modelJson} \n is not a valid JSON.`, cause);
  }
}

/**
 * The value of the tag `mlflow.log-model.history` with one more model at its end, as Python writes JSON.
 * Throws INVALID_PARAMETER_VALUE when the tag holds no list, which MLflow answers with 500
 * (MLflow: SqlAlchemyStore.record_logged_model).
 */
export function appendModelHistory(previousTagValue: string | undefined, model: JsonObject): string {
  const history = previousTagValue === undefined ? [] : parseHistory(previousTagValue);
  return pythonJson([...history, historyEntryOf(model)], DEFAULT_LAYOUT);
}

function parseHistory(tagValue: string): readonly unknown[] {
  const history = parseOrUndefined(tagValue);
  if (Array.isArray(history)) return history;
  throw invalidParameter("Cannot record the model: the tag 'mlflow.log-model.history' does not hold a JSON list.");
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// MLflow: models/model.py, Model.get_tags_dict, in its order of keys.
function historyEntryOf(model: JsonObject): JsonObject {
  return {
    ...presentField(model, 'run_id'),
    ...presentField(model, 'artifact_path'),
    utc_time_created: textOf(model.utc_time_created),
    model_uuid: model.model_uuid ?? null,
    flavors: flavorsOf(model.flavors),
  };
}

const presentField = (model: JsonObject, field: string): JsonObject =>
  isAbsent(model[field]) ? {} : { [field]: model[field] };

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

// For null MLflow takes its clock, which the domain has not.
function textOf(value: unknown): string {
  if (isAbsent(value)) return '';
  return typeof value === 'string' ? value : pythonJson(value, DEFAULT_LAYOUT);
}

const flavorsOf = (flavors: unknown): JsonObject =>
  isJsonObject(flavors) ? mapEntries(flavors, ([name, flavor]) => [[name, withoutConfig(flavor)]]) : {};

const withoutConfig = (flavor: unknown): unknown =>
  isJsonObject(flavor) ? mapEntries(flavor, (entry) => (entry[0] === 'config' ? [] : [entry])) : flavor;

type Entry = readonly [key: string, value: unknown];

const mapEntries = (object: JsonObject, change: (entry: Entry) => readonly Entry[]): JsonObject =>
  Object.fromEntries(Object.entries(object).flatMap(change));

/** Names the versions that a logged model was registered as (MLflow: mlflow_tags.py). */
export const MODEL_VERSIONS_TAG = 'mlflow.modelVersions';

/**
 * The value of the tag `mlflow.modelVersions` with one more version at its end, as Python writes JSON. A value that holds no
 * list makes way (MLflow: set_model_versions_tags, which answers 500 then).
 */
export function appendModelVersion(previous: string | undefined, name: string, version: number): string {
  const known = previous === undefined ? [] : parseOrUndefined(previous);
  return pythonJson([...(Array.isArray(known) ? known : []), { name, version }], DEFAULT_LAYOUT);
}
