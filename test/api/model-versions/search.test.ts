import { describe, expect, test } from 'vitest';
import { column, textAt } from '../../support/test-app.ts';
import { BAD_TOKEN, expectInvalid, tampered } from '../expect-answer.ts';
import { openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
type Query = Parameters<typeof app.get>[1];
const search = (query: Query) => app.get('model-versions/search', query);
const placesOf = async (query: Query) => {
  const answer = await search({ order_by: ['name', 'version_number'], ...query });
  const versions = column(answer, ['model_versions'], 'version');
  return column(answer, ['model_versions'], 'name').map((name, at) => `${name} ${versions[at]}`);
};

const PROMPT = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
const runId = await app.newRun();
for (const name of ['a', 'b', 'prompt']) await app.post('registered-models/create', { name });
await app.newVersion('a', { run_id: runId, tags: [{ key: 'k', value: '1' }] });
await app.newVersion('a', { source: 's3://bucket/other' });
await app.newVersion('b', { run_id: runId });
await app.newVersion('prompt', { source: 'dummy-source', tags: PROMPT });
await app.newVersion('prompt', { run_id: runId });
await app.post('registered-models/alias', { name: 'a', alias: 'best', version: '1' });

describe('200', () => {
  test.each([
    ['', ['a 1', 'a 2', 'b 1']],
    ["name = 'a'", ['a 1', 'a 2']],
    ["name = 'nobody'", []],
    [`name = '${'n'.repeat(3000)}'`, []],
    [`run_id = '${runId}'`, ['a 1', 'b 1']],
    [`run_id = '${runId}' AND name = 'b'`, ['b 1']],
    [`run_id IN ('${runId}')`, ['a 1', 'b 1']],
    ["run_id = ''", ['a 2']],
    ["source_path LIKE '%other'", ['a 2']],
    ['version_number > 1', ['a 2']],
    ["tags.k = '1'", ['a 1']],
    ["tags.`mlflow.prompt.is_prompt` = 'true'", ['prompt 1']],
    ["tags.`mlflow.prompt.is_prompt` != 'true'", ['a 1', 'a 2', 'b 1']],
    ["name = 'prompt'", []],
  ])('finds by %j: %j', async (filter, places) => {
    expect(await placesOf({ filter })).toEqual(places);
  });

  test('shows the last changed first, and no aliases', async () => {
    await app.post('model-versions/transition-stage', { name: 'a', version: '2', stage: 'Staging' });
    const answer = await search({});
    expect(column(answer, ['model_versions'], 'version')).toEqual(['2', '1', '1']);
    expect(column(answer, ['model_versions'], 'current_stage')).toEqual(['Staging', 'None', 'None']);
    expect(column(answer, ['model_versions'], 'aliases')).toEqual([undefined, undefined, undefined]);
  });

  test('gives pages', async () => {
    const query = { order_by: ['name DESC'], max_results: 2 };
    const first = await search(query);
    expect(column(first, ['model_versions'], 'name')).toEqual(['b', 'a']);
    const token = textAt(first, 'next_page_token');
    const rest = await search({ ...query, page_token: token });
    expect(column(rest, ['model_versions'], 'version')).toEqual(['1']);
    expect(rest.body).not.toHaveProperty('next_page_token');
    expectInvalid(await search({ ...query, page_token: tampered(token) }), BAD_TOKEN);
  });

  test('answers a POST, too', async () => {
    const answer = await app.post('model-versions/search', { filter: "name = 'b'" });
    expect(column(answer, ['model_versions'], 'name')).toEqual(['b']);
  });
});

test('400', async () => {
  expectInvalid(
    await search({ max_results: 0 }),
    'Invalid value for max_results. It must be a positive integer, but got 0',
  );
  expect((await search({ max_results: 200_001 })).status).toBe(400);
  expect((await search({ max_results: 200_000 })).status).toBe(200);
  expectInvalid(
    await search({ order_by: ['name', 'name DESC'] }),
    "`order_by` contains duplicate fields: ['name', 'name DESC']",
  );
});
