const ENTITY_ID = /^([0-9a-f]{12})([0-9a-f]{2})[0-9a-f]{18}$/;

export const MODEL_PREFIX = 'm-';

/** New runs of an experiment spread over this many partitions; the ids of old runs tell theirs. */
export const RUN_SHARDS = 4;

/** Where an entity lives, read from its id. */
export interface Home {
  readonly experimentId: string;
  readonly shard: number;
}

export function homeOf(id: string): Home | undefined {
  const match = ENTITY_ID.exec(id);
  const [, experiment = '', shard = ''] = match ?? [];
  return match
    ? { experimentId: String(Number.parseInt(experiment, 16)), shard: Number.parseInt(shard, 16) }
    : undefined;
}

/** The experiment that a run id carries; undefined for an id that Tracklet never made. */
export const homeOfRun = (runId: string): Home | undefined => homeOf(runId);

export const homeOfModel = (modelId: string): Home | undefined =>
  modelId.startsWith(MODEL_PREFIX) ? homeOf(modelId.slice(MODEL_PREFIX.length)) : undefined;

/** A new run id from 20 random hex digits. */
export function runIdFor(experimentId: string, randomHex: string): string {
  const experiment = Number(experimentId).toString(16).padStart(12, '0');
  const shard = (Number.parseInt(randomHex.slice(0, 2), 16) % RUN_SHARDS).toString(16).padStart(2, '0');
  return `${experiment}${shard}${randomHex.slice(2, 20)}`;
}

export const modelIdFor = (experimentId: string, randomHex: string): string =>
  MODEL_PREFIX + runIdFor(experimentId, randomHex);

export const shardsOf = (experimentId: string): readonly Home[] =>
  Array.from({ length: RUN_SHARDS }, (_, shard) => ({ experimentId, shard }));
