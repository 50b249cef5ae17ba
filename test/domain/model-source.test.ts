import { describe, expect, test } from 'vitest';
import {
  isLocalSource,
  isWithin,
  localSource,
  parseRunsUri,
  sourceOfAnother,
  validateSourcePath,
} from '../../functions/domain/model-source.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('the path of a source', () => {
  test.each([
    ...['s3://bucket/a', 's3://bucket//a//b/', 'gs://b/a', 'dbfs:/a', 'models:/m-1', 'models:/name/3', 'runs:/r/a'],
    ...['s3://bucket/a+b', 's3://bucket/a%20b', 's3://bucket/..a', 's3://bucket/a?x=1', 's3:/bucket/a', 's3://b/50%'],
  ])('may be %s', (source) => {
    expect(() => validateSourcePath(source)).not.toThrow();
  });

  test.each([
    ...['s3://bucket', 's3://bucket/', 's3://bucket//', 'runs:', 'runs:/', 'word', 's3://bucket/../a', 's3://b/a/..'],
    ...['s3://bucket/%2e%2e/a', 's3://bucket/%252e%252e/a', 's3://bucket/..%2fa', 's3://bucket/a/./b', 's3://b/a%00'],
    ...[`s3://bucket/%${'25'.repeat(20)}2e`, '..', 'models:/../a'],
  ])('may not be %s', (source) => {
    expectRefusal(
      () => validateSourcePath(source),
      `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, ` +
        'objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references ' +
        'present. Please provide an absolute path.',
    );
  });
});

test.each([
  ['/etc/passwd', true],
  ['file:///etc', true],
  ['word', true],
  ['', true],
  ['s3://b/a', false],
  ['models:/m-1', false],
])('%j lies on a disk: %s', (source, isLocal) => {
  expect(isLocalSource(source)).toBe(isLocal);
});

test('errors name the source and what the request should have named', () => {
  expect(sourceOfAnother('runs:/r', 'run_id').message).toBe(
    "Invalid model version source: 'runs:/r'. The run_id request parameter must identify the resource that contains " +
      'the source.',
  );
  expect(localSource('/a', 'model_id').message).toBe(
    "Invalid model version source: '/a'. To use a local path as a model version source, the model_id request " +
      'parameter has to be specified and the local path has to be contained within the artifact directory of the ' +
      'run specified by the model_id.',
  );
});

describe('isWithin', () => {
  const root = 'mlflow-artifacts:/7/r/artifacts';

  test.each([
    root,
    `${root}/`,
    `${root}/model`,
    'mlflow-artifacts:/7//r/artifacts/a/b',
    'mlflow-artifacts:/7/%72/artifacts',
  ])('%s is', (uri) => {
    expect(isWithin(uri, root)).toBe(true);
  });

  test.each([
    ...['mlflow-artifacts:/7/r', 'mlflow-artifacts:/7/r/artifactsx', 'mlflow-artifacts:/8/r/artifacts'],
    ...[
      's3:/7/r/artifacts',
      'mlflow-artifacts://host/7/r/artifacts',
      `mlflow-artifacts:/7/%${'25'.repeat(20)}72/artifacts`,
    ],
  ])('%s is not', (uri) => {
    expect(isWithin(uri, root)).toBe(false);
  });

  test('nothing is within a root without a path', () => {
    expect(isWithin('s3://b/a', 's3://b')).toBe(false);
  });

  test('minds no case in the authority', () => {
    expect(isWithin('s3://B/a/b', 's3://b/a')).toBe(true);
  });
});

describe('parseRunsUri', () => {
  test.each([
    ['runs:/r/model', { runId: 'r', path: 'model' }],
    ['runs:/r/a/b', { runId: 'r', path: 'a/b' }],
    ['runs:/r', { runId: 'r', path: '' }],
    ['runs:/r/', { runId: 'r', path: '' }],
  ])('reads %s', (uri, expected) => {
    expect(parseRunsUri(uri)).toEqual(expected);
  });

  test.each(['runs:/', 'runs:r', 'runs:', 's3:/r/a', 'runs://host'])('refuses %s', (uri) => {
    expect(() => parseRunsUri(uri)).toThrow(/^Not a proper runs:\/ URI/);
  });
});
