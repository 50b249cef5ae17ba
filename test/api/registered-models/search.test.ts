import { describe, expect, test } from 'vitest';
import { column, openTestApp, textAt } from '../../support/test-app.ts';
import { BAD_TOKEN, expectInvalid, expectOk, tampered } from '../expect-answer.ts';
import { openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const search = (query: Parameters<typeof app.get>[1]) => app.get('registered-models/search', query);
const namesOf = async (query: Parameters<typeof app.get>[1]) =>
  column(await search(query), ['registered_models'], 'name');
const PROMPT = { key: 'mlflow.prompt.is_prompt', value: 'true' };

for (const [name, tags] of [
  ['s b', [{ key: 'team', value: 'x' }]],
  ['s a', [{ key: 'team', value: 'y' }]],
  ['s c', []],
  ['s prompt', [PROMPT, { key: 'team', value: 'x' }]],
] as const) {
  await app.post('registered-models/create', { name, tags });
}
for (const _ of [1, 2]) await app.newVersion('s c');

describe('200', () => {
  test('finds models and no prompts, by name', async () => {
    expect(await namesOf({})).toEqual(['s a', 's b', 's c']);
    expect(await namesOf({ filter: "tags.`mlflow.prompt.is_prompt` != 'true'" })).toEqual(['s a', 's b', 's c']);
    expect(await namesOf({ filter: "tags.team = 'x'" })).toEqual(['s b']);
  });

  test('finds prompts, when these are asked for', async () => {
    const filter = "tags.`mlflow.prompt.is_prompt` = 'true'";
    expect(await namesOf({ filter })).toEqual(['s prompt']);
    expect(await namesOf({ filter: `${filter} AND tags.team = 'y'` })).toEqual([]);
  });

  test('orders, and shows the latest versions', async () => {
    expect(await namesOf({ order_by: ['name DESC'] })).toEqual(['s c', 's b', 's a']);
    expect(await namesOf({ order_by: ['timestamp'] })).toEqual(['s b', 's a', 's c']);
    const answer = await search({ filter: "name = 's c'" });
    expect(column(answer, ['registered_models', 0, 'latest_versions'], 'version')).toEqual(['2']);
  });

  test('gives pages, whose tokens hold while models are added', async () => {
    const first = await search({ max_results: 2 });
    expect(column(first, ['registered_models'], 'name')).toEqual(['s a', 's b']);
    const token = textAt(first, 'next_page_token');
    await app.post('registered-models/create', { name: 's aa' });
    const rest = await search({ max_results: 2, page_token: token });
    expect(column(rest, ['registered_models'], 'name')).toEqual(['s c']);
    expect(rest.body).not.toHaveProperty('next_page_token');
    await app.remove('registered-models/delete', { name: 's aa' });
    expectInvalid(await search({ page_token: tampered(token) }), BAD_TOKEN);
    expectInvalid(await search({ page_token: token, order_by: ['name DESC'] }), BAD_TOKEN);
  });

  test('answers a POST, as the R client sends it', async () => {
    const answer = await app.post('registered-models/search', { filter: "name LIKE 's %'", max_results: '1' });
    expect(column(answer, ['registered_models'], 'name')).toEqual(['s a']);
  });

  test('finds nothing as nothing', async () => {
    const empty = await openTestApp();
    expectOk(await empty.get('registered-models/search'));
  });
});

test('400', async () => {
  const positive = 'Invalid value for max_results. It must be a positive integer, but got';
  expectInvalid(await search({ max_results: 0 }), `${positive} 0`);
  expectInvalid(await search({ max_results: -1 }), `${positive} -1`);
  expectInvalid(
    await search({ max_results: 1001 }),
    "Invalid value \"1001\" for parameter 'max_results' supplied:  Hint: Value was of type 'str'. See the API docs " +
      'for more information about request parameters.',
  );
  expect((await search({ max_results: 1000 })).status).toBe(200);
  expectInvalid(
    await search({ filter: 'tags.a IS NULL' }),
    'Invalid comparator for tag: IS NULL (at character 1: tags.a)',
  );
});
