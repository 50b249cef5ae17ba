import type { DatasetInput } from '../../functions/domain/dataset.ts';
import type { KeyValue, RunStatus } from '../../functions/domain/entities.ts';
import type { MetricPoint } from '../../functions/domain/metric.ts';
import { generateRunName } from '../../functions/domain/run-name.ts';
import { drawCurves } from './curves.ts';
import { datasetsOf } from './datasets.ts';
import { type Hyperparameters, paramsOf } from './hyperparameters.ts';
import type { Project } from './projects.ts';
import { tagsOf } from './run-tags.ts';
import type { NonEmpty, SeededRandom } from './seeded-random.ts';

/** How much of everything a run holds. */
export interface RunSize {
  readonly metrics: number;
  /** Values of each metric when the run is of the usual length. */
  readonly points: number;
  readonly params: number;
  readonly tags: number;
}

/** All that is known of a run, but for the ids that the server gives; times in ms since the epoch. */
export interface BelievableRun {
  readonly name: string;
  readonly userId: string;
  readonly status: RunStatus;
  readonly startTime: number;
  /** Undefined while the run goes on. */
  readonly endTime: number | undefined;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly datasets: readonly DatasetInput[];
  /** Every value of every metric, as the training logs them: step by step. */
  readonly points: readonly MetricPoint[];
}

interface RunProps {
  readonly project: Project;
  readonly settings: Hyperparameters;
  readonly size: RunSize;
  readonly startTime: number;
  readonly random: SeededRandom;
}

const STATUSES: NonEmpty<readonly [RunStatus, number]> = [
  ['FINISHED', 86],
  ['FAILED', 8],
  ['KILLED', 4],
  ['RUNNING', 2],
];
const SHARE_OF_LONG_RUNS = 0.002;
const LONGER_BY = 50;
const SHARE_WITH_DATASETS = 0.05;
const SHARE_OF_DIVERGING = 0.5;
const NAN_STEPS = 3;

/** Draws a run of a project with these settings. */
export function drawRun({ project, settings, size, startTime, random }: RunProps): BelievableRun {
  const status = random.weighted(STATUSES);
  const userId = random.pick(project.users);
  const points = drawPoints({ project, settings, size, startTime, random }, status);
  const lastTime = Number(points.at(-1)?.timestamp ?? startTime);
  return {
    name: generateRunName(random.unit),
    userId,
    status,
    startTime,
    endTime: status === 'RUNNING' ? undefined : lastTime + 500 + random.below(20_000),
    params: paramsOf(settings, random, size.params),
    tags: tagsOf({ project, userId, random, count: size.tags }),
    datasets: random.chance(SHARE_WITH_DATASETS) ? datasetsOf(project, random) : [],
    points,
  };
}

function drawPoints({ project, settings, size, startTime, random }: RunProps, status: RunStatus): MetricPoint[] {
  const curves = drawCurves({ project, settings, random, metrics: size.metrics });
  const planned = size.points * (random.chance(SHARE_OF_LONG_RUNS) ? LONGER_BY : 1);
  const done = status === 'FINISHED' ? planned : Math.ceil(planned * (0.05 + 0.9 * random.unit()));
  const firstNan = status === 'FAILED' && random.chance(SHARE_OF_DIVERGING) ? done - NAN_STEPS : done;
  const msPerStep = random.logUniform(2_000, 60_000);
  const stepsApart = random.pick([1, 1, 10, 50]);
  const points: MetricPoint[] = [];
  for (let at = 0; at < done; at += 1) {
    const timestamp = startTime + Math.round((at + 1 + 0.1 * random.unit()) * msPerStep);
    curves.at(at / planned).forEach((healthy, metric) => {
      const key = curves.keys[metric] ?? '';
      const value = at >= firstNan && divergesIn(key) ? Number.NaN : healthy;
      points.push({ key, value, timestamp, step: at * stepsApart });
    });
  }
  return points;
}

const divergesIn = (key: string): boolean => key.endsWith('_loss') || key === 'grad_norm';
