import { createHash } from 'node:crypto';

/**
 * The one place where keys of the table are built and parsed.
 *
 * | what                       | pk                        | sk                              |
 * | experiment                 | EXPERIMENTS               | <experiment id>                 |
 * | name claim                 | NAME#experiment           | <name>                          |
 * | counter, secret            | COUNTERS / SECRETS        | <name>                          |
 * | run, live                  | RUNS#<experiment>#<shard> | L#<run id>#doc, L#<run id>#latest[#n] |
 * | metric history, appended   | METRICS#<run id>          | S#<sortable id>                 |
 * | metric history, shared parts and their index | as above | P#<seq>, S~ (right behind what is appended) |
 * | metric history, chunks of a metric and their index | as above | C#<sha256 of key>#<seq>, X#<sha256 of key> |
 * | dataset                    | DATASETS#<experiment>     | <sha256 of name and digest>     |
 * | logged model, its metrics  | MODELS#<experiment>#<shard> | <model id>#doc, <model id>#M#<sortable id> |
 * | overflow of a document     | as its document           | <sk>~<generation>~<part>        |
 *
 * A run id is 32 hex digits: 12 of its experiment, 2 of its shard, 18 random; so a run is one read away from its id.
 * A logged model's id is `m-` and the same.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A range of sort keys in one partition. */
export interface KeyPrefix {
  readonly pk: string;
  readonly skPrefix: string;
}

const ENTITY_ID = /^([0-9a-f]{12})([0-9a-f]{2})[0-9a-f]{18}$/;
const MODEL_PREFIX = 'm-';
const MAX_SORT_KEY_BYTES = 1000;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** New runs of an experiment spread over this many partitions; the ids of old runs tell theirs. */
export const RUN_SHARDS = 1;

export const EXPERIMENTS: KeyPrefix = { pk: 'EXPERIMENTS', skPrefix: '' };

export const experimentKey = (experimentId: string): Key => ({ pk: EXPERIMENTS.pk, sk: experimentId });

/** A sort key holds 1024 bytes and a name up to 2000: a long one is claimed by its hash, in a partition of its own. */
export function experimentNameKey(name: string): Key {
  const isShort = Buffer.byteLength(name) <= MAX_SORT_KEY_BYTES;
  return isShort ? { pk: 'NAME#experiment', sk: name } : { pk: 'NAME-HASH#experiment', sk: hashOf(name) };
}

export const counterKey = (name: string): Key => ({ pk: 'COUNTERS', sk: name });

export const secretKey = (name: string): Key => ({ pk: 'SECRETS', sk: name });

/** Where an entity lives, read from its id. */
export interface Home {
  readonly experimentId: string;
  readonly shard: number;
}

function homeOf(id: string): Home | undefined {
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

const runsPartition = ({ experimentId, shard }: Home): string => `RUNS#${experimentId}#${shard}`;
const modelsPartition = ({ experimentId, shard }: Home): string => `MODELS#${experimentId}#${shard}`;

export const runDocumentKey = (home: Home, runId: string): Key => ({ pk: runsPartition(home), sk: `L#${runId}#doc` });

/** Everything live about one run. */
export const liveRunPrefix = (home: Home, runId: string): KeyPrefix => ({
  pk: runsPartition(home),
  skPrefix: `L#${runId}#`,
});

/** The item with a run's last values; `part` counts up when one item would grow too large. */
export const latestKey = (home: Home, runId: string, part: number): Key => ({
  pk: runsPartition(home),
  sk: part === 0 ? `L#${runId}#latest` : `L#${runId}#latest#${part}`,
});

/** All items with a run's last values. */
export const latestPrefix = (home: Home, runId: string): KeyPrefix => ({
  pk: runsPartition(home),
  skPrefix: `L#${runId}#latest`,
});

const shardsOf = (experimentId: string): readonly Home[] =>
  Array.from({ length: RUN_SHARDS }, (_, shard) => ({ experimentId, shard }));

/** The partitions in which an experiment's live runs lie. */
export const liveRunsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: runsPartition(home), skPrefix: 'L#' }));

export type RunItemKind = 'doc' | 'latest';

/** Which run a live item belongs to, and whether it is its document (or overflow of it) or last values. */
export function parseRunSortKey(sk: string): { readonly runId: string; readonly kind: RunItemKind } {
  const [, runId = '', kind = ''] = sk.split('#');
  return { runId, kind: kind.startsWith('latest') ? 'latest' : 'doc' };
}

export const metricHistoryPrefix = (ownerId: string): KeyPrefix => ({ pk: `METRICS#${ownerId}`, skPrefix: 'S#' });

export const metricAppendKey = (ownerId: string, sortableId: string): Key => ({
  pk: `METRICS#${ownerId}`,
  sk: `S#${sortableId}`,
});

/** What is appended and, behind it, the index of the shared parts: read in this order, no point is missed. */
export const metricTailPrefix = (runId: string): KeyPrefix => ({ pk: `METRICS#${runId}`, skPrefix: 'S' });

export const sharedIndexKey = (runId: string): Key => ({ pk: `METRICS#${runId}`, sk: 'S~' });

export const sharedPartKey = (runId: string, seq: number): Key => ({ pk: `METRICS#${runId}`, sk: `P#${seq}` });

/** A metric's key may be longer than a sort key: its hash stands for it. */
export const metricIndexKey = (runId: string, key: string): Key => ({ pk: `METRICS#${runId}`, sk: `X#${hashOf(key)}` });

export const metricChunkKey = (runId: string, key: string, seq: number): Key => ({
  pk: `METRICS#${runId}`,
  sk: `C#${hashOf(key)}#${seq}`,
});

/** Where a metric stands among those of the shared parts, which are sorted by it. */
export const sharedRank = (key: string): string => hashOf(key);

/** Names and digests are free text, too long for a sort key: their hash stands for them. */
export const datasetKey = (experimentId: string, name: string, digest: string): Key => ({
  pk: `DATASETS#${experimentId}`,
  sk: hashOf(JSON.stringify([name, digest])),
});

export const modelDocumentKey = (home: Home, modelId: string): Key => ({
  pk: modelsPartition(home),
  sk: `${modelId}#doc`,
});

export const modelPrefix = (home: Home, modelId: string): KeyPrefix => ({
  pk: modelsPartition(home),
  skPrefix: `${modelId}#`,
});

export const modelMetricKey = (home: Home, modelId: string, sortableId: string): Key => ({
  pk: modelsPartition(home),
  sk: `${modelId}#M#${sortableId}`,
});

export const modelsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: modelsPartition(home), skPrefix: MODEL_PREFIX }));

export function parseModelSortKey(sk: string): { readonly modelId: string; readonly kind: 'doc' | 'metrics' } {
  const [modelId = '', kind = ''] = sk.split('#');
  return { modelId, kind: kind === 'M' ? 'metrics' : 'doc' };
}

const OVERFLOW_MARK = '~';

/** One part of a document that is too large for an item; `generation` sorts by document version. */
export const overflowKey = (document: Key, generation: string, part: number): Key => ({
  pk: document.pk,
  sk: `${document.sk}${OVERFLOW_MARK}${generation}${OVERFLOW_MARK}${String(part).padStart(4, '0')}`,
});

export const overflowPrefix = (document: Key, generation = ''): KeyPrefix => ({
  pk: document.pk,
  skPrefix: `${document.sk}${OVERFLOW_MARK}${generation}`,
});
