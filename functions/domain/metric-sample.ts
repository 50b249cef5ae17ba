/**
 * Which of `count` points in their order make a sample of at most `maxResults` (at least one): the first of each of
 * `maxResults` buckets of SQL's NTILE, the very last point in place of the last of them
 * (MLflow: SqlAlchemyStore._sample_rows_with_window_functions).
 */
export function evenRanks(count: number, maxResults: number): readonly number[] {
  const buckets = Math.max(1, maxResults);
  if (count <= buckets) return Array.from({ length: count }, (_, rank) => rank);
  // NTILE: all buckets hold `size` points, and the first `larger` of them one more.
  const size = Math.floor(count / buckets);
  const larger = count % buckets;
  const firsts = Array.from({ length: buckets - 1 }, (_, bucket) => bucket * size + Math.min(bucket, larger));
  return [...firsts, count - 1];
}

/** The fewest points a sample of extremes can be asked for: first, least, greatest, last. */
export const MIN_EXTREMES = 4;

/**
 * Which rows make a chart of at most `maxPoints` points (at least four) that loses no spike: the first, the last, and of
 * each of equally full buckets between them the least and the greatest value. NaN is neither; a bucket of nothing else
 * keeps its first, so that a gap stays one.
 */
export function extremeRows(values: Float64Array, maxPoints: number): readonly number[] {
  const count = values.length;
  if (count <= Math.max(maxPoints, MIN_EXTREMES)) return Array.from(values, (_, row) => row);
  const inner = count - 2;
  const buckets = Math.max(1, Math.floor((maxPoints - 2) / 2));
  const ofBuckets = Array.from({ length: buckets }, (_, bucket) => {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    return extremesWithin(values, from, 1 + Math.floor(((bucket + 1) * inner) / buckets));
  });
  return [0, ...ofBuckets.flat(), count - 1];
}

function extremesWithin(values: Float64Array, from: number, to: number): readonly number[] {
  let least = from;
  let greatest = from;
  for (let row = from + 1; row < to; row += 1) {
    const value = Number(values[row]);
    if (Number.isNaN(value)) continue;
    if (value < Number(values[least]) || Number.isNaN(values[least])) least = row;
    if (value > Number(values[greatest]) || Number.isNaN(values[greatest])) greatest = row;
  }
  if (least === greatest) return [least];
  return least < greatest ? [least, greatest] : [greatest, least];
}
