import { describe, expect, test } from 'vitest';
import { column, listAt, openTestApp, type Query, queryString, textAt, uniqueName } from '../../support/test-app.ts';
import { BAD_TOKEN, expectInvalid, expectOk, expectWrongType, tampered } from '../expect-answer.ts';

const app = await openTestApp();
const search = (fields: object) => app.post('experiments/search', { max_results: 1000, ...fields });
const namesOf = async (fields: object) => column(await search(fields), ['experiments'], 'name');

/** Makes experiments whose names start alike, in the order given, and gives a filter for them. */
async function makeNamed(...endings: readonly string[]) {
  const start = uniqueName('search');
  for (const ending of endings) await app.newExperiment({ name: `${start}/${ending}` });
  const strip = (names: readonly unknown[]) => names.map((name) => String(name).slice(start.length + 1));
  return { filter: `name LIKE '${start}/%'`, strip };
}

describe('200', () => {
  test('the newest comes first', async () => {
    const { filter, strip } = await makeNamed('a', 'b', 'c');
    expect(strip(await namesOf({ filter }))).toEqual(['c', 'b', 'a']);
  });

  test('shows whole experiments', async () => {
    const name = uniqueName('whole');
    const id = await app.newExperiment({ name, tags: [{ key: 'a', value: 'b' }] });
    const [found] = listAt(await search({ filter: `name = '${name}'` }), 'experiments');
    expectOk(await app.get('experiments/get', { experiment_id: id }), { experiment: found });
  });

  test('names order by code point', async () => {
    const { filter, strip } = await makeNamed('ab', 'a', 'Default', 'Abc', '!', '😀', '！');
    const order = ['!', 'Abc', 'Default', 'a', 'ab', '！', '😀'];
    expect(strip(await namesOf({ filter, order_by: ['name'] }))).toEqual(order);
    expect(strip(await namesOf({ filter, order_by: ['name DESC'] }))).toEqual(order.toReversed());
  });

  test.each([
    [undefined, ['kept']],
    ['ACTIVE_ONLY', ['kept']],
    ['DELETED_ONLY', ['gone']],
    [2, ['gone']],
    ['ALL', ['gone', 'kept']],
    [3, ['gone', 'kept']],
  ])('the view %j shows its stages', async (view, names) => {
    const start = uniqueName('view');
    const [kept, gone] = ['kept', 'gone'].map((name) => `${start}/${name}`);
    await app.newExperiment({ name: kept });
    expectOk(await app.post('experiments/delete', { experiment_id: await app.newExperiment({ name: gone }) }));
    const found = await namesOf({ filter: `name LIKE '${start}/%'`, view_type: view });
    expect(found).toEqual(names.map((name) => `${start}/${name}`));
  });

  test('filters by tags: != asks for the tag to be there, IS NULL for none', async () => {
    const start = uniqueName('tags');
    for (const [name, value] of [
      ['x', 'x'],
      ['y', 'y'],
      ['none', undefined],
    ]) {
      const tags = value === undefined ? [] : [{ key: 't', value }];
      await app.newExperiment({ name: `${start}/${name}`, tags });
    }
    const found = (clause: string) => namesOf({ filter: `name LIKE '${start}/%' AND ${clause}`, order_by: ['name'] });
    expect(await found("tags.t != 'x'")).toEqual([`${start}/y`]);
    expect(await found('tags.t IS NULL')).toEqual([`${start}/none`]);
    expect(await found("tags.t ILIKE 'X'")).toEqual([`${start}/x`]);
  });

  test('pages follow each other without gaps, the last without a token', async () => {
    const { filter, strip } = await makeNamed('a', 'b', 'c', 'd', 'e');
    const pages: string[][] = [];
    let token: string | undefined;
    do {
      const answer = await search({ filter, max_results: 2, page_token: token });
      pages.push(strip(column(answer, ['experiments'], 'name')));
      token = Object(answer.body).next_page_token;
    } while (token !== undefined);
    expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
  });

  test('a page that is exactly full is the last when nothing follows', async () => {
    const { filter } = await makeNamed('a', 'b');
    expect((await search({ filter, max_results: 2 })).body).not.toHaveProperty('next_page_token');
  });

  test('experiments made between two pages neither repeat nor hide others', async () => {
    const { filter, strip } = await makeNamed('a', 'b', 'c');
    const first = await search({ filter, max_results: 2 });
    await app.newExperiment({ name: `${filter.slice(11, -2)}later` });
    const second = await search({ filter, max_results: 2, page_token: textAt(first, 'next_page_token') });
    expect(strip(column(second, ['experiments'], 'name'))).toEqual(['a']);
  });

  test('GET takes the same fields from the query, repeated for a list', async () => {
    const { filter, strip } = await makeNamed('b', 'a', 'c');
    const get = (query: Query) => app.call('GET', `/api/2.0/mlflow/experiments/search${queryString(query)}`);
    const answer = await get({ max_results: 2, filter, order_by: ['name DESC', 'experiment_id'], view_type: '1' });
    expect(strip(column(answer, ['experiments'], 'name'))).toEqual(['c', 'b']);
    const next = await get({
      max_results: 2,
      filter,
      order_by: ['name DESC', 'experiment_id'],
      page_token: textAt(answer, 'next_page_token'),
    });
    expect(strip(column(next, ['experiments'], 'name'))).toEqual(['a']);
  });

  test('a name that is asked for is found if all else holds, too', async () => {
    const name = uniqueName('asked');
    const id = await app.newExperiment({ name, tags: [{ key: 'a', value: 'b' }] });
    expect(await namesOf({ filter: `name = '${name}'` })).toEqual([name]);
    expect(await namesOf({ filter: `tags.a = 'b' AND attribute.name = '${name}'` })).toEqual([name]);
    expect(await namesOf({ filter: `name = '${name}' AND name = 'other'` })).toEqual([]);
    expect(await namesOf({ filter: `name = '${name}' AND tags.a = 'c'` })).toEqual([]);
    expect(await namesOf({ filter: `name = '${name.toUpperCase()}'` })).toEqual([]);
    expect(await namesOf({ filter: `name = '${name}'`, view_type: 'DELETED_ONLY' })).toEqual([]);
    expectOk(await app.post('experiments/update', { experiment_id: id, new_name: `${name} anew` }));
    expect(await namesOf({ filter: `name = '${name}'` })).toEqual([]);
    expect(await namesOf({ filter: `name != '${name}' AND name LIKE '${name}%'` })).toEqual([`${name} anew`]);
  });

  test('nothing found is an empty object', async () => {
    expectOk(await search({ filter: "name = 'nobody'" }));
  });

  test.each([1, '1', 1.0, 50_000])('takes max_results %j', async (maxResults) => {
    expect((await search({ max_results: maxResults })).status).toBe(200);
  });
});

