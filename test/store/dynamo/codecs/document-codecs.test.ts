import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datasetCodec } from '../../../../functions/store/dynamo/codecs/dataset-codec.ts';
import { experimentCodec } from '../../../../functions/store/dynamo/codecs/experiment-codec.ts';
import { loggedModelCodec } from '../../../../functions/store/dynamo/codecs/logged-model-codec.ts';
import { modelVersionCodec } from '../../../../functions/store/dynamo/codecs/model-version-codec.ts';
import { registeredModelCodec } from '../../../../functions/store/dynamo/codecs/registered-model-codec.ts';
import { runCodec } from '../../../../functions/store/dynamo/codecs/run-codec.ts';
import type { DocumentCodec } from '../../../../functions/store/dynamo/documents.ts';
import {
  anyDataset,
  anyExperiment,
  anyLoggedModel,
  anyModelVersion,
  anyRegisteredModel,
  anyRun,
} from '../../arbitraries.ts';

function expectRoundTrips<T>(codec: DocumentCodec<T>, anyValue: fc.Arbitrary<T>, seed: number): void {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(codec.decode(codec.encode(value))).toStrictEqual(value);
    }),
    { seed, numRuns: 200 },
  );
}

describe('a document comes back as it was:', () => {
  test('an experiment', () => expectRoundTrips(experimentCodec, anyExperiment, 41));
  test('a run', () => expectRoundTrips(runCodec, anyRun, 42));
  test('a dataset', () => expectRoundTrips(datasetCodec, anyDataset, 43));
  test('a logged model', () => expectRoundTrips(loggedModelCodec, anyLoggedModel, 44));
  test('a registered model', () => expectRoundTrips(registeredModelCodec, anyRegisteredModel, 47));
  test('a model version', () => expectRoundTrips(modelVersionCodec, anyModelVersion, 48));
});

const [run] = fc.sample(anyRun, { seed: 45, numRuns: 1 });
const [experiment] = fc.sample(anyExperiment, { seed: 46, numRuns: 1 });
if (!run || !experiment) throw new Error('fast-check gives a sample');

describe('tags and params', () => {
  test('keep their order', () => {
    const tags = new Map(['z', 'a', '1', '0'].map((key) => [key, key]));
    expect([...runCodec.decode(runCodec.encode({ ...run, tags })).tags.keys()]).toEqual(['z', 'a', '1', '0']);
  });

  test('may be named __proto__ and leave objects alone', () => {
    const params = new Map([['__proto__', '{"polluted": 1}']]);
    const decoded = runCodec.decode(runCodec.encode({ ...run, params }));
    expect(decoded.params).toEqual(params);
    expect(decoded).not.toHaveProperty('polluted');
  });

  test('keep half a surrogate pair, which UTF-8 has not', () => {
    const tags = new Map([['half', '\ud83d']]);
    const json = runCodec.encode({ ...run, tags });
    expect(json).toBe(Buffer.from(json).toString());
    expect(runCodec.decode(json).tags).toEqual(tags);
  });
});

describe('beside the JSON stand', () => {
  test("a run's stage marks", () => {
    expect(runCodec.extra({ ...run, stage: 'deleted', stageGeneration: 3 })).toEqual({
      st: { S: 'deleted' },
      sg: { N: '3' },
    });
  });

  test("an experiment's stage marks", () => {
    const marks = experimentCodec.extra({ ...experiment, stage: 'active', stageGeneration: 2 });
    expect(marks).toEqual({ st: { S: 'active' }, sg: { N: '2' } });
  });
});
