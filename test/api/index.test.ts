import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  artifactOperations,
  callerOperations,
  operations,
  registryOperations,
  serviceOperations,
  trackingOperations,
} from '../../functions/api/index.ts';
import type { JsonOperation, Operation, RawOperation } from '../../functions/api/operation.ts';
import { openTestApp, queryString } from '../support/test-app.ts';

describe('the table of operations', () => {
  test('holds those of each function', () => {
    expect(operations).toEqual([
      ...serviceOperations,
      ...callerOperations,
      ...trackingOperations,
      ...registryOperations,
      ...artifactOperations,
    ]);
  });

  test('has one operation per method and path', () => {
    const places = operations.flatMap(({ method, paths }) => paths.map((path) => `${method} ${path}`));
    expect(new Set(places).size).toBe(places.length);
  });
});

const app = await openTestApp();
const experimentId = await app.newExperiment();
const ids = [experimentId, await app.newRun({ experiment_id: experimentId }), await app.newModel()];

const hostileTexts = [
  ...['', ' ', '0', '-1', '9223372036854775807', '1e400', 'NaN', 'null', 'true', 'é漢😀', '__proto__', 'constructor'],
  ...['%', '%2e%2e', '../x', '/', '\\', "' OR 1=1", 'metrics.m > 1', "tags.`a` = 'b'", 'name DESC', 'metrics.m', '()'],
  ...['x'.repeat(300), '\u0000', '\ud800', 'a.b', 'ALL', 'FINISHED', 'LOGGED_MODEL_READY', '{"a":1}', '[]', 's3://b/x'],
];
const someText = fc.oneof(fc.constantFrom(...ids, ...hostileTexts), fc.string({ unit: 'binary' }));
const numbers = fc.oneof(fc.integer(), fc.double(), fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }));
const pair = fc.dictionary(
  fc.constantFrom('key', 'value', 'timestamp', 'step', 'model_id', 'name', 'digest', 'dataset', 'tags', 'field_name'),
  fc.oneof(someText, numbers, fc.boolean(), fc.constant({ name: 'n', digest: 'd' })),
);
const scalar = fc.oneof(someText, numbers, fc.boolean(), fc.constant(null));
const anyValue = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(fc.oneof(scalar, pair), { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** NaN and the infinities have no JSON: clients send them as strings. */
const toJson = (value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
};

/** Fields of a message, named as the operation names them, with any values. */
const fieldsOf = ({ request }: JsonOperation) =>
  fc.dictionary(fc.constantFrom(...Object.keys(request.fields), 'other'), anyValue, { maxKeys: 7 });

const pathWith = (path: string, part: string): string =>
  path.replaceAll(/:\w+(\{[^}]*\})?/g, encodeURIComponent(part.toWellFormed()));

const jsonCall = (operation: JsonOperation) =>
  fc.record({
    operation: fc.constant(operation),
    path: fc.tuple(fc.constantFrom(...operation.paths), someText).map(([path, part]) => pathWith(path, part || 'x')),
    body: fc.oneof({ weight: 5, arbitrary: fieldsOf(operation) }, { weight: 1, arbitrary: fc.jsonValue() }),
  });

const isJson = (operation: Operation): operation is JsonOperation => operation.kind === 'json';
const isRaw = (operation: Operation): operation is RawOperation => operation.kind === 'raw';
const jsonOperations = operations.filter(isJson);

function queryOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const asText = (value: unknown) =>
    typeof value === 'string' ? value : String(JSON.stringify(toJson(value), bigintAsText));
  return queryString(
    Object.fromEntries(
      Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value.map(asText) : asText(value)]),
    ),
  );
}

const bigintAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

test('no JSON, sent to any operation, is a failure of the server', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...jsonOperations).chain(jsonCall), async ({ operation, path, body }) => {
      const isGet = operation.method === 'GET';
      const answer = await app.call(
        operation.method,
        isGet ? path + queryOf(body) : path,
        isGet ? undefined : toJson(body),
      );
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
      if (answer.status !== 200) expect(answer.body).toMatchObject({ error_code: expect.any(String) });
    }),
    { seed: 9, numRuns: 600 },
  );
  expect(app.reports).toEqual([]);
});

test('no path, query or body, sent to any raw operation, is a failure of the server', async () => {
  const rawCall = (operation: RawOperation) =>
    fc.record({
      operation: fc.constant(operation),
      path: fc.tuple(fc.constantFrom(...operation.paths), someText).map(([path, part]) => pathWith(path, part || 'x')),
      query: fc.dictionary(
        fc.constantFrom('run_id', 'run_uuid', 'path', 'artifact_file_path', 'name', 'version'),
        someText,
      ),
      range: fc.constantFrom('', 'bytes=0-', 'bytes=5-1', 'bytes=-0', 'x'),
      body: someText,
    });
  const calls = fc.constantFrom(...operations.filter(isRaw)).chain(rawCall);
  await fc.assert(
    fc.asyncProperty(calls, async ({ operation: { method }, path, query, range, body }) => {
      const headers: Record<string, string> = range === '' ? {} : { range };
      const answer = await app.call(method, path + queryString(query), method === 'GET' ? undefined : body, headers);
      expect([500, 502, 503], JSON.stringify(answer.body)).not.toContain(answer.status);
    }),
    { seed: 10, numRuns: 200 },
  );
});
