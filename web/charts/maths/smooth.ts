/**
 * A moving average that forgets exponentially, freed of the zero it begins with. `weight` is how much of the past stays,
 * 0 to below 1; what is no finite number stays as it is (TensorBoard: its smoothing of scalars, with 1 - weight^n as debias).
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (weight <= 0 || isConstant(values)) return values;
  const smoothed = new Float64Array(values.length);
  let average = 0;
  let debias = 1;
  for (const [row, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      smoothed[row] = value;
      continue;
    }
    average = average * weight + (1 - weight) * value;
    debias *= weight;
    smoothed[row] = average / (1 - debias);
  }
  return smoothed;
}

/** A constant stays just that: no digit is lost to rounding. */
const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0]);
