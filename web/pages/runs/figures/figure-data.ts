import type { Run } from '../../../api/runs.ts';
import type { ParallelAxis } from '../parallel/parallel-axes.ts';

/** A run as a dot. */
export interface Dot {
  readonly runId: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** A run as a bar. */
export interface Bar {
  readonly runId: string;
  readonly label: string;
  readonly value: number;
}

/** Five numbers of a group of values. */
export interface Box {
  readonly label: string;
  readonly count: number;
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly greatest: number;
}

/** How strongly a param or metric goes together with another metric: 1 wholly, 0 not at all. */
export interface Importance {
  readonly id: string;
  readonly title: string;
  readonly strength: number;
  /** Whether more of it goes with more; undefined of words, which have no order. */
  readonly isRising: boolean | undefined;
  /** In how many runs both are. */
  readonly count: number;
}

/** More bars cannot be read beside each other, nor more boxes. */
export const MOST_BARS = 50;
const MOST_BOXES = 20;
/** With fewer, everything goes together with everything. */
const LEAST_PAIRS = 5;

const labelOf = ({ runName, runId }: Run): string => runName || runId;

/** The runs that stand on both axes. */
export const dotsOf = (runs: readonly Run[], x: ParallelAxis, y: ParallelAxis): readonly Dot[] =>
  runs.flatMap((run, row) => {
    const [xPlace, yPlace] = [placeOf(x, row), placeOf(y, row)];
    return Number.isNaN(xPlace + yPlace) ? [] : [{ runId: run.runId, label: labelOf(run), x: xPlace, y: yPlace }];
  });

const placeOf = ({ places }: ParallelAxis, row: number): number => places[row] ?? Number.NaN;

/** The greatest values, the greatest first. */
export const barsOf = (runs: readonly Run[], axis: ParallelAxis): readonly Bar[] =>
  runs
    .map((run, row) => ({ runId: run.runId, label: labelOf(run), value: placeOf(axis, row) }))
    .filter(({ value }) => !Number.isNaN(value))
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST_BARS);

/** On how many runs an axis has a value. */
export const countOf = ({ places }: ParallelAxis): number => places.filter((place) => !Number.isNaN(place)).length;

/** The values of each group of runs: those with the same value along the other axis; the largest groups. */
export const boxesOf = (groups: ParallelAxis, axis: ParallelAxis): readonly Box[] =>
  [...valuesByGroup(groups, axis)]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_BOXES)
    .map(([label, ofGroup]) => boxOf(label, ofGroup))
    .sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));

/** How many groups there are, drawn or not. */
export const countGroups = (groups: ParallelAxis, axis: ParallelAxis): number => valuesByGroup(groups, axis).size;

function valuesByGroup(groups: ParallelAxis, axis: ParallelAxis): ReadonlyMap<string, readonly number[]> {
  const values = new Map<string, number[]>();
  for (const [row, place] of groups.places.entries()) {
    const value = placeOf(axis, row);
    if (Number.isNaN(place) || Number.isNaN(value)) continue;
    const label = groups.kind === 'words' ? (groups.words[place] ?? '') : String(place);
    const known = values.get(label);
    if (known === undefined) values.set(label, [value]);
    else known.push(value);
  }
  return values;
}

function boxOf(label: string, values: readonly number[]): Box {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    label,
    count: sorted.length,
    least: quantileOf(sorted, 0),
    lowerQuartile: quantileOf(sorted, 0.25),
    median: quantileOf(sorted, 0.5),
    upperQuartile: quantileOf(sorted, 0.75),
    greatest: quantileOf(sorted, 1),
  };
}

/** Between two values in proportion, as numpy does by itself. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** What goes together with an axis, the strongest first: of numbers by their ranks (Spearman), of words by the share of spread (η). */
export function importanceOf(axes: readonly ParallelAxis[], target: ParallelAxis): readonly Importance[] {
  return axes
    .filter(({ id }) => id !== target.id)
    .flatMap((axis) => {
      const rows = [...axis.places.keys()].filter((row) => !Number.isNaN(placeOf(axis, row) + placeOf(target, row)));
      if (rows.length < LEAST_PAIRS) return [];
      const [from, to] = [rows.map((row) => placeOf(axis, row)), rows.map((row) => placeOf(target, row))];
      const correlation =
        axis.kind === 'words' ? correlationRatio(from, to) : correlationOf(ranksOf(from), ranksOf(to));
      if (Number.isNaN(correlation)) return [];
      const isRising = axis.kind === 'words' ? undefined : correlation >= 0;
      return [{ id: axis.id, title: axis.title, strength: Math.abs(correlation), isRising, count: rows.length }];
    })
    .toSorted((a, b) => b.strength - a.strength);
}

/** Ranks from 0; equal values share the mean of theirs. */
export function ranksOf(values: readonly number[]): readonly number[] {
  const order = [...values.keys()].sort((a, b) => Number(values[a]) - Number(values[b]));
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[Number(order[end])] === values[Number(order[start])]) end += 1;
    for (const row of order.slice(start, end)) ranks[row] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson's; NaN where one of them is always the same. */
function correlationOf(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [together, spreadA, spreadB] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const [fromA, fromB] = [value - meanA, Number(b[at]) - meanB];
    together += fromA * fromB;
    spreadA += fromA * fromA;
    spreadB += fromB * fromB;
  }
  return together / Math.sqrt(spreadA * spreadB);
}

/** How much of the spread lies between the groups; NaN where there is one group, or no two runs share one. */
function correlationRatio(groups: readonly number[], values: readonly number[]): number {
  const members = new Map<number | undefined, number[]>();
  for (const [row, group] of groups.entries()) members.set(group, [...(members.get(group) ?? []), row]);
  if (members.size < 2 || members.size === values.length) return Number.NaN;
  const mean = meanOf(values);
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  let between = 0;
  for (const rows of members.values()) {
    const meanOfGroup = meanOf(rows.map((row) => Number(values[row])));
    between += rows.length * (meanOfGroup - mean) ** 2;
  }
  return Math.sqrt(between / spread);
}
