/** A line of a chart, as columns: a run's, or the mean of a group of runs. */
export interface Line {
  readonly id: string;
  readonly label: string;
  readonly xs: Float64Array;
  /** What is drawn: NaN leaves a gap. */
  readonly ys: Float64Array;
  /** As it was logged, where what is drawn is smoothed; faint behind it. */
  readonly rawYs: Float64Array | undefined;
  /** What surrounds the mean of a group at each x. */
  readonly band: Band | undefined;
  /** Least and greatest of a group at each x, whatever surrounds its mean. */
  readonly extremes: Band | undefined;
  /** How many points were logged, and how many of them the line is made of. */
  readonly loggedCount: number;
  readonly shownCount: number;
}

export interface Band {
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** From the least to the greatest of something. */
export interface Range {
  readonly from: number;
  readonly to: number;
}
