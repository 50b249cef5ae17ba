import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as keys from '../../../functions/store/dynamo/keys.ts';

const HOME = { experimentId: '26', shard: 0 };
const RUN = '00000000001a00fedcba9876543210ab';
const MODEL = `m-${RUN}`;
const SHA256 = /^[0-9a-f]{64}$/;

describe('each item has its place:', () => {
  test.each<[string, keys.Key, keys.Key]>([
    ['an experiment', keys.experimentKey('7'), { pk: 'EXPERIMENTS#7', sk: '7' }],
    ["an experiment's name", keys.experimentNameKey('a b#c~d'), { pk: 'NAME#experiment#a b#c~d', sk: 'claim' }],
    ['a counter', keys.counterKey('experiment'), { pk: 'COUNTERS', sk: 'experiment' }],
    ['a secret', keys.secretKey('page-token'), { pk: 'SECRETS', sk: 'page-token' }],
    ['a run', keys.runDocumentKey(HOME, RUN), { pk: 'RUNS#26#0', sk: `L#${RUN}#doc` }],
    ['its last values', keys.latestKey(HOME, RUN, 0), { pk: 'RUNS#26#0', sk: `L#${RUN}#latest` }],
    ['further last values', keys.latestKey(HOME, RUN, 2), { pk: 'RUNS#26#0', sk: `L#${RUN}#latest#2` }],
    ['a log call', keys.metricAppendKey(RUN, 'ulid'), { pk: `METRICS#${RUN}`, sk: 'S#ulid' }],
    ['a logged model', keys.modelDocumentKey(HOME, MODEL), { pk: 'MODELS#26#0', sk: `${MODEL}#doc` }],
    ["a model's metrics", keys.modelMetricKey(HOME, MODEL, 'ulid'), { pk: 'MODELS#26#0', sk: `${MODEL}#M#ulid` }],
    ['a registered model', keys.registeredModelKey('c0ffee'), { pk: 'REGISTERED#c', sk: 'c0ffee' }],
    ["a registered model's name", keys.registeredModelNameKey('a#~'), { pk: 'NAME#model#a#~', sk: 'claim' }],
    ['a version of it', keys.modelVersionKey('c0ffee', 5), { pk: 'VERSIONS#1', sk: 'c0ffee#0000000005' }],
    [
      'its reference to a run',
      keys.referenceKey('run', RUN, { registeredModelId: 'c0ffee', versionNumber: 5 }),
      { pk: `REFERENCES#run#${RUN}`, sk: 'c0ffee#0000000005' },
    ],
    ['a model that is being removed', keys.removedModelKey('c0ffee'), { pk: 'REMOVED', sk: 'c0ffee' }],
    ['a note of a write to a run', keys.workKey(RUN), { pk: 'WORK#3', sk: RUN }],
    ['a note of a damaged archive', keys.damageKey('7'), { pk: 'WORK#damaged', sk: '7' }],
    ['a part of a document', keys.overflowKey({ pk: 'P', sk: 'S' }, 'g', 12), { pk: 'P', sk: 'S~g~0012' }],
  ])('%s', (_, key, expected) => {
    expect(key).toEqual(expected);
  });

  test('a dataset, by the hash of its name and digest', () => {
    const { pk, sk } = keys.datasetKey('7', 'iris', 'd1');
    expect(pk).toBe('DATASETS#7');
    expect(sk).toMatch(SHA256);
  });
});

describe('a name', () => {
  test.each(['a', 'a'.repeat(500), '\u{1f600}'.repeat(500)])('of %# is claimed within the bounds of a key', (name) => {
    expect(Buffer.byteLength(keys.experimentNameKey(name).pk)).toBeLessThanOrEqual(2048);
  });

  test('has a partition of its own', () => {
    const partitions = ['a', 'A', 'a#claim', 'experiment', ' a'].map((name) => keys.experimentNameKey(name).pk);
    expect(new Set(partitions).size).toBe(partitions.length);
  });
});

