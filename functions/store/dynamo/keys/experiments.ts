import { HEX_DIGITS, hashOf, type Key, type KeyPrefix } from './key.ts';

const experimentsPartition = (shard: string): string => `EXPERIMENTS#${shard}`;

/**
 * The partitions in which all experiments lie, by a hash of their ids. Each log call reads the mark of its experiment,
 * and a partition gives 3,000 such reads a second: 16 of them carry 48,000, and 10,000 experiments are 16 queries of a page.
 */
export const EXPERIMENTS: readonly KeyPrefix[] = HEX_DIGITS.map((shard) => ({
  pk: experimentsPartition(shard),
  skPrefix: '',
}));

/** Each request asks for one or two, and mostly for the same ones. */
const experimentKeys = new Map<string, Key>();
const MAX_EXPERIMENT_KEYS = 10_000;

export function experimentKey(experimentId: string): Key {
  const known = experimentKeys.get(experimentId);
  if (known) return known;
  const key = { pk: experimentsPartition(hashOf(experimentId).slice(0, 1)), sk: experimentId };
  if (experimentKeys.size === MAX_EXPERIMENT_KEYS) experimentKeys.clear();
  experimentKeys.set(experimentId, key);
  return key;
}

/** Claims are only ever read by name, so each has a partition of its own; its key holds 2048 bytes, a name at most 2000. */
export const experimentNameKey = (name: string): Key => ({ pk: `NAME#experiment#${name}`, sk: 'claim' });

/**
 * One item counts the ids of all experiments, for they must be unique and, as MLflow's, small and rising. It takes 1,000
 * additions a second; handing out ranges would go beyond that, at the price of ids that are out of order.
 */
export const counterKey = (name: string): Key => ({ pk: 'COUNTERS', sk: name });

export const secretKey = (name: string): Key => ({ pk: 'SECRETS', sk: name });

/** What names the segments in which an experiment's archived runs are searched. */
export const manifestKey = (experimentId: string): Key => ({ pk: `SEGMENTS#${experimentId}`, sk: 'manifest' });

/** Names and digests are free text, too long for a sort key: their hash stands for them. */
export const datasetKey = (experimentId: string, name: string, digest: string): Key => ({
  pk: `DATASETS#${experimentId}`,
  sk: hashOf(JSON.stringify([name, digest])),
});

export const datasetsPrefix = (experimentId: string): KeyPrefix => ({ pk: `DATASETS#${experimentId}`, skPrefix: '' });

/** The saved views of an experiment. */
export const viewsPrefix = (experimentId: string): KeyPrefix => ({ pk: `VIEWS#${experimentId}`, skPrefix: '' });

export const viewKey = (experimentId: string, viewId: string): Key => ({ pk: `VIEWS#${experimentId}`, sk: viewId });
