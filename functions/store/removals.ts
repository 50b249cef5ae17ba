import type { Experiment, LoggedModel, Run } from '../domain/entities.ts';

/** Something whose removal has begun. */
export interface Begun {
  readonly id: string;
  readonly artifactUri: string;
}

/** A run whose removal has begun, found by its id. */
export interface BegunRun extends Begun {
  readonly experimentId: string;
}

/** Runs of an experiment that garbage collection has not finished with. */
export interface UnfinishedRuns {
  /** Those that were not emptied yet, by id. */
  readonly begun: readonly Begun[];
  /** Whether there are emptied ones, to be forgotten. */
  readonly hasEmptied: boolean;
}

/** Decides over a run, given with its effective stage, and its experiment as they are at that moment. */
export type MayRemoveRun = (run: Run, experiment: Experiment) => boolean;
export type MayRemoveModel = (model: LoggedModel, experiment: Experiment) => boolean;
export type MayRemoveExperiment = (experiment: Experiment) => boolean;

/**
 * Permanent removal, as garbage collection does it. For each thing in this order, so that one that dies at any point leaves
 * either what is still listed, here or as deleted, or nothing:
 *
 *   begin      its document is marked: from now on it is there for nobody else, and a restore meets RESOURCE_DOES_NOT_EXIST.
 *              A restore that was faster wins instead, and `begin…` tells so
 *   artifacts  are removed by the caller
 *   empty      all its items go, but for the mark
 *   forget     the mark goes; for an archived run after its rows in segments, which it has hidden until then
 *
 * Every verb may be called again, by several at once. All throw TEMPORARILY_UNAVAILABLE as the Store does.
 */
export interface Removals {
  /** Ids of experiments whose removal has begun and not ended. */
  readonly listBegunExperiments: () => Promise<readonly string[]>;
  readonly listUnfinishedRuns: (experimentId: string) => Promise<UnfinishedRuns>;
  /** Logged models of an experiment whose removal has begun, by id. */
  readonly listBegunModels: (experimentId: string) => Promise<readonly Begun[]>;
  /** A run whose removal has begun and that is not emptied. */
  readonly findBegunRun: (runId: string) => Promise<BegunRun | undefined>;
  readonly findBegunModel: (modelId: string) => Promise<Begun | undefined>;

  /** Begins with runs of an experiment; gives the ids of those that are begun now. */
  readonly beginRuns: (
    experimentId: string,
    runIds: readonly string[],
    mayRemove: MayRemoveRun,
  ) => Promise<ReadonlySet<string>>;
  /** Removes all of a begun run but what hides its rows in segments. */
  readonly emptyRun: (runId: string) => Promise<void>;
  /**
   * Forgets the emptied runs of an experiment. It leaves them to the upkeep when segments of more than `maxRows` rows would
   * have to be written again; nobody sees the difference.
   */
  readonly forgetRuns: (experimentId: string, maxRows: number) => Promise<void>;

  /** Gives whether the model is begun now. */
  readonly beginModel: (modelId: string, mayRemove: MayRemoveModel) => Promise<boolean>;
  /** Removes all of a begun model. */
  readonly removeModel: (modelId: string) => Promise<void>;

  /** Gives whether the experiment is begun now; its name is free from then on. */
  readonly beginExperiment: (experimentId: string, mayRemove: MayRemoveExperiment) => Promise<boolean>;
  /** Removes all of a begun experiment: what is left of its runs and logged models, its datasets, saved views and archive. */
  readonly removeExperiment: (experimentId: string) => Promise<void>;
}
