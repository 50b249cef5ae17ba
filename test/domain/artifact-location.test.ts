import { describe, expect, test } from 'vitest';
import { validateArtifactLocation } from '../../functions/domain/artifact-location.ts';
import { expectRefusal } from './expect-refusal.ts';

const validate = (location: string) => () => validateArtifactLocation(location, 'artifact_location');

test.each([
  'mlflow-artifacts:/',
  'mlflow-artifacts:/1',
  'mlflow-artifacts:/a b/c..d/%20/é/',
  'MLFLOW-ARTIFACTS:/1',
  'mlflow-artifacts:///1',
  's3://bucket',
  's3://bucket/',
  's3://bucket/a/b/',
  's3://bucket/a;b',
  's3://bucket/a?endpoint=x',
  'S3://bucket/a',
  'gs://bucket/a',
  'wasbs://container@account.blob.core.windows.net/a',
  'dbfs:/a',
  'dbfs:///a',
  `s3://b/${'é'.repeat(2041)}`,
])('%j is a location', (location) => {
  expect(validate(location)).not.toThrow();
});

describe("MLflow's refusals", () => {
  test.each(['s3://b/a#f', 'mlflow-artifacts:/a#f', 'http://h/a;p', '/a;p', '/a/b;p;q', ';p', 'ftp://h/a;p#f'])(
    '%j has a fragment or params',
    (location) => {
      expectRefusal(validate(location), "'artifact_location' URL can't include fragments or params.");
    },
  );

  test.each(['s3://b/a?x=../y', 's3://b/a?%2e%2e', 's3://b/a?%252e.', `s3://b/a?%${'25'.repeat(12)}`])(
    '%j has a query that climbs',
    (location) => {
      expectRefusal(validate(location), 'Invalid query string');
    },
  );

  test.each([
    ['ftp://h/a', 'ftp'],
    ['ftp:/a', 'ftp'],
    ['sftp://h/a', 'sftp'],
    ['hdfs://h/a', 'hdfs'],
    ['viewfs://h/a', 'viewfs'],
    ['http://h/a', 'http'],
    ['HTTPS://h/a;', 'https'],
    ['mlflow-artifacts://h:5000/a', 'mlflow-artifacts'],
    ['r2://b@h/a', 'r2'],
    ['b2://b@h/a', 'b2'],
    ['abfss://f@h/a', 'abfss'],
  ])('%j names a host of its own', (location, scheme) => {
    expectRefusal(
      validate(location),
      `'artifact_location' cannot use the '${scheme}' scheme: the '${scheme}' scheme addresses a host other than the tracking server's configured artifact storage, so the server would connect to the host named in the URI. Set the MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to allow it.`,
    );
  });

  test('a run has no say', () => {
    expectRefusal(validate('runs:/1/a'), "Artifact location cannot be a runs:/ URI. Given: 'runs:/1/a'");
  });

  test('2048 characters are enough', () => {
    expectRefusal(
      validate(`s3://b/${'a'.repeat(2042)}`),
      'Invalid artifact path length. The length of the artifact path cannot be greater than 2048 characters. To configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.',
    );
  });
});

describe('our refusals', () => {
  test.each([
    '',
    ' ',
    '/a',
    './a',
    'a',
    '../a',
    '~',
    'C:\\a',
    'C:/a',
    '\\\\h\\a',
    'file:/a',
    'file:///a',
    'file://h/a',
    'a;',
    'models:/m/1',
    'RUNS:/1/a',
    'oci://b/a',
    'postgresql://h/a',
    ' s3://b/a',
    's3\t://b/a',
    's3:',
    's3:/b',
    's3:///a',
    'gs:a',
    'mlflow-artifacts:',
    'mlflow-artifacts:a',
    'mlflow-artifacts://',
    'dbfs:a',
    'dbfs://profile@databricks/a',
  ])('%j is of no known kind', (location) => {
    expectRefusal(
      validate(location),
      `Invalid value ${JSON.stringify(location)} for parameter 'artifact_location' supplied: the location must be mlflow-artifacts:/<path>, s3://<bucket>/<path>, or of gs, wasbs or dbfs.`,
    );
  });

  test.each([
    'mlflow-artifacts:/..',
    'mlflow-artifacts:/a/../../b',
    'mlflow-artifacts:/a/%2e%2e/b',
    'mlflow-artifacts:/a/%252e%252e/b',
    'mlflow-artifacts:/a%2f..%2fb',
    'mlflow-artifacts:/a//b',
    'mlflow-artifacts:////a',
    'mlflow-artifacts:/a\\..\\b',
    'mlflow-artifacts:/a%00',
    's3://b/a/../c',
    's3://b//a',
    's3://../a',
    'gs://b/..',
    'dbfs:/../a',
    's3://b/a\n',
  ])('%j climbs or has empty segments', (location) => {
    expectRefusal(
      validate(location),
      `Invalid value ${JSON.stringify(location)} for parameter 'artifact_location' supplied: the location's path must not leave its root, and have no empty segments.`,
    );
  });
});
