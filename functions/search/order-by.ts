import type { Target } from './filter.ts';
import type { Entity } from './row.ts';

/**
 * How a term compares: numbers, texts by code point, ids as the integers that they spell, statuses of logged models
 * by their number (MLflow: LoggedModelStatus.to_int).
 */
export type SortType = 'number' | 'text' | 'id' | 'modelStatus';

/** One key of an order; rows without it come last either way, NaN right before them. */
export interface OrderTerm {
  readonly target: Target;
  readonly type: SortType;
  readonly isAscending: boolean;
  /** Only a logged model's metrics on this dataset count. */
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

/** A total order of an entity's rows, tie-breakers included. */
export interface OrderBy<E extends Entity = Entity> {
  readonly entity: E;
  readonly terms: readonly OrderTerm[];
}

/** One item of a logged model search's order_by, as on the wire. */
export interface LoggedModelOrder {
  readonly field_name?: string | undefined;
  /** Default true. */
  readonly ascending?: boolean | undefined;
  readonly dataset_name?: string | undefined;
  readonly dataset_digest?: string | undefined;
}