describe('versions of a registered model', () => {
  test('lie in the partitions that readers look into, evenly', () => {
    const counts = new Map(keys.MODEL_VERSIONS.map(({ pk }) => [pk, 0]));
    for (let version = 1; version <= 1600; version += 1) {
      const { pk } = keys.modelVersionKey('c0ffee', version);
      counts.set(pk, (counts.get(pk) ?? Number.NaN) + 1);
    }
    expect([...counts.values()]).toEqual(new Array(16).fill(100));
    expect(keys.versionsOfModel('c0ffee').map(({ pk }) => pk)).toEqual([...counts.keys()]);
  });

  test('are told by their items’ keys, and those of their parts', () => {
    const place = { registeredModelId: 'c0ffee', versionNumber: 1_234_567_890 };
    const key = keys.modelVersionKey(place.registeredModelId, place.versionNumber);
    expect(keys.parseVersionSortKey(key.sk)).toEqual(place);
    expect(keys.parseVersionSortKey(keys.overflowKey(key, 'g', 1).sk)).toEqual(place);
  });

  test('refer to ids of any length', () => {
    const pk = keys.referencesPrefix('run', 'é'.repeat(5000)).pk;
    expect(pk).toMatch(/^REFERENCES#run#[0-9a-f]{64}$/);
    expect(keys.referencesPrefix('model', 'é'.repeat(5000)).pk).not.toBe(pk);
  });
});

describe('registered models', () => {
  test('lie in the partitions that readers look into', () => {
    const partitions = keys.REGISTERED_MODELS.map(({ pk }) => pk);
    expect(new Set(partitions).size).toBe(16);
    for (const digit of '0123456789abcdef') expect(partitions).toContain(keys.registeredModelKey(`${digit}0`).pk);
  });

  test('of the longest name are claimed within the bounds of a key', () => {
    expect(Buffer.byteLength(keys.registeredModelNameKey('\u{1f600}'.repeat(256)).pk)).toBeLessThanOrEqual(2048);
  });
});

describe('experiments', () => {
  test('lie in the partitions that readers look into, evenly: of 10,000 none holds a tenth', () => {
    const counts = new Map(keys.EXPERIMENTS.map(({ pk }) => [pk, 0]));
    for (let id = 0; id < 10_000; id += 1) {
      const { pk } = keys.experimentKey(String(id));
      counts.set(pk, (counts.get(pk) ?? Number.NaN) + 1);
    }
    expect(counts.size).toBe(16);
    expect(Math.max(...counts.values())).toBeLessThan(1000);
    expect(Math.min(...counts.values())).toBeGreaterThan(400);
  });
});

test('datasets whose names and digests only look alike when joined are told apart', () => {
  const pairs = [
    ['a', 'bc'],
    ['ab', 'c'],
    ['a"', ',"b'],
    ['a', '","b'],
    ['', 'abc'],
  ];
  const sortKeys = pairs.map(([name = '', digest = '']) => keys.datasetKey('1', name, digest).sk);
  expect(new Set(sortKeys).size).toBe(pairs.length);
});

const anyHex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''));
const anyExperimentId = fc.integer({ min: 0, max: 2 ** 48 - 1 }).map(String);

