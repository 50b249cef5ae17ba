import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModelMetric } from '../../../../functions/domain/entities.ts';
import { INT64_MAX, INT64_MIN } from '../../../../functions/domain/int64.ts';
import { decodeModelMetrics, encodeModelMetrics } from '../../../../functions/store/dynamo/codecs/model-metrics.ts';
import { anyModelMetric } from '../../arbitraries.ts';

const metric: ModelMetric = {
  key: 'auc',
  value: 0.5,
  timestamp: 1,
  step: 2,
  runId: 'r',
  datasetName: undefined,
  datasetDigest: undefined,
};

test.each<[string, Partial<ModelMetric>]>([
  ['a plain one', {}],
  ['NaN', { value: Number.NaN }],
  ['the largest double', { value: Number.MAX_VALUE }],
  ['the ends of int64', { step: INT64_MIN, timestamp: INT64_MAX }],
  ['a dataset', { datasetName: 'iris', datasetDigest: 'd1' }],
  ['a dataset with empty names', { datasetName: '', datasetDigest: '' }],
  ['a key that objects know', { key: '__proto__' }],
])('gives back %s', (_, part) => {
  expect(decodeModelMetrics(encodeModelMetrics([{ ...metric, ...part }]))).toStrictEqual([{ ...metric, ...part }]);
});

test('gives back any list of metrics', () => {
  fc.assert(
    fc.property(fc.array(anyModelMetric, { maxLength: 30 }), (metrics) => {
      expect(decodeModelMetrics(encodeModelMetrics(metrics))).toStrictEqual(metrics);
    }),
    { seed: 51 },
  );
});