describe('400', () => {
  const positive = (value: unknown) =>
    `Invalid value ${value} for parameter 'max_results' supplied. It must be a positive integer`;
  const atMost = (value: unknown) =>
    `Invalid value ${value} for parameter 'max_results' supplied. It must be at most 50000`;

  test.each([
    [undefined, positive(0)],
    [null, positive(0)],
    [0, positive(0)],
    [-1, positive(-1)],
    [50_001, atMost(50_001)],
    ['9223372036854775807', atMost('9223372036854775807')],
  ])('max_results is %j', async (maxResults, message) => {
    expectInvalid(await app.post('experiments/search', { max_results: maxResults }), message);
  });

  test('a field has a wrong type', async () => {
    expectWrongType(await search({ max_results: 'many' }), 'max_results', '"many"', 'str');
    expectWrongType(await search({ max_results: 1.5 }), 'max_results', '1.5', 'float');
    expectWrongType(await search({ view_type: 'SOME' }), 'view_type', '"SOME"', 'str');
    expectWrongType(await search({ order_by: 'name' }), 'order_by', '"name"', 'str');
    expectWrongType(await search({ filter: 5 }), 'filter', '5', 'int');
  });

  test.each(["name = 'a' OR name = 'b'", 'name = a', 'nothing = "x"', 'metrics.m > 1', 'tags.t = 1'])(
    'the filter cannot be read: %s',
    async (filter) => {
      const answer = await search({ filter });
      expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    },
  );

  test.each(['nothing', 'name UP', 'tags.t', ''])('the order cannot be read: %s', async (order) => {
    const answer = await search({ order_by: [order] });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test('the page token is garbage, forged or of another order', async () => {
    const { filter } = await makeNamed('a', 'b');
    const token = textAt(await search({ filter, max_results: 1 }), 'next_page_token');
    const bad = ['x', '!', 'a.b', 'a.b.c', 'eyJvZmZzZXQiOiAxfQ==', tampered(token), `${token}.`, token.slice(1)];
    for (const page_token of bad) expectInvalid(await search({ filter, page_token }), BAD_TOKEN);
    expectInvalid(await search({ filter, page_token: token, order_by: ['name'] }), BAD_TOKEN);
  });
});