describe('an id', () => {
  test('is 32 hex digits, the first 12 its experiment', () => {
    expect(keys.runIdFor('26', 'ff112233445566778899')).toBe('00000000001a03112233445566778899');
    expect(keys.modelIdFor('26', 'ff112233445566778899')).toBe('m-00000000001a03112233445566778899');
  });

  test('tells its experiment and a shard that readers look into', () => {
    fc.assert(
      fc.property(anyExperimentId, anyHex(20), (experimentId, hex) => {
        const home = keys.homeOfRun(keys.runIdFor(experimentId, hex));
        expect(home?.experimentId).toBe(experimentId);
        expect(home?.shard).toBeLessThan(keys.RUN_SHARDS);
        expect(keys.homeOfModel(keys.modelIdFor(experimentId, hex))).toEqual(home);
      }),
      { seed: 71 },
    );
  });

  test('of another shard, made when there were more, still tells it', () => {
    expect(keys.homeOfRun('00000000001a0f112233445566778899')).toEqual({ experimentId: '26', shard: 15 });
  });

  test.each([
    '',
    'x',
    RUN.slice(1),
    `${RUN}0`,
    RUN.toUpperCase(),
    `${RUN}\n`,
    `${RUN.slice(0, 31)}g`,
    `m-${RUN}`,
    ' '.repeat(32),
    '__proto__',
  ])('that Tracklet never made has no home: %j', (id) => {
    expect(keys.homeOfRun(id)).toBeUndefined();
  });

  test.each(['', 'm-', RUN, `m-${RUN.slice(1)}`, `m-m-${RUN}`, `M-${RUN}`])(
    'of a model that Tracklet never made has no home: %j',
    (id) => {
      expect(keys.homeOfModel(id)).toBeUndefined();
    },
  );

  test('of a run of MLflow, which is a random UUID, belongs to an experiment that is not there or to none', () => {
    expect(keys.homeOfRun('6f1b7bcd8a9b4c7f9d3e5a1b2c3d4e5f')?.experimentId).toBe(String(0x6f1b7bcd8a9b));
  });
});

describe('a sort key is parsed back', () => {
  test.each<[string, string, ReturnType<typeof keys.parseRunSortKey>]>([
    ['document', keys.runDocumentKey(HOME, RUN).sk, { runId: RUN, kind: 'doc' }],
    ['part', keys.overflowKey(keys.runDocumentKey(HOME, RUN), 'g', 0).sk, { runId: RUN, kind: 'doc' }],
    ['last values', keys.latestKey(HOME, RUN, 0).sk, { runId: RUN, kind: 'latest' }],
    ['further last values', keys.latestKey(HOME, RUN, 3).sk, { runId: RUN, kind: 'latest' }],
  ])('of a run: %s', (_, sk, expected) => {
    expect(keys.parseRunSortKey(sk)).toEqual(expected);
  });

  test.each<[string, string, ReturnType<typeof keys.parseModelSortKey>]>([
    ['document', keys.modelDocumentKey(HOME, MODEL).sk, { modelId: MODEL, kind: 'doc' }],
    ['part', keys.overflowKey(keys.modelDocumentKey(HOME, MODEL), 'g', 0).sk, { modelId: MODEL, kind: 'doc' }],
    ['metrics', keys.modelMetricKey(HOME, MODEL, 'ulid').sk, { modelId: MODEL, kind: 'metrics' }],
  ])('of a logged model: %s', (_, sk, expected) => {
    expect(keys.parseModelSortKey(sk)).toEqual(expected);
  });
});

describe('a write to a run', () => {
  test.each<[string, keys.Key]>([
    ['its document', keys.runDocumentKey(HOME, RUN)],
    ['a part of it', keys.overflowKey(keys.runDocumentKey(HOME, RUN), 'g', 0)],
    ['its history', keys.metricAppendKey(RUN, 'ulid')],
  ])('is told by %s', (_, key) => {
    expect(keys.writtenRun(key)).toBe(RUN);
  });

  test.each<[string, keys.Key]>([
    ['its last values, beside which its history is written', keys.latestKey(HOME, RUN, 0)],
    ['the archive', keys.archivedRunKey(HOME, RUN)],
    ['a manifest', keys.manifestKey('26')],
    ['a note', keys.workKey(RUN)],
    ['a damage', keys.damageKey('26')],
    ['an experiment', keys.experimentKey('26')],
    ['a logged model', keys.modelDocumentKey(HOME, MODEL)],
    ['an id that Tracklet never made', { pk: 'METRICS#run', sk: 'S#1' }],
    ['a run that Tracklet never made', { pk: 'RUNS#26#0', sk: 'L#run#doc' }],
    ['packed history', { pk: `METRICS#${RUN}`, sk: 'C#x#1' }],
    ['nothing', { pk: '', sk: '' }],
  ])('is not told by %s', (_, key) => {
    expect(keys.writtenRun(key)).toBeUndefined();
  });

  test('is noted where readers of the work look', () => {
    fc.assert(
      fc.property(anyExperimentId, anyHex(20), (experimentId, hex) => {
        const key = keys.workKey(keys.runIdFor(experimentId, hex));
        expect(keys.WORK_PREFIXES.filter((range) => isWithin(range, key))).toHaveLength(1);
      }),
      { seed: 73 },
    );
  });
});

