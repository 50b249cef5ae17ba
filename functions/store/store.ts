import type {
  Dataset,
  Experiment,
  LoggedModel,
  LoggedModelView,
  ModelMetric,
  Run,
  RunView,
} from '../domain/entities.ts';
import type { Int64 } from '../domain/int64.ts';
import type { LifecycleStage, ViewType } from '../domain/lifecycle.ts';
import type { MetricPoint } from '../domain/metric.ts';
import type { PointColumns } from '../domain/point-columns.ts';
import type { Filter } from '../search/filter.ts';
import type { OrderBy } from '../search/order-by.ts';
import type { SortKey } from '../search/sort-key.ts';
import type { PromotionStore } from './promotion-store.ts';
import type { RegistryStore } from './registry-store.ts';
import type { RunSurvey } from './run-survey.ts';
import type { ViewStore } from './view-store.ts';
import type { WebhookStore } from './webhook-store.ts';

/** What a new experiment is made of; the id is the store's to give, and the location may depend on it. */
export interface NewExperiment {
  readonly name: string;
  readonly locationOf: (experimentId: string) => string;
  readonly tags: ReadonlyMap<string, string>;
  readonly now: number;
  /** Does what must be done before anybody can see the experiment; an id whose experiment then fails is never given again. */
  readonly beforehand?: ((experimentId: string) => Promise<void>) | undefined;
}

/** A run's identity and effective stage, as much as a writer must know. */
export interface RunState {
  readonly runId: string;
  readonly experimentId: string;
  readonly stage: LifecycleStage;
  /** Whether the run must come back from the archive before it is written to. */
  readonly isArchived?: boolean;
}

export interface DatasetKey {
  readonly name: string;
  readonly digest: string;
}

/** What a search for runs asks. */
export interface RunQuery {
  /** Each once. */
  readonly experimentIds: readonly string[];
  readonly view: ViewType;
  readonly filter: Filter<'runs'>;
  readonly orderBy: OrderBy<'runs'>;
  /** Runs at most. */
  readonly limit: number;
  /** Only runs behind this key of the same order. */
  readonly after?: SortKey | undefined;
}

/** Runs that were found, which are still to be read: a page may end before all of them are on it. */
export interface FoundRuns {
  /** Of each, in the order that was asked for. */
  readonly sortKeys: readonly SortKey[];
  /**
   * Of each a name of the run as it is, with its stage: what has the same name later is the same, but for datasets that were
   * not known. Undefined for a live run.
   */
  readonly versions: readonly (string | undefined)[];
  /** Whether there are more behind the last one. */
  readonly hasMore: boolean;
  /** Gives the runs at these places of the order, as they were when they were found. Throws as `searchRuns` does. */
  readonly read: (places: readonly number[]) => Promise<readonly RunView[]>;
}

/** How runs of an experiment used a dataset. */
export interface DatasetUse extends DatasetKey {
  readonly context: string | undefined;
}

/** Which part of a metric's history is wanted; all of it when nothing is said. */
export interface HistoryRange {
  /** A position: only what comes after it. */
  readonly after?: MetricPoint;
  /** How many points at most. */
  readonly limit?: number;
}

/** Points in the order of history: by timestamp, step and value. */
export interface HistoryPage {
  readonly points: PointColumns;
  readonly hasMore: boolean;
}

/** Which sample of a metric's history is wanted. */
export interface SampleRequest {
  /** `even`: evenly spread, as MLflow does. `extremes`: first, last, and the least and greatest values between them. */
  readonly kind: 'even' | 'extremes';
  /** What points are ordered by, and `from` and `to` are in. */
  readonly x: 'step' | 'timestamp';
  /** The ends of a range, both included. */
  readonly from?: Int64;
  readonly to?: Int64;
  readonly maxPoints: number;
}

export interface MetricSample {
  readonly points: PointColumns;
  /** How many points the sample was taken of. */
  readonly count: number;
}

/** What a packing came to. */
export interface PackReport {
  /** Log calls that were folded. */
  readonly calls: number;
  readonly points: number;
}

