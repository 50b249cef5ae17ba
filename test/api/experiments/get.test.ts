import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const get = (id?: string) => app.get('experiments/get', { experiment_id: id });

describe('200', () => {
  test('finds a deleted experiment', async () => {
    const id = await app.newExperiment();
    expectOk(await app.post('experiments/delete', { experiment_id: id }));
    expect(valueAt(await get(id), 'experiment', 'lifecycle_stage')).toBe('deleted');
  });

  test.each(['0', '+0', ' 0 ', '00'])('reads the id %j as Python reads an integer', async (id) => {
    expect(valueAt(await get(id), 'experiment', 'experiment_id')).toBe('0');
  });
});

describe('400', () => {
  test.each(['', undefined])('the id is missing: %j', async (id) => {
    expectMissing(await get(id), 'experiment_id');
  });

  test.each(['abc', '1.5', '0x1', ' '])('the id %j is no integer', async (id) => {
    expectInvalid(await get(id), `Invalid experiment ID '${id}'. Experiment ID must be a valid integer.`);
  });
});

describe('404', () => {
  test.each(['99999', '-1', '9007199254740993'])('nobody made %s', async (id) => {
    expectNotFound(await get(id), `No Experiment with id=${Number(id)} exists`);
  });
});
