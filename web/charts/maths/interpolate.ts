/** The row of the x that is nearest to a value, of columns in ascending order; -1 when there are none. */
export function nearestRow(xs: Float64Array, x: number): number {
  const after = firstRowFrom(xs, x);
  if (after === 0) return xs.length === 0 ? -1 : 0;
  if (after === xs.length) return after - 1;
  return x - Number(xs[after - 1]) <= Number(xs[after]) - x ? after - 1 : after;
}

/** The value at an x on the straight line between the points around it; NaN beyond the first and the last. */
export function interpolate(xs: Float64Array, ys: Float64Array, x: number): number {
  const after = firstRowFrom(xs, x);
  if (after === xs.length) return Number.NaN;
  const rightX = Number(xs[after]);
  if (rightX === x) return Number(ys[after]);
  if (after === 0) return Number.NaN;
  const leftX = Number(xs[after - 1]);
  const leftY = Number(ys[after - 1]);
  return leftY + ((Number(ys[after]) - leftY) * (x - leftX)) / (rightX - leftX);
}

/** The first row whose x is not less than a value; the count of rows when all are. */
function firstRowFrom(xs: Float64Array, x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(xs[middle]) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