/** A pure change of a document. It may run several times, each time on a fresher document; to refuse, it throws. */
export type Change<T> = (current: T) => T;

/**
 * The door to storage. Every read sees every acknowledged write (strongly consistent); every write is durable when
 * its promise resolves, and harmless when it runs twice. `get…` throws RESOURCE_DOES_NOT_EXIST, `find…` gives undefined.
 * All verbs throw TEMPORARILY_UNAVAILABLE when storage is throttled for longer than their retries last.
 */
export interface Store extends RegistryStore, PromotionStore, WebhookStore, ViewStore, RunSurvey {
  /** Gives the id. Throws RESOURCE_ALREADY_EXISTS when the name is taken, also by a deleted experiment. */
  readonly createExperiment: (experiment: NewExperiment) => Promise<string>;
  readonly getExperiment: (experimentId: string) => Promise<Experiment>;
  readonly findExperimentByName: (name: string) => Promise<Experiment | undefined>;
  readonly listExperiments: () => Promise<readonly Experiment[]>;
  /** Changes an experiment; a changed name is claimed in the same transaction (RESOURCE_ALREADY_EXISTS). */
  readonly updateExperiment: (experimentId: string, change: Change<Experiment>) => Promise<Experiment>;

  /** The experiment that the id of a run or logged model tells, without a read; undefined for an id that nothing can have. */
  readonly experimentOf: (id: string) => string | undefined;
  readonly newRunId: (experimentId: string) => string;
  readonly createRun: (run: Run) => Promise<void>;
  readonly getRun: (runId: string) => Promise<RunView>;
  readonly getRunState: (runId: string) => Promise<RunState>;
  /** Finds none in an experiment that is not there. Throws INTERNAL_ERROR when archived runs cannot be read. */
  readonly searchRuns: (query: RunQuery) => Promise<FoundRuns>;
  /** How the runs of an experiment, deleted ones too, used datasets: each way once. */
  readonly listDatasetUses: (experimentId: string) => Promise<readonly DatasetUse[]>;
  /** The change sees the run with its effective stage in `stage`. */
  readonly updateRun: (runId: string, change: Change<Run>) => Promise<Run>;

  /** Appends points to a run's history, then moves its latest values forward. The run must exist. */
  readonly appendMetrics: (run: RunState, points: readonly MetricPoint[]) => Promise<void>;
  /** The history of one metric, or a page of it, each point once; empty for an unknown run or key. */
  readonly readMetricHistory: (runId: string, key: string, range?: HistoryRange) => Promise<HistoryPage>;
  /** A sample of the history of one metric in the order of `x`; empty for an unknown run or key. */
  readonly sampleMetricHistory: (runId: string, key: string, request: SampleRequest) => Promise<MetricSample>;
  /**
   * Folds what log calls appended into chunks when it has grown long; with `force`, said of a run that is over, also when
   * it is merely not short. Cheap when there is little to do; may run at any time, several at once, and die at any moment.
   */
  readonly packMetrics: (runId: string, options?: { readonly force?: boolean }) => Promise<PackReport>;

  /** Keeps the first dataset of each (name, digest). */
  readonly putDatasets: (experimentId: string, datasets: readonly Dataset[]) => Promise<void>;
  readonly getDatasets: (experimentId: string, keys: readonly DatasetKey[]) => Promise<readonly Dataset[]>;

  readonly newModelId: (experimentId: string) => string;
  readonly createLoggedModel: (model: LoggedModel) => Promise<void>;
  /** Deleted ones too. */
  readonly findLoggedModel: (modelId: string) => Promise<LoggedModelView | undefined>;
  readonly listLoggedModels: (experimentId: string) => Promise<readonly LoggedModelView[]>;
  readonly updateLoggedModel: (modelId: string, change: Change<LoggedModel>) => Promise<LoggedModel>;
  readonly appendModelMetrics: (modelId: string, metrics: readonly ModelMetric[]) => Promise<void>;

  /** A secret of 32 random bytes, hex, made at first need and the same ever after; signs page tokens. */
  readonly getSecret: (name: string) => Promise<string>;
}
