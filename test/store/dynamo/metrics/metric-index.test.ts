import { expect, test } from 'vitest';
import { columnsOf } from '../../../../functions/domain/point-columns.ts';
import { decodeChunkHeaders } from '../../../../functions/store/dynamo/codecs/chunk-headers.ts';
import { metricIndexItem } from '../../../../functions/store/dynamo/metrics/metric-index.ts';
import { headerOf } from '../../../../functions/store/dynamo/metrics/span.ts';
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

test.each([1, 2, 3, 4, 5, 8, 9, 17, 33, 40])(
  'the sketches of %d full chunks are enough for a chart, and few',
  (chunks) => {
    const random = seededRandom(3);
    const headers = upTo(chunks).map((seq) => {
      const points = upTo(25_000).map((at) => point({ step: seq * 25_000 + at, timestamp: at, value: random() }));
      return { ...headerOf('loss', columnsOf(points)), seq, sizeBytes: 215_000 };
    });
    const bytes = metricIndexItem('loss', headers).b?.B ?? new Uint8Array();
    const sketched = decodeChunkHeaders('loss', bytes).reduce((sum, { sketch }) => sum + sketch.length, 0);
    expect(sketched).toBeGreaterThanOrEqual(512);
    expect(sketched).toBeLessThanOrEqual(1024 + chunks);
    expect(bytes.length).toBeLessThan(20_000);
  },
);
