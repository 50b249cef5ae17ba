import { badness, type Hyperparameters } from './hyperparameters.ts';
import type { Project } from './projects.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The values that one step of a training logs, in the order of its metrics' names. */
export type CurveStep = readonly number[];

/** Draws the learning curves of one run: the metrics' names, and their values step by step. */
export interface Curves {
  readonly keys: readonly string[];
  /** The values at a progress from 0 to 1; ask in order, for noise is drawn on the way. */
  readonly at: (progress: number) => CurveStep;
}

interface CurveProps {
  readonly project: Project;
  readonly settings: Hyperparameters;
  readonly random: SeededRandom;
  readonly metrics: number;
}

/** The parts of a step that the metrics are made of. */
interface Moment {
  readonly progress: number;
  readonly rate: number;
  /** How much is learned, from 0 to 1, on the training set and beside it. */
  readonly learned: number;
  readonly generalized: number;
}

interface Metric {
  readonly key: string;
  readonly measure: (moment: Moment) => number;
}

/** Makes the curves of a run. The same random numbers give the same curves. */
export function drawCurves(props: CurveProps): Curves {
  const metrics = [...learningMetrics(props), ...machineMetrics(props), ...classMetrics(props)].slice(0, props.metrics);
  const momentAt = momentsOf(props);
  return {
    keys: metrics.map(({ key }) => key),
    at: (progress) => {
      const moment = momentAt(progress);
      // Trainings log single-precision numbers: a loss is a tensor's item.
      return metrics.map(({ measure }) => Math.fround(measure(moment)));
    },
  };
}

function momentsOf({ settings, random }: CurveProps): (progress: number) => Moment {
  const reach = 1 - 0.9 * badness(settings);
  const speed = 4 + 4 * random.unit();
  // Little dropout: from some point on, the training set is learned by heart.
  const overfit = Math.max(0, 0.12 - settings.dropout * 0.3) * random.unit();
  return (progress) => {
    const rate = settings.learningRate * scheduleFactor(settings, progress);
    const jump = settings.schedule === 'step' ? 0.06 * (Number(progress > 0.5) + Number(progress > 0.75)) : 0;
    const learned = reach * (1 - Math.exp(-speed * progress)) * (0.88 + jump);
    return { progress, rate, learned, generalized: learned - overfit * progress ** 2 };
  };
}

/** The share of the learning rate that is left at a progress: warm-up first, then the schedule. */
export function scheduleFactor({ schedule, warmup }: Hyperparameters, progress: number): number {
  if (progress < warmup) return progress / warmup;
  if (schedule === 'cosine') return (1 + Math.cos(Math.PI * progress)) / 2;
  if (schedule === 'constant') return 1;
  return progress > 0.75 ? 0.01 : progress > 0.5 ? 0.1 : 1;
}

function learningMetrics({ project, settings, random }: CurveProps): readonly Metric[] {
  const { quality, guess, best, firstLoss } = project;
  const roughness = 0.4 / Math.sqrt(settings.batchSize);
  const lossAt = (learned: number): number =>
    firstLoss * Math.max(0.01, 1 - learned) * (1 + roughness * random.normal());
  const qualityAt = (learned: number): number =>
    Math.min(1, Math.max(0, guess + (best - guess) * learned + 0.1 * roughness * random.normal()));
  return [
    { key: 'train_loss', measure: ({ learned }) => lossAt(learned) },
    { key: 'val_loss', measure: ({ generalized }) => lossAt(generalized - 0.02) },
    { key: `train_${quality}`, measure: ({ learned }) => qualityAt(learned) },
    { key: `val_${quality}`, measure: ({ generalized }) => qualityAt(generalized - 0.01) },
    { key: 'learning_rate', measure: ({ rate }) => rate },
    { key: 'grad_norm', measure: ({ learned }) => (2.2 - learned) * Math.exp(0.3 * random.normal()) },
  ];
}

function machineMetrics({ settings, random }: CurveProps): readonly Metric[] {
  const samplesPerSecond = settings.batchSize * random.logUniform(4, 12);
  const memory = 35 + 40 * random.unit();
  const load = (value: number): number => Math.min(100, Math.max(0, value));
  return [
    { key: 'samples_per_second', measure: () => samplesPerSecond * (1 + 0.03 * random.normal()) },
    { key: 'system/gpu_0_utilization_percentage', measure: () => load(93 + 4 * random.normal()) },
    { key: 'system/system_memory_usage_percentage', measure: ({ progress }) => load(memory + 5 * progress) },
    { key: 'epoch', measure: ({ progress }) => Math.floor(progress * 20) },
  ];
}

const KINDS_BEFORE_CLASSES = 10;

/** As many more metrics as are wanted: the quality of each class. */
function classMetrics({ project, random, metrics }: CurveProps): readonly Metric[] {
  return Array.from({ length: Math.max(0, metrics - KINDS_BEFORE_CLASSES) }, (_, at) => {
    const ease = 0.75 + 0.25 * random.unit();
    return {
      key: `class_${String(at).padStart(3, '0')}_${project.quality}`,
      measure: ({ generalized }: Moment) =>
        Math.min(1, Math.max(0, project.best * ease * generalized + 0.02 * random.normal())),
    };
  });
}
