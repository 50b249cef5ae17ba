import type { ViewType } from '../domain/lifecycle.ts';
import type { Filter } from '../search/filter.ts';

/** What of runs has keys; those of attributes are the same for all runs. */
export type RunKeyKind = 'attribute' | 'metric' | 'param' | 'tag';

/** The attributes that a run may have a value of, as filters name them. */
export const RUN_ATTRIBUTES = [
  'run_id',
  'run_name',
  'status',
  'user_id',
  'start_time',
  'end_time',
  'artifact_uri',
] as const;

/** A metric, param, tag or attribute by its name. */
export interface RunKey {
  readonly kind: RunKeyKind;
  readonly key: string;
}

/** Which runs are looked at. */
export interface RunChoice {
  /** Each once. */
  readonly experimentIds: readonly string[];
  readonly view: ViewType;
  readonly filter: Filter<'runs'>;
}

/**
 * What the runs of experiments hold, told without the runs. Every acknowledged write counts; experiments that are not there
 * hold nothing. The verbs throw INTERNAL_ERROR when archived runs cannot be read.
 */
export interface RunSurvey {
  readonly countRuns: (choice: RunChoice) => Promise<number>;
  /**
   * Metrics, params and tags that runs have, of any stage, each once and in no order. It reads no values; so a key may be
   * there a while longer than the last run that had it.
   */
  readonly listRunKeys: (experimentIds: readonly string[]) => Promise<readonly RunKey[]>;
  /** How many of the chosen runs have each of these. */
  readonly countRunKeys: (choice: RunChoice, keys: readonly RunKey[]) => Promise<readonly number[]>;
  /** The values that the chosen runs have under a key, and how many have each; numbers as texts. */
  readonly countRunValues: (choice: RunChoice, key: RunKey) => Promise<ReadonlyMap<string, number>>;
}