const isWithin = ({ pk, skPrefix }: keys.KeyPrefix, key: keys.Key): boolean =>
  key.pk === pk && key.sk.startsWith(skPrefix);

describe('a range holds', () => {
  const OTHER_RUN = '00000000001a00fedcba9876543210ac';

  test('all that is live of one run and nothing of another', () => {
    const range = keys.liveRunPrefix(HOME, RUN);
    const document = keys.runDocumentKey(HOME, RUN);
    const own = [
      document,
      keys.latestKey(HOME, RUN, 0),
      keys.latestKey(HOME, RUN, 9),
      keys.overflowKey(document, 'g', 0),
    ];
    expect(own.filter((key) => !isWithin(range, key))).toEqual([]);
    expect(isWithin(range, keys.runDocumentKey(HOME, OTHER_RUN))).toBe(false);
  });

  test("all of an experiment's live runs, in the shards that their ids tell", () => {
    fc.assert(
      fc.property(anyExperimentId, anyHex(20), (experimentId, hex) => {
        const runId = keys.runIdFor(experimentId, hex);
        const home = keys.homeOfRun(runId);
        if (!home) throw new Error('A made id has a home');
        const ranges = keys.liveRunsPrefixes(experimentId);
        expect(ranges.filter((range) => isWithin(range, keys.runDocumentKey(home, runId)))).toHaveLength(1);
        const modelRanges = keys.modelsPrefixes(experimentId);
        const modelKey = keys.modelDocumentKey(home, `m-${runId}`);
        expect(modelRanges.filter((range) => isWithin(range, modelKey))).toHaveLength(1);
      }),
      { seed: 72 },
    );
  });

  test('the parts of one generation, not those of the next', () => {
    const document = keys.experimentKey('1');
    const range = keys.overflowPrefix(document, 'g1');
    expect(isWithin(range, keys.overflowKey(document, 'g1', 3))).toBe(true);
    expect(isWithin(range, keys.overflowKey(document, 'g2', 3))).toBe(false);
    expect(isWithin(keys.overflowPrefix(document), keys.overflowKey(document, 'g2', 3))).toBe(true);
  });

  test('the parts of experiment 1, not those of experiment 10', () => {
    expect(
      isWithin(keys.overflowPrefix(keys.experimentKey('1')), keys.overflowKey(keys.experimentKey('10'), 'g', 0)),
    ).toBe(false);
  });

  test('a model with its metrics, and a log call of a run', () => {
    expect(isWithin(keys.modelPrefix(HOME, MODEL), keys.modelMetricKey(HOME, MODEL, 'u'))).toBe(true);
    expect(isWithin(keys.metricHistoryPrefix(RUN), keys.metricAppendKey(RUN, 'u'))).toBe(true);
  });

  test('log calls and, behind all of them, the index of the shared parts, and nothing that is packed', () => {
    const tail = keys.metricTailPrefix(RUN);
    expect(isWithin(tail, keys.metricAppendKey(RUN, 'u'))).toBe(true);
    expect(isWithin(tail, keys.sharedIndexKey(RUN))).toBe(true);
    expect(keys.sharedIndexKey(RUN).sk > keys.metricAppendKey(RUN, 'zzz').sk).toBe(true);
    expect(isWithin(keys.metricHistoryPrefix(RUN), keys.sharedIndexKey(RUN))).toBe(false);
    const packed = [keys.sharedPartKey(RUN, 1), keys.metricIndexKey(RUN, 'm'), keys.metricChunkKey(RUN, 'm', 1)];
    expect(packed.some((key) => isWithin(tail, key))).toBe(false);
  });
});
