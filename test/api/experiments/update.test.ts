import { describe, expect, test } from 'vitest';
import { openTestApp, uniqueName, valueAt } from '../../support/test-app.ts';
import { expectError, expectInvalid, expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const rename = (id: unknown, name: unknown) => app.post('experiments/update', { experiment_id: id, new_name: name });
const get = async (id: string) =>
  Object(valueAt(await app.get('experiments/get', { experiment_id: id }), 'experiment'));

describe('200', () => {
  test('renames, moves the last update and keeps all else', async () => {
    const id = await app.newExperiment({ tags: [{ key: 'a', value: 'b' }] });
    const { name: _, last_update_time: before, ...rest } = await get(id);
    const name = uniqueName('renamed');
    expectOk(await rename(id, name));
    const after = await get(id);
    expect(after).toMatchObject({ ...rest, name });
    expect(after.last_update_time).toBeGreaterThan(before);
  });

  test('frees the old name and takes the new one', async () => {
    const [oldName, newName] = [uniqueName('old'), uniqueName('new')];
    const id = await app.newExperiment({ name: oldName });
    expectOk(await rename(id, newName));
    expectNotFound(
      await app.get('experiments/get-by-name', { experiment_name: oldName }),
      `Could not find experiment with name '${oldName}'`,
    );
    expect(await app.newExperiment({ name: oldName })).not.toBe(id);
    expect((await app.post('experiments/create', { name: newName })).status).toBe(400);
  });

  test('takes its own name again', async () => {
    const name = uniqueName('same');
    const id = await app.newExperiment({ name });
    expectOk(await rename(id, name));
    expect(await get(id)).toMatchObject({ name });
  });
});

describe('400', () => {
  test('the new name or the id is missing', async () => {
    expectMissing(await rename('0', undefined), 'new_name');
    expectMissing(await rename('0', ''), 'new_name');
    expectMissing(await rename(undefined, 'x'), 'experiment_id');
  });

  test('the new name is longer than 500 characters', async () => {
    expectInvalid(await rename('0', 'x'.repeat(501)), "'name' exceeds the maximum length of 500 characters");
  });

  test('the experiment is deleted', async () => {
    const id = await app.newExperiment();
    expectOk(await app.post('experiments/delete', { experiment_id: id }));
    expectInvalid(await rename(id, uniqueName('x')), 'Cannot rename a non-active experiment.');
  });

  test('the new name is taken, and nothing changes', async () => {
    const taken = uniqueName('taken');
    await app.newExperiment({ name: taken });
    const id = await app.newExperiment();
    const before = await get(id);
    expectError(await rename(id, taken), 400, 'RESOURCE_ALREADY_EXISTS', `Experiment(name=${taken}) already exists.`);
    expect(await get(id)).toEqual(before);
  });
});

describe('404', () => {
  test('there is none', async () => {
    expectNotFound(await rename('99999', 'x'), 'No Experiment with id=99999 exists');
  });
});
