import { expect, test } from 'vitest';
import { operations } from '../../functions/api/index.ts';
import { describeApi, OPENAPI_PATH } from '../../functions/http/openapi.ts';
import { openTestApp, valueAt } from '../support/test-app.ts';

const app = await openTestApp();

test('the description is served, and is that of the operations', async () => {
  const answer = await app.call('GET', OPENAPI_PATH);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual(JSON.parse(JSON.stringify(describeApi(operations))));
});

test('every operation is described, under its path without the twin', async () => {
  const paths = Object.entries(valueAt(await app.call('GET', OPENAPI_PATH), 'paths') ?? {});
  const described = paths.flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const expected = operations.map(
    ({ method, paths: [path = ''] }) => `${method} ${path.replace(/:(\w+)(\{.*?\})?/g, '{$1}')}`,
  );
  expect(described.toSorted()).toEqual(expected.toSorted());
});

test('a body is described by the schema that decodes it: types, units, and what must be given', async () => {
  const answer = await app.call('GET', OPENAPI_PATH);
  const logMetric = ['paths', '/api/2.0/mlflow/runs/log-metric', 'post', 'requestBody', 'content', 'application/json'];
  expect(valueAt(answer, ...logMetric, 'schema')).toMatchObject({
    required: ['run_id', 'key', 'value', 'timestamp'],
    properties: {
      timestamp: { type: 'integer', format: 'int64', description: expect.stringContaining('ms since the epoch') },
      value: { type: 'number', format: 'double' },
      step: { type: 'integer', format: 'int64' },
    },
  });
});

test('a query is described parameter by parameter', async () => {
  const answer = await app.call('GET', OPENAPI_PATH);
  expect(valueAt(answer, 'paths', '/api/2.0/mlflow/metrics/get-history', 'get', 'parameters')).toContainEqual({
    name: 'metric_key',
    in: 'query',
    required: true,
    schema: { type: 'string', description: 'Name of the metric' },
  });
});
