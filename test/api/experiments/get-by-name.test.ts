import { describe, expect, test } from 'vitest';
import { openTestApp, uniqueName, valueAt } from '../../support/test-app.ts';
import { expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const getByName = (name?: string) => app.get('experiments/get-by-name', { experiment_name: name });

describe('200', () => {
  test('finds the default experiment before anything was made', async () => {
    expect(valueAt(await getByName('Default'), 'experiment', 'experiment_id')).toBe('0');
  });

  test('finds a deleted experiment', async () => {
    const name = uniqueName('deleted');
    const id = await app.newExperiment({ name });
    expectOk(await app.post('experiments/delete', { experiment_id: id }));
    expect(valueAt(await getByName(name), 'experiment')).toMatchObject({
      experiment_id: id,
      lifecycle_stage: 'deleted',
    });
  });
});

describe('400', () => {
  test('the name is missing', async () => {
    expectMissing(await getByName(), 'experiment_name');
    expectMissing(await getByName(''), 'experiment_name');
  });
});

describe('404', () => {
  test('says so with the code that clients take for none', async () => {
    expectNotFound(await getByName("it's none"), "Could not find experiment with name 'it's none'");
  });

  test('names differ by case', async () => {
    expectNotFound(await getByName('default'), "Could not find experiment with name 'default'");
  });
});
