import { invalidParameter } from './errors.ts';
import { MAX_TRACE_ARCHIVAL_RETENTION_LENGTH } from './limits.ts';
import { lengthOf } from './names.ts';
import { pythonStrip } from './python-strip.ts';

const RETENTION_TAG = 'mlflow.trace.archivalRetention';
const ARCHIVE_NOW_TAG = 'mlflow.trace.archiveNow';
const DURATION = /^[1-9][0-9]*[mhd]$/;

/** Throws when an experiment tag that steers trace archival is not the JSON it must be (MLflow: _validate_trace_experiment_tag). */
export function validateTraceArchivalTag(key: string, value: string): void {
  if (key === RETENTION_TAG) validateRetention(parseConfig(value));
  if (key === ARCHIVE_NOW_TAG) validateArchiveNow(parseConfig(value));
}

type Config = ReadonlyMap<string, unknown>;

function validateRetention(config: Config): void {
  if (config.get('type') !== 'duration') throw invalidParameter("Trace archival config must use type 'duration'.");
  validateDuration(config.get('value'));
}

function validateArchiveNow(config: Config): void {
  const olderThan = config.get('older_than');
  if (olderThan !== undefined && olderThan !== null) validateDuration(olderThan);
}

function parseConfig(text: string): Config {
  const config = parseOrUndefined(text);
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw invalidParameter('Trace archival config must be encoded as a JSON object.');
  }
  return new Map(Object.entries(config));
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function validateDuration(value: unknown): void {
  const trimmed = typeof value === 'string' ? pythonStrip(value) : '';
  if (lengthOf(trimmed) > MAX_TRACE_ARCHIVAL_RETENTION_LENGTH) {
    throw invalidParameter('Trace archival duration must be at most 32 characters.');
  }
  if (DURATION.test(trimmed)) return;
  throw invalidParameter(
    "Trace archival retention must be in the form `<int><unit>`, where unit is one of 'm', 'h', or 'd'.",
  );
}
