import { describe, expect, test } from 'vitest';
import { artifactsAt, proxiedArtifact, uploadedInParts } from '../../../functions/api/guard/checks.ts';
import type { Check } from '../../../functions/api/guard/requirement.ts';
import type { Caller } from '../../../functions/domain/caller.ts';
import { foldGrants } from '../../../functions/domain/permission.ts';
import { openTestApp } from '../../support/test-app.ts';

const { services, ...app } = await openTestApp();
const caller: Caller = {
  username: 'alice',
  userId: 1,
  holdsAll: false,
  isAdmin: false,
  grants: foldGrants([
    { resourceType: 'experiment', resourcePattern: '1', permission: 'EDIT' },
    { resourceType: 'registered_model', resourcePattern: 'mine', permission: 'READ' },
  ]),
  byDefault: 'NO_PERMISSIONS',
  token: undefined,
};
const mayAsk = (check: Check, input: object, artifactRoot = services.artifactRoot) =>
  check(caller, { input, params: {}, raw: undefined, services: { ...services, artifactRoot } });

describe('a location that is given', () => {
  const at = (source: string, root?: string) => mayAsk(artifactsAt('read', 'source'), { source }, root);

  test('below the artifact root is that of an experiment', () => {
    expect(at('mlflow-artifacts:/1/x')).toBe(true);
    expect(at('mlflow-artifacts:/2/x')).toBe(false);
    expect(at('mlflow-artifacts:///2/x')).toBe(false);
    expect(at('mlflow-artifacts:/elsewhere')).toBe(false);
  });

  test('below a root on S3 is so, too', () => {
    const root = 's3://bucket/artifacts';
    expect(at('s3://bucket/artifacts/1/x', root)).toBe(true);
    expect(at('s3://bucket/artifacts/2/x', root)).toBe(false);
    expect(at('s3://bucket/artifacts', root)).toBe(false);
    expect(at('s3://bucket/artifacts-of-others/2', root)).toBe(true);
  });

  test('in our own bucket is so, whatever the artifact root', () => {
    const { bucketRoot } = services;
    expect(at(`${bucketRoot}/1/x`)).toBe(true);
    for (const location of ['/2/x', '/2', '/2?versionId=1', '', '//2/x']) {
      expect(at(bucketRoot + location), location).toBe(false);
    }
    expect(() => at(`${bucketRoot}/1/../2`)).toThrow('Invalid path');
    expect(at(`${bucketRoot.replace('s3:', 'S3:')}/2/x`)).toBe(false);
  });

  test('elsewhere is for others to keep', () => {
    expect(at('s3://another/2/x')).toBe(true);
    expect(at('')).toBe(true);
  });

  test('names a run, a logged model or a version', async () => {
    const id = await app.newExperiment();
    expect(id).toBe('1');
    const [own, other] = [await app.newRun({ experiment_id: id }), await app.newRun()];
    const [ownModel, otherModel] = [await app.newModel({ experiment_id: id }), await app.newModel()];
    expect([at(`runs:/${own}/model`), at(`runs:/${other}/model`), at('runs:/no-run/model')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([at(`models:/${ownModel}`), at(`models:/${otherModel}`)]).toEqual([true, false]);
    expect([at('models:/mine/1'), at('models:/mine@best'), at('models:/theirs/1')]).toEqual([true, true, false]);
  });
});

describe('an artifact by its URL', () => {
  const at = (path: string) => {
    const request = new Request(`http://127.0.0.1${path}`);
    const raw = { request, params: {}, query: new URLSearchParams() };
    return () => proxiedArtifact('read')(caller, { input: undefined, params: {}, raw, services });
  };

  test.each([
    ['/api/2.0/mlflow-artifacts/artifacts/1/x', true],
    ['/ajax-api/2.0/mlflow-artifacts/artifacts/1/x', true],
    ['//api/2.0/mlflow-artifacts/artifacts/1/x', true],
    ['/artifacts/1/x', true],
    ['/artifacts/2/x', false],
    ['/api/2.0/mlflow-artifacts/artifacts/2/mlflow-artifacts/artifacts/1/x', false],
    ['/api/2.0/mlflow-artifacts/artifacts/2%2F1', false],
    ['/api/2.0/mlflow-artifacts/artifacts/01/x', false],
  ])('%s', (path, expected) => {
    expect(at(path)()).toBe(expected);
  });

  test('of another form is refused', () => {
    for (const path of ['/get-artifact/1/x', '/api/2.0/mlflow-artifacts/artifacts/%', '/artifacts/1/%252e%252e/2']) {
      expect(at(path)).toThrow('Invalid path');
    }
  });

  test('is the part of the path of an operation that takes a message', () => {
    const ask = (path: string) =>
      proxiedArtifact('read')(caller, { input: {}, params: { artifact_path: path }, raw: undefined, services });
    expect([ask('1/x'), ask('2/x'), ask('')]).toEqual([true, false, false]);
  });

  test('in parts is that of the folder and the name', () => {
    const ask = (folder: string | undefined, path: string) => {
      const params: Record<string, string> = folder === undefined ? {} : { artifact_path: folder };
      return uploadedInParts('update')(caller, { input: { path }, params, raw: undefined, services });
    };
    expect([ask('1/x', '/2/f'), ask('2/x', '/1/f'), ask(undefined, 'f'), ask('.', '/1/f')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([ask(undefined, '1'), ask('', '/x/2')]).toEqual([true, false]);
    expect(() => ask('1/../2', 'f')).toThrow('Invalid path');
  });
});
