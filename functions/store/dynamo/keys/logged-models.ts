import { type Home, MODEL_PREFIX, shardsOf } from './home.ts';
import type { Key, KeyPrefix } from './key.ts';

const modelsPartition = ({ experimentId, shard }: Home): string => `MODELS#${experimentId}#${shard}`;

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
