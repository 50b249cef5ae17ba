import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectError, expectMissing, expectNotFound, expectOk, expectWrongType, NO_MODEL } from '../expect-answer.ts';

const app = await openTestApp();
const log = (id: string, fields: object) => app.post(`logged-models/${id}/params`, { model_id: id, ...fields });
const paramsOf = async (id: string) => valueAt(await app.get(`logged-models/${id}`), 'model', 'data', 'params');
const pair = (key: string, value: string) => ({ key, value });

describe('200', () => {
  test('adds params, and the same once more', async () => {
    const id = await app.newModel({ params: [pair('a', '1')] });
    const params = Array.from({ length: 100 }, (_, at) => pair(`p${at}`, 'x'.repeat(10)));
    expectOk(await log(id, { params }));
    expectOk(await log(id, { params: [...params, pair('a', '1')] }));
    expect(await paramsOf(id)).toEqual([pair('a', '1'), ...params]);
  });
});

describe('400', () => {
  test('the body lacks the id', async () => {
    const id = await app.newModel();
    expectMissing(await app.post(`logged-models/${id}/params`, { params: [pair('a', '1')] }), 'model_id');
  });

  test('another value was logged before: nothing is stored', async () => {
    const id = await app.newModel({ params: [pair('a', '1')] });
    expectError(
      await log(id, { params: [pair('b', '1'), pair('a', '2')] }),
      400,
      'BAD_REQUEST',
      "Param 'a' was already logged with value '1'; it cannot become '2'.",
    );
    expect(await paramsOf(id)).toEqual([pair('a', '1')]);
  });

  test('a value has a wrong type', async () => {
    expectWrongType(await log(NO_MODEL, { params: [{ key: 'a', value: 1 }] }), 'params[0].value', '1', 'int');
  });
});

describe('404', () => {
  test.each([[[]], [[pair('a', '1')]]])('there is no such model: %j', async (params) => {
    expectNotFound(await log(NO_MODEL, { params }), `Logged model with ID '${NO_MODEL}' not found.`);
  });
});
