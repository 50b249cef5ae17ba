import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const remove = (id: unknown, key: unknown) => app.post('experiments/delete-experiment-tag', { experiment_id: id, key });

describe('200', () => {
  test('removes that tag alone', async () => {
    const id = await app.newExperiment({ tags: ['a', 'b'].map((key) => ({ key, value: key })) });
    expectOk(await remove(id, 'a'));
    const answer = await app.get('experiments/get', { experiment_id: id });
    expect(valueAt(answer, 'experiment', 'tags')).toEqual([{ key: 'b', value: 'b' }]);
  });
});

describe('400', () => {
  test('the id or the key is missing', async () => {
    expectMissing(await remove(undefined, 'k'), 'experiment_id');
    expectMissing(await remove('0', undefined), 'key');
  });

  test('the experiment is deleted', async () => {
    const id = await app.newExperiment({ tags: [{ key: 'a', value: '' }] });
    expectOk(await app.post('experiments/delete', { experiment_id: id }));
    expectInvalid(
      await remove(id, 'a'),
      `The experiment ${id} must be in the 'active' state. Current state is deleted.`,
    );
  });
});

describe('404', () => {
  test('there is no such tag, nor is it there a second time', async () => {
    const id = await app.newExperiment({ tags: [{ key: 'a', value: '' }] });
    expectNotFound(await remove(id, 'q'), `No tag with name: q in experiment with id ${id}`);
    expectOk(await remove(id, 'a'));
    expectNotFound(await remove(id, 'a'), `No tag with name: a in experiment with id ${id}`);
  });

  test('there is no such experiment', async () => {
    expectNotFound(await remove('99999', 'k'), 'No Experiment with id=99999 exists');
  });
});
