import fc from 'fast-check';
import type {
  Dataset,
  Experiment,
  KeyValue,
  LoggedModel,
  ModelMetric,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../../functions/domain/entities.ts';
import { INT64_MAX, INT64_MIN, type Int64, normalizeInt64 } from '../../functions/domain/int64.ts';
import type { LifecycleStage } from '../../functions/domain/lifecycle.ts';
import type { MetricPoint } from '../../functions/domain/metric.ts';

/** A record as an object literal makes it, with the usual prototype. */
const plain = <T>(model: { [Field in keyof T]: fc.Arbitrary<T[Field]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });

/** What the domain calls an Int64, its corners more often than chance would have it. */
export const anyInt64: fc.Arbitrary<Int64> = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.maxSafeInteger(),
  fc.constantFrom(INT64_MIN, INT64_MAX, 2n ** 53n, -(2n ** 53n), 2n ** 51n).map(normalizeInt64),
  fc.bigInt({ min: INT64_MIN, max: INT64_MAX }).map(normalizeInt64),
);

/** Any text of whole code points, and the names that plain objects stumble over. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'toString',
    'm:x',
    'a#b~c',
    'a/b c',
    '\u{1f469}\u{1f3fd}',
    'é',
    'e\u0301',
  ),
);

/** Doubles as they come over the wire; NaN and -0 too. */
export const anyValue: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(Number.NaN, 0, -0, 1, -1, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE),
  fc.double(),
);

export const anyPoint: fc.Arbitrary<MetricPoint> = plain({
  key: anyText,
  value: anyValue,
  timestamp: anyInt64,
  step: anyInt64,
});

const anyTextMap = fc.array(fc.tuple(anyText, anyText), { maxLength: 8 }).map((entries) => new Map(entries));
const anyTime = fc.nat({ max: 2 ** 31 });
const anyStage = fc.constantFrom<LifecycleStage>('active', 'deleted');
const anyOptional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const anyKeyValue: fc.Arbitrary<KeyValue> = plain({ key: anyText, value: anyText });

export const anyExperiment: fc.Arbitrary<Experiment> = plain({
  experimentId: fc.nat().map(String),
  name: anyText,
  artifactLocation: anyText,
  stage: anyStage,
  stageGeneration: fc.nat(),
  creationTime: anyTime,
  lastUpdateTime: anyTime,
  tags: anyTextMap,
});

export const anyRun: fc.Arbitrary<Run> = plain({
  runId: anyText,
  experimentId: fc.nat().map(String),
  runName: anyText,
  userId: anyText,
  status: fc.constantFrom('RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'),
  startTime: anyInt64,
  endTime: anyOptional(anyInt64),
  artifactUri: anyText,
  stage: anyStage,
  stageGeneration: fc.nat(),
  deletedTime: anyOptional(anyTime),
  params: anyTextMap,
  tags: anyTextMap,
  datasets: fc.array(plain({ name: anyText, digest: anyText, tags: fc.array(anyKeyValue, { maxLength: 3 }) }), {
    maxLength: 3,
  }),
  modelInputs: fc.array(anyText, { maxLength: 3 }),
  modelOutputs: fc.array(plain({ modelId: anyText, step: anyInt64 }), { maxLength: 3 }),
});

export const anyDataset: fc.Arbitrary<Dataset> = plain({
  name: anyText,
  digest: anyText,
  sourceType: anyText,
  source: anyText,
  schema: anyOptional(anyText),
  profile: anyOptional(anyText),
});

export const anyLoggedModel: fc.Arbitrary<LoggedModel> = plain({
  modelId: anyText,
  experimentId: fc.nat().map(String),
  name: anyText,
  artifactUri: anyText,
  status: fc.constantFrom('LOGGED_MODEL_PENDING', 'LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED'),
  modelType: anyText,
  sourceRunId: anyText,
  creationTime: anyTime,
  lastUpdateTime: anyTime,
  isDeleted: fc.boolean(),
  params: anyTextMap,
  tags: anyTextMap,
});

export const anyRegisteredModel: fc.Arbitrary<RegisteredModel> = plain({
  registeredModelId: anyText,
  name: anyText,
  description: anyText,
  creationTime: anyTime,
  lastUpdateTime: anyTime,
  renameTime: anyTime,
  tags: anyTextMap,
  aliases: fc.array(fc.tuple(anyText, fc.nat())).map((entries) => new Map(entries)),
  stages: fc.array(fc.constantFrom('-', 'S', 'P', 'A', 'x')).map((letters) => letters.join('')),
  stageTimes: fc.array(fc.tuple(fc.nat(), anyTime)).map((entries) => new Map(entries)),
  hasPrompts: fc.boolean(),
});

export const anyModelVersion: fc.Arbitrary<ModelVersion> = plain({
  registeredModelId: anyText,
  versionNumber: fc.nat(),
  creationTime: anyTime,
  lastUpdateTime: anyTime,
  description: anyOptional(anyText),
  source: anyText,
  storageLocation: anyText,
  runId: anyText,
  loggedModelId: anyOptional(anyText),
  runLink: anyText,
  tags: anyTextMap,
});

/** A model's metric; its value is finite or NaN and never -0, as `storedValue` gives them. */
export const anyModelMetric: fc.Arbitrary<ModelMetric> = plain({
  key: anyText,
  value: fc
    .oneof(fc.constantFrom(Number.NaN, 0, Number.MAX_VALUE), fc.double({ noDefaultInfinity: true }))
    .map(withoutMinusZero),
  timestamp: anyInt64,
  step: anyInt64,
  runId: anyText,
  datasetName: anyOptional(anyText),
  datasetDigest: anyOptional(anyText),
});

function withoutMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}
