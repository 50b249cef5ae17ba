import { invalidParameter } from './errors.ts';
import { MAX_ENTITIES_PER_BATCH, MAX_METRICS_PER_BATCH, MAX_PARAMS_PER_BATCH, MAX_TAGS_PER_BATCH } from './limits.ts';
import { invalidValue } from './messages.ts';

/** How many of each a log-batch holds. */
export interface BatchCounts {
  readonly metrics: number;
  readonly params: number;
  readonly tags: number;
}

function validateLimit(entities: string, limit: number, count: number): void {
  if (count <= limit) return;
  throw invalidParameter(
    `A batch logging request can contain at most ${limit} ${entities}. Got ${count} ${entities}. ` +
      `Please split up ${entities} across multiple requests and try again.`,
  );
}

/** Throws INVALID_PARAMETER_VALUE for a log-batch that holds too much (MLflow: _validate_batch_log_limits). */
export function validateBatchLimits({ metrics, params, tags }: BatchCounts): void {
  validateLimit('metrics', MAX_METRICS_PER_BATCH, metrics);
  validateLimit('params', MAX_PARAMS_PER_BATCH, params);
  validateLimit('tags', MAX_TAGS_PER_BATCH, tags);
  validateLimit('metrics, params, and tags', MAX_ENTITIES_PER_BATCH, metrics + params + tags);
}

// Python's \w is exactly letters, numbers and `_`; and its `$` also matches before a final line feed.
const RUN_ID = /^[a-zA-Z0-9][\p{L}\p{N}_-]{0,255}\n?$/u;

/** Throws INVALID_PARAMETER_VALUE for what can't be a run's id, in log-batch and log-inputs only (MLflow: _validate_run_id). */
export function validateRunId(runId: string, path = 'run_id'): void {
  if (!RUN_ID.test(runId)) throw invalidParameter(invalidValue(path, runId));
}
