import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, expectWrongType } from '../expect-answer.ts';

const app = await openTestApp();
const setTag = (fields: object) => app.post('experiments/set-experiment-tag', fields);
const get = async (id: string) =>
  Object(valueAt(await app.get('experiments/get', { experiment_id: id }), 'experiment'));
const BAD_CHARACTERS =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';

describe('200', () => {
  test('sets, overwrites and keeps the last update as it was', async () => {
    const id = await app.newExperiment();
    const { last_update_time: before } = await get(id);
    expectOk(await setTag({ experiment_id: id, key: 'k', value: 'one' }));
    expectOk(await setTag({ experiment_id: id, key: 'k', value: 'two' }));
    expect(await get(id)).toMatchObject({ last_update_time: before, tags: [{ key: 'k', value: 'two' }] });
  });

  test.each([
    ['value ""', 'k', ''],
    ['no value', 'k', undefined],
    ['a value of several lines', 'k', 'a\nb\té漢😀'],
    ['a value of 20000 characters', 'k', '😀'.repeat(20_000)],
    ['a key of 250 characters', 'k'.repeat(250), 'v'],
    ['a key with a blank, a slash and a colon', 'a b/c:d', 'v'],
    ['the key __proto__', '__proto__', 'v'],
  ])('stores %s', async (_, key, value) => {
    const id = await app.newExperiment();
    expectOk(await setTag({ experiment_id: id, key, value }));
    expect((await get(id)).tags).toEqual([{ key, value: value ?? '' }]);
  });

  test('loses no tag when many are set at once', async () => {
    const id = await app.newExperiment();
    const keys = Array.from({ length: 10 }, (_, at) => `k${at}`);
    await Promise.all(keys.map(async (key) => expectOk(await setTag({ experiment_id: id, key, value: key }))));
    const { tags } = await get(id);
    expect(tags.map((tag: unknown) => Object(tag).key).sort()).toEqual(keys);
  });
});

describe('400', () => {
  test('the id or the key is missing', async () => {
    expectMissing(await setTag({ key: 'k', value: 'v' }), 'experiment_id');
    expectMissing(await setTag({ experiment_id: '0', value: 'v' }), 'key');
    expectMissing(await setTag({ experiment_id: '0', key: '', value: 'v' }), 'key');
  });

  test('the value is a number', async () => {
    expectWrongType(await setTag({ experiment_id: '0', key: 'k', value: 41 }), 'value', '41', 'int');
  });

  test.each([
    ['a*b', `Invalid value "a*b" for parameter 'key' supplied: ${BAD_CHARACTERS}`],
    ['k'.repeat(251), "'key' exceeds the maximum length of 250 characters"],
  ])('the key %j is refused', async (key, message) => {
    expectInvalid(await setTag({ experiment_id: '0', key, value: 'v' }), message);
  });

  test('the value is longer than 20000 characters', async () => {
    const fields = { experiment_id: '0', key: 'k', value: 'x'.repeat(20_001) };
    expectInvalid(await setTag(fields), "'value' exceeds the maximum length of 20000 characters");
  });

  test('the experiment is deleted', async () => {
    const id = await app.newExperiment();
    expectOk(await app.post('experiments/delete', { experiment_id: id }));
    expectInvalid(
      await setTag({ experiment_id: id, key: 'k', value: 'v' }),
      `The experiment ${id} must be in the 'active' state. Current state is deleted.`,
    );
  });

  test('it would be the 51st custom view; those that are there can be written still', async () => {
    const view = (at: number) => ({ key: `mlflow.customView.view${at}`, value: '{}' });
    const id = await app.newExperiment({ tags: Array.from({ length: 50 }, (_, at) => view(at)) });
    expectInvalid(
      await setTag({ experiment_id: id, ...view(50) }),
      `Unable to create another custom view for experiment ${id}; the maximum number of custom views per experiment ` +
        'is 50. Delete an existing custom view before creating a new one.',
    );
    expectOk(await setTag({ experiment_id: id, ...view(49) }));
  });

  test('a tag that steers trace archival is no JSON object', async () => {
    expectInvalid(
      await setTag({ experiment_id: '0', key: 'mlflow.trace.archivalRetention', value: 'x' }),
      'Trace archival config must be encoded as a JSON object.',
    );
  });
});

describe('404', () => {
  test('there is no such experiment', async () => {
    expectNotFound(
      await setTag({ experiment_id: '99999', key: 'k', value: 'v' }),
      'No Experiment with id=99999 exists',
    );
  });
});
