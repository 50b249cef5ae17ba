import type { MetricPoint } from '../../functions/domain/metric.ts';
import { type BelievableRun, drawRun, type RunSize } from './believable-run.ts';
import { drawHyperparameters, varyHyperparameters } from './hyperparameters.ts';
import { PROJECTS, type Project } from './projects.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** A run with its children, in the order they started; most runs have none. */
export interface Family {
  readonly project: Project;
  readonly parent: BelievableRun;
  readonly children: readonly BelievableRun[];
}

/** What world to make: the same props give the same one. */
export interface WorldProps {
  readonly seed: number;
  readonly runs: number;
  readonly size: RunSize;
  /** The moment all this is looked at, in ms since the epoch; the runs lie in the months before. */
  readonly until: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAYS = 180;
const SHARE_OF_SWEEPS = 0.06;
const FEWEST_CHILDREN = 4;
const MOST_CHILDREN = 16;

/** Makes families one after the other, exactly `runs` runs in all, the oldest first but for a day or so. */
export function* believableFamilies(props: WorldProps): Generator<Family> {
  let made = 0;
  for (let place = 0; made < props.runs; place += 1) {
    const family = drawFamily(props, seededRandom(props.seed, place), made);
    yield family;
    made += 1 + family.children.length;
  }
}

function drawFamily({ size, runs, until }: WorldProps, random: SeededRandom, made: number): Family {
  const project = random.weighted([[PROJECTS[0], PROJECTS[0].weight], ...PROJECTS.slice(1).map(weighted)]);
  const startTime = startOf(until, made / runs, random);
  const left = runs - made - 1;
  const children = random.chance(SHARE_OF_SWEEPS) ? FEWEST_CHILDREN + random.below(MOST_CHILDREN - 3) : 0;
  const settings = drawHyperparameters(project, random);
  if (children === 0 || left === 0) {
    return { project, parent: drawRun({ project, settings, size, startTime, random }), children: [] };
  }
  const drawn = Array.from({ length: Math.min(left, children) }, (_, at) => {
    const varied = varyHyperparameters(settings, random);
    return drawRun({ project, settings: varied, size, startTime: startTime + at * 90_000, random });
  });
  const parent = drawRun({ project, settings, size: { ...size, points: 1 }, startTime: startTime - 1000, random });
  return { project, parent: asSweep(parent, drawn), children: drawn };
}

const weighted = (project: Project) => [project, project.weight] as const;

/** Working hours on most days, the last one before `until`. */
function startOf(until: number, progress: number, random: SeededRandom): number {
  const day = Math.floor(progress * DAYS + random.normal() * 0.5);
  const midnight = until - (until % DAY_MS) - Math.max(1, DAYS - day) * DAY_MS;
  return midnight + Math.min(DAY_MS - 1, Math.max(0, Math.round((13 + 3.5 * random.normal()) * HOUR_MS)));
}

/** The parent sums its children up: it ends after the last of them and holds the best of their last values. */
function asSweep(parent: BelievableRun, children: readonly BelievableRun[]): BelievableRun {
  const ends = children.map(({ endTime }) => endTime);
  const isOver = ends.every((end) => end !== undefined);
  const endTime = isOver ? Math.max(...ends.map(Number)) + 1000 : undefined;
  return {
    ...parent,
    name: `sweep-${parent.name}`,
    status: isOver ? 'FINISHED' : 'RUNNING',
    endTime,
    tags: [...parent.tags, { key: 'sweep.trials', value: String(children.length) }],
    points: bestOf(children).map((point) => ({ ...point, step: 0, timestamp: endTime ?? point.timestamp })),
  };
}

/** The last values of the child with the lowest validation loss at its end. */
function bestOf(children: readonly BelievableRun[]): readonly MetricPoint[] {
  const lasts = children.map(({ points }) => [...new Map(points.map((point) => [point.key, point])).values()]);
  const lossOf = (last: readonly MetricPoint[]): number => {
    const loss = last.find(({ key }) => key === 'val_loss')?.value ?? Number.NaN;
    return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
  };
  return lasts.toSorted((a, b) => lossOf(a) - lossOf(b))[0] ?? [];
}
