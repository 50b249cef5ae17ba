import type { Cost } from '../domain/cost.ts';

/** A metric's name in CloudWatch and its value. */
type Figure = readonly [string, number];

const figuresOf = (cost: Cost): readonly Figure[] => [
  ['WriteUnits', cost.writeUnits],
  ['ReadUnits', cost.readUnits],
  ['S3Gets', cost.s3Gets],
  ['S3Puts', cost.s3Puts],
  ['S3Lists', cost.s3Lists],
  ['S3Deletes', cost.s3Deletes],
];

/** Members that the log gives each line. A dimension more would be a metric more to pay for each of its values. */
const DIMENSIONS = ['service', 'function_name'];

/**
 * The members of a log line that CloudWatch makes metrics of (AWS: embedded metric format), with the name of the work
 * beside them for queries over the log. Undefined for work that consumed nothing.
 */
export function costMetrics(name: string, cost: Cost, now: number): object | undefined {
  const figures = figuresOf(cost).filter(([, value]) => value > 0);
  if (figures.length === 0) return undefined;
  const metrics = figures.map(([metric]) => ({ Name: metric, Unit: 'Count' }));
  const directive = { Namespace: 'Tracklet', Dimensions: [DIMENSIONS], Metrics: metrics };
  return { operation: name, ...Object.fromEntries(figures), _aws: { Timestamp: now, CloudWatchMetrics: [directive] } };
}
