import type { ModelMetric } from '../domain/entities.ts';
import type { Int64 } from '../domain/int64.ts';

/** The value of an attribute: text, or an integer such as a time in ms. */
export type AttributeValue = string | Int64;

/**
 * An experiment as searches read it. Attributes: `name`, `experiment_id` (decimal text), `creation_time`,
 * `last_update_time`. All readers give undefined for what is not there.
 */
export interface ExperimentRow {
  readonly attribute: (name: string) => AttributeValue | undefined;
  readonly tag: (key: string) => string | undefined;
}

/** A dataset that went into a run; `context` is the input tag mlflow.data.context. */
export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  readonly context?: string | undefined;
}

/**
 * A run as searches read it. Attributes: `run_id`, `run_name` (for order_by only; filters read the tag mlflow.runName),
 * `user_id` ("" when unset), `status` (FINISHED…), `artifact_uri`, `start_time`, `end_time` (undefined when unset).
 */
export interface RunRow extends ExperimentRow {
  /** The latest value of a metric, NaN as NaN. */
  readonly metric: (key: string) => number | undefined;
  readonly param: (key: string) => string | undefined;
  readonly datasets: () => readonly DatasetInput[];
}

/**
 * A logged model as searches read it. Attributes: `model_id`, `name`, `model_type` and `source_run_id` ("" when unset),
 * `status` (LOGGED_MODEL_READY…), `experiment_id` (decimal text), `artifact_location`, `lifecycle_stage`,
 * `status_message`, `creation_timestamp_ms`, `last_updated_timestamp_ms`.
 */
export interface LoggedModelRow extends ExperimentRow {
  readonly param: (key: string) => string | undefined;
  /** Every point that was logged for the model: all keys, runs, steps and datasets, in any order. */
  readonly metrics: () => readonly ModelMetric[];
}

/**
 * A registered model, or a version of one, as searches read it. Attributes of a model: `name`, `last_updated_timestamp`;
 * of a version: `name`, `version_number`, `run_id`, `source_path`, `creation_timestamp`, `last_updated_timestamp`.
 */
export type RegistryRow = ExperimentRow;

/** What can be searched, and how its rows are read. */
export interface RowOf {
  readonly experiments: ExperimentRow;
  readonly runs: RunRow;
  readonly loggedModels: LoggedModelRow;
  readonly registeredModels: RegistryRow;
  readonly modelVersions: RegistryRow;
}

export type Entity = keyof RowOf;
