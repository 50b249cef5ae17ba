import { expect, test } from 'vitest';
import { metricIndexItem } from '../../../../functions/store/dynamo/metrics/metric-index.ts';
import { seededRandom } from '../../random-text.ts';
import { point, upTo } from '../../samples.ts';

test('an index of a hundred million points fits an item', () => {
  const random = seededRandom(2);
  const headers = upTo(4000).map((seq) => {
    const sketch = upTo(17).map((at) => {
      const step = seq * 25_000 + at * 1500;
      return point({ step, value: random(), timestamp: 1_700_000_000_000 + step * 997 });
    });
    return { seq, sizeBytes: 215_000, count: 25_000, isMonotone: true, sketch };
  });
  expect(metricIndexItem('loss', headers).b?.B?.length).toBeLessThan(350_000);
});
