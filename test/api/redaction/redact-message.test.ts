import { describe, expect, test } from 'vitest';
import { placeOf } from '../../../functions/api/guard/guard.ts';
import { operations } from '../../../functions/api/index.ts';
import { redactMessageOf } from '../../../functions/api/redaction/redact-message.ts';
import { REDACTED_FIELDS } from '../../../functions/api/redaction/redacted-fields.ts';
import { BUILT_IN_RULES } from '../../../functions/domain/redaction/built-in-rules.ts';
import { createRedact, type Finding } from '../../../functions/domain/redaction/redact.ts';
import { createApp } from '../../../functions/http/app.ts';
import { callers, column, openTestApp, valueAt } from '../../support/test-app.ts';

const { services } = await openTestApp();
const found: Finding[] = [];
const appWith = (mode: 'mask' | 'refuse' | 'flag') => {
  const redact = createRedact(mode, BUILT_IN_RULES, (finding) => found.push(finding));
  const app = createApp(operations, { ...services, redact }, { report: () => undefined });
  return callers(async (request) => app.fetch(request));
};
const app = appWith('mask');
const SECRET = `AKIA${'IOSFODNN7EXAMPLE'}`;
const MASK = '[redacted:aws-access-key]';

describe('what a client sends is masked', () => {
  test('in params and tags, one by one and in batches, and a param that is sent again is the same', async () => {
    const run = await app.newRun({ tags: [{ key: 'made', value: SECRET }] });
    await app.post('runs/log-parameter', { run_id: run, key: 'p1', value: SECRET });
    expect((await app.post('runs/log-parameter', { run_id: run, key: 'p1', value: SECRET })).status).toBe(200);
    await app.post('runs/set-tag', { run_id: run, key: 't1', value: `x ${SECRET}` });
    const pairs = (key: string) => [
      { key, value: SECRET },
      { key: `${key}-plain`, value: '0.1' },
    ];
    await app.post('runs/log-batch', { run_id: run, params: pairs('p2'), tags: pairs('t2') });
    await app.post('runs/set-tag', { run_id: run, key: 'db_password', value: 'hunter2!' });
    const answer = await app.get('runs/get', { run_id: run });
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
    expect(column(answer, ['run', 'data', 'params'], 'value').sort()).toEqual(['0.1', MASK, MASK]);
    const tags = column(answer, ['run', 'data', 'tags'], 'value');
    for (const value of [MASK, `x ${MASK}`, '0.1', '[redacted:secret-key]']) expect(tags).toContain(value);
  });

  test('in tags of experiments and logged models, and in sources of datasets', async () => {
    const tags = [{ key: 't', value: SECRET }];
    const id = await app.newExperiment({ tags });
    await app.post('experiments/set-experiment-tag', { experiment_id: id, key: 'u', value: SECRET });
    const experiment = await app.get('experiments/get', { experiment_id: id });
    expect(column(experiment, ['experiment', 'tags'], 'value')).toEqual([MASK, MASK]);
    const model = await app.newModel({ experiment_id: id, tags, params: tags });
    expect(JSON.stringify((await app.get(`logged-models/${model}`)).body)).not.toContain(SECRET);
    const run = await app.newRun({ experiment_id: id });
    const source = JSON.stringify({ url: `https://x/?key=${SECRET}` });
    const datasets = [{ dataset: { name: 'd', digest: '1', source_type: 'http', source } }];
    await app.post('runs/log-inputs', { run_id: run, datasets });
    const inputs = valueAt(await app.get('runs/get', { run_id: run }), 'run', 'inputs', 'dataset_inputs', 0, 'dataset');
    expect(inputs).toMatchObject({ source: JSON.stringify({ url: `https://x/?key=${MASK}` }) });
  });

  test('and its key is told', () => {
    expect(found).toContainEqual({ key: 'p1', rules: ['aws-access-key'] });
  });
});

test('or refused, and nothing of the batch is kept', async () => {
  const strict = appWith('refuse');
  const run = await strict.newRun();
  const params = [
    { key: 'a', value: '1' },
    { key: 'b', value: SECRET },
  ];
  const answer = await strict.post('runs/log-batch', { run_id: run, params });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
  expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  expect(valueAt(await strict.get('runs/get', { run_id: run }), 'run', 'data', 'params')).toBeUndefined();
});

test('or kept as it is and told', async () => {
  const lax = appWith('flag');
  const run = await lax.newRun();
  await lax.post('runs/log-parameter', { run_id: run, key: 'flagged', value: SECRET });
  expect(found.at(-1)).toEqual({ key: 'flagged', rules: ['aws-access-key'] });
  expect(column(await lax.get('runs/get', { run_id: run }), ['run', 'data', 'params'], 'value')).toEqual([SECRET]);
});

describe('a message', () => {
  const upper = (text: string, key: string) => (text === 'x' ? `${key}!` : text);
  const redactOf = (place: string) => {
    const operation = operations.find((one) => placeOf(one) === place);
    return operation && redactMessageOf(operation, upper);
  };

  test('without anything to take out is the very same', () => {
    const redact = redactOf('POST /mlflow/runs/log-batch');
    const message = { params: [{ key: 'a', value: 'b' }], tags: [], metrics: undefined };
    expect(redact?.(message)).toBe(message);
    expect(redact?.({ params: [{ key: 'a', value: 'x' }] })).toEqual({ params: [{ key: 'a', value: 'a!' }] });
    expect(redact?.(undefined)).toBeUndefined();
  });

  test('of an operation that keeps no texts is not looked at', () => {
    expect(redactOf('POST /mlflow/runs/log-metric')).toBeUndefined();
    expect(redactOf('GET /mlflow/runs/get')).toBeUndefined();
  });

  test('of every operation of the table has the fields that the table names', () => {
    for (const operation of operations) {
      const paths = REDACTED_FIELDS[placeOf(operation)] ?? [];
      for (const path of paths) {
        const [field = ''] = path.split(/[.[]/);
        expect(operation.kind === 'json' && Object.keys(operation.request.fields), path).toContain(field);
      }
    }
  });
});
