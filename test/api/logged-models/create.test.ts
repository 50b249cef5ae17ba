import { describe, expect, test } from 'vitest';
import { openTestApp, textAt, valueAt } from '../../support/test-app.ts';
import {
  expectError,
  expectInvalid,
  expectMissing,
  expectNotFound,
  expectOk,
  expectWrongType,
} from '../expect-answer.ts';

const app = await openTestApp();
const create = (fields: object) => app.post('logged-models', fields);
const pair = (key: string, value: string) => ({ key, value });

describe('200', () => {
  test('gives a pending model', async () => {
    const id = await app.newExperiment();
    const fields = { experiment_id: id, name: 'my model', model_type: 'LLM', source_run_id: 'r' };
    const [params, tags] = [[pair('p', '1'), pair('empty', '')], [pair('t', 'x')]];
    const answer = await create({ ...fields, params, tags });
    const modelId = textAt(answer, 'model', 'info', 'model_id');
    expect(modelId).toMatch(/^m-[0-9a-f]{32}$/);
    const { creation_timestamp_ms, last_updated_timestamp_ms, ...info } = Object(valueAt(answer, 'model', 'info'));
    expect(last_updated_timestamp_ms).toBe(creation_timestamp_ms);
    expect(info).toEqual({
      ...fields,
      model_id: modelId,
      artifact_uri: `mlflow-artifacts:/${id}/models/${modelId}/artifacts`,
      status: 'LOGGED_MODEL_PENDING',
      tags,
    });
    expect(valueAt(answer, 'model', 'data')).toEqual({ params });
    expectOk(await app.get(`logged-models/${modelId}`), answer.body);
  });

  test('makes up a name; type and source are "" unless given', async () => {
    const answer = await create({ experiment_id: '0' });
    expect(textAt(answer, 'model', 'info', 'name')).toMatch(/^[a-z]+-[a-z]+-\d{1,3}$/);
    expect(valueAt(answer, 'model', 'info')).toMatchObject({ model_type: '', source_run_id: '' });
    expect(valueAt(answer, 'model', 'info')).not.toHaveProperty('tags');
    expect(valueAt(answer, 'model', 'data')).toEqual({});
  });
});

describe('400', () => {
  test('the experiment id is missing or no integer', async () => {
    expectMissing(await create({}), 'experiment_id');
    expectInvalid(
      await create({ experiment_id: 'abc' }),
      "Invalid experiment ID 'abc'. Experiment ID must be a valid integer.",
    );
  });

  test.each(['/', ':', '.', '%', '"', "'"])('the name holds %s', async (char) => {
    const name = `a${char}b`;
    const quoted = char === "'" ? `"${name}"` : `'${name}'`;
    expectInvalid(
      await create({ experiment_id: '0', name }),
      `Invalid model name (${quoted}) provided. Model name must be a non-empty string and cannot contain the following ` +
        `characters: ('/', ':', '.', '%', '"', "'")`,
    );
  });

  test('the experiment is deleted', async () => {
    const id = await app.newExperiment();
    expectOk(await app.post('experiments/delete', { experiment_id: id }));
    expectInvalid(
      await create({ experiment_id: id }),
      `The experiment ${id} must be in the 'active' state. Current state is deleted.`,
    );
  });

  test('a param comes twice with two values', async () => {
    expectError(
      await create({ experiment_id: '0', params: [pair('a', '1'), pair('a', '2')] }),
      400,
      'BAD_REQUEST',
      "Param 'a' was already logged with value '1'; it cannot become '2'.",
    );
  });

  test('a field has a wrong type', async () => {
    expectWrongType(await create({ experiment_id: '0', name: 5 }), 'name', '5', 'int');
    expectWrongType(await create({ experiment_id: '0', tags: [pair('a', 'b'), 5] }), 'tags[1]', '5', 'int');
  });
});

describe('404', () => {
  test('there is no such experiment', async () => {
    expectNotFound(await create({ experiment_id: '99999' }), 'No Experiment with id=99999 exists');
  });
});
