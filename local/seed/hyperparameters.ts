import type { KeyValue } from '../../functions/domain/entities.ts';
import type { Project } from './projects.ts';
import type { NonEmpty, SeededRandom } from './seeded-random.ts';

/** What a training is set to; the curves depend on it, so that a chart of params against metrics shows something. */
export interface Hyperparameters {
  readonly model: string;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly dropout: number;
  readonly weightDecay: number;
  readonly schedule: 'cosine' | 'step' | 'constant';
  readonly warmup: number;
}

const BATCH_SIZES: NonEmpty<readonly [number, number]> = [
  [16, 5],
  [32, 20],
  [64, 30],
  [128, 25],
  [256, 15],
  [512, 5],
];
const OPTIMIZERS: NonEmpty<readonly [string, number]> = [
  ['adamw', 55],
  ['adam', 25],
  ['sgd', 15],
  ['rmsprop', 5],
];
const SCHEDULES: NonEmpty<readonly [Hyperparameters['schedule'], number]> = [
  ['cosine', 60],
  ['step', 25],
  ['constant', 15],
];
const DROPOUT_STEPS = 11;

const round = (value: number, digits: number): number => Number(value.toPrecision(digits));

/** Draws the settings of a run by hand. */
export function drawHyperparameters(project: Project, random: SeededRandom): Hyperparameters {
  return {
    model: random.pick(project.models),
    learningRate: round(random.logUniform(1e-5, 3e-2), 3),
    batchSize: random.weighted(BATCH_SIZES),
    optimizer: random.weighted(OPTIMIZERS),
    dropout: random.below(DROPOUT_STEPS) / 20,
    weightDecay: random.pick([0, 1e-5, 1e-4, 1e-2]),
    schedule: random.weighted(SCHEDULES),
    warmup: random.pick([0, 0, 0.02, 0.05]),
  };
}

/** Draws the settings of one child of a sweep: what the sweep varies is new, the rest is the parent's. */
export function varyHyperparameters(base: Hyperparameters, random: SeededRandom): Hyperparameters {
  return {
    ...base,
    learningRate: round(random.logUniform(1e-5, 3e-2), 3),
    dropout: random.below(DROPOUT_STEPS) / 20,
  };
}

/** How far the settings are from good ones: 0 is as good as it gets, 1 learns next to nothing. */
export function badness(settings: Hyperparameters): number {
  const goodRate = settings.optimizer === 'sgd' ? 1e-2 : 1e-3;
  const ofRate = Math.log10(settings.learningRate / goodRate) ** 2 / 5;
  const ofDropout = (settings.dropout - 0.2) ** 2;
  const ofBatch = Math.log2(settings.batchSize / 64) ** 2 / 100;
  return Math.min(1, ofRate + ofDropout + ofBatch);
}

/** The first `count` params of a run, those that matter first. */
export function paramsOf(settings: Hyperparameters, random: SeededRandom, count: number): readonly KeyValue[] {
  const named: readonly (readonly [string, string | number])[] = [
    ['learning_rate', settings.learningRate],
    ['batch_size', settings.batchSize],
    ['optimizer', settings.optimizer],
    ['dropout', settings.dropout],
    ['model', settings.model],
    ['weight_decay', settings.weightDecay],
    ['lr_schedule', settings.schedule],
    ['warmup_ratio', settings.warmup],
    ['epochs', random.pick([10, 20, 30, 50])],
    ['seed', random.below(1000)],
    ['gradient_clip', random.pick([0.5, 1, 1, 5])],
    ['precision', random.pick(['bf16', 'fp16', 'fp32'])],
    ['hidden_size', random.pick([128, 256, 512, 768])],
    ['num_layers', random.pick([2, 4, 6, 12])],
    ['label_smoothing', random.pick([0, 0.05, 0.1])],
  ];
  const more = Array.from({ length: Math.max(0, count - named.length) }, (_, at) => moreParam(at, random));
  return [...named, ...more].slice(0, count).map(([key, value]) => ({ key, value: String(value) }));
}

const moreParam = (at: number, random: SeededRandom): readonly [string, string] => [
  `augment.option_${String(at + 1).padStart(2, '0')}`,
  random.pick(['on', 'off', 'auto']),
];
