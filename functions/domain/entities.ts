import type { Int64 } from './int64.ts';
import type { LifecycleStage, Removal } from './lifecycle.ts';
import type { MetricPoint } from './metric.ts';
import type { ModelStage } from './model-stage.ts';
import type { PromotionPolicy } from './promotion/policy.ts';

/** Tags and params in the order they came; a Map, so that a key such as `__proto__` is only a key. */
export type TextMap = ReadonlyMap<string, string>;

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** An experiment; times in ms since the epoch. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly stage: LifecycleStage;
  /** Raised by each delete and restore, which mark all runs at once (see `stageOfRun`). */
  readonly stageGeneration: number;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly tags: TextMap;
  readonly removal?: Removal | undefined;
}

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** The link from a run to a dataset that went into it; the dataset itself is stored once per experiment. */
export interface DatasetLink {
  readonly name: string;
  readonly digest: string;
  readonly tags: readonly KeyValue[];
}

export interface ModelOutput {
  readonly modelId: string;
  readonly step: Int64;
}

/** A run without its metrics; times in ms since the epoch. */
export interface Run {
  readonly runId: string;
  readonly experimentId: string;
  readonly runName: string;
  readonly userId: string;
  readonly status: RunStatus;
  readonly startTime: Int64;
  readonly endTime: Int64 | undefined;
  readonly artifactUri: string;
  readonly stage: LifecycleStage;
  readonly stageGeneration: number;
  /** When the run was deleted on its own, in ms; garbage collection counts from here. */
  readonly deletedTime: number | undefined;
  readonly params: TextMap;
  readonly tags: TextMap;
  readonly datasets: readonly DatasetLink[];
  readonly modelInputs: readonly string[];
  readonly modelOutputs: readonly ModelOutput[];
  readonly removal?: Removal | undefined;
}

/** A run as a reader sees it: its effective stage and the last value of each metric. */
export interface RunView {
  readonly run: Run;
  readonly stage: LifecycleStage;
  readonly metrics: readonly MetricPoint[];
}

export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string | undefined;
  readonly profile: string | undefined;
}

export type LoggedModelStatus = 'LOGGED_MODEL_PENDING' | 'LOGGED_MODEL_READY' | 'LOGGED_MODEL_UPLOAD_FAILED';

/** A logged model without its metrics; times in ms since the epoch. */
export interface LoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactUri: string;
  readonly status: LoggedModelStatus;
  readonly modelType: string;
  readonly sourceRunId: string;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly isDeleted: boolean;
  readonly params: TextMap;
  readonly tags: TextMap;
  readonly removal?: Removal | undefined;
}

/** A point logged for a model: which run measured it, and on which dataset. */
export interface ModelMetric extends MetricPoint {
  readonly runId: string;
  readonly datasetName: string | undefined;
  readonly datasetDigest: string | undefined;
}

export interface LoggedModelView {
  readonly model: LoggedModel;
  readonly metrics: readonly ModelMetric[];
}

/** A registered model, or a prompt; times in ms since the epoch. */
export interface RegisteredModel {
  /** Stays when the model is renamed; never on the wire. */
  readonly registeredModelId: string;
  readonly name: string;
  readonly description: string;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  /** When it got its name by a rename, which changes its versions, too; 0 when it never did. */
  readonly renameTime: number;
  readonly tags: TextMap;
  /** Version numbers by alias. */
  readonly aliases: ReadonlyMap<string, number>;
  /** Which versions there are and in which stage, a letter for each number that was ever given (see `version-stages.ts`). */
  readonly stages: string;
  /** When versions changed their stage. */
  readonly stageTimes: ReadonlyMap<number, number>;
  /** Whether a version of it is a prompt's. */
  readonly hasPrompts: boolean;
  /** What its versions need before they are promoted, beside what every model's do. */
  readonly policy?: PromotionPolicy | undefined;
  /** How many promotions its history has; none when absent. */
  readonly promotionCount?: number | undefined;
}

/** What is kept of a version beside its model; times in ms since the epoch. */
export interface ModelVersion {
  readonly registeredModelId: string;
  readonly versionNumber: number;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  /** Undefined when it was taken away. */
  readonly description: string | undefined;
  readonly source: string;
  /** Where the files are, if not at the source. */
  readonly storageLocation: string;
  /** The run it was made from; '' for none. */
  readonly runId: string;
  /** The logged model whose files it has. */
  readonly loggedModelId: string | undefined;
  readonly runLink: string;
  readonly tags: TextMap;
  /** Who made it; undefined where nobody signs in. Never on MLflow's wire. */
  readonly author?: string | undefined;
}

/** A version as a reader sees it. */
export interface ModelVersionView {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
  readonly stage: ModelStage;
}
