import { describe, expect, test } from 'vitest';
import { openTestApp, textAt, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectNotFound, expectOk, expectWrongType } from '../expect-answer.ts';

const app = await openTestApp();
const create = (fields: object) => app.post('runs/create', fields);
const tag = (key: string, value: string) => ({ key, value });
const nameTag = (value: string) => tag('mlflow.runName', value);

describe('200', () => {
  test('gives a running run with both names of its id, and no outputs', async () => {
    const fields = { experiment_id: '0', user_id: 'me', run_name: 'first', start_time: 1_700_000_000_000 };
    const answer = await create({ ...fields, tags: [tag('a', 'b')] });
    const id = textAt(answer, 'run', 'info', 'run_id');
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const info = {
      run_id: id,
      run_uuid: id,
      ...fields,
      status: 'RUNNING',
      artifact_uri: `mlflow-artifacts:/0/${id}/artifacts`,
      lifecycle_stage: 'active',
    };
    const data = { tags: [tag('a', 'b'), nameTag('first')] };
    expectOk(answer, { run: { info, data, inputs: {} } });
    expectOk(await app.get('runs/get', { run_id: id }), { run: { info, data, inputs: {}, outputs: {} } });
  });

  test('makes up a name, which the tag says, too; nobody is "" and no start is 0', async () => {
    const answer = await create({ experiment_id: '0' });
    const name = textAt(answer, 'run', 'info', 'run_name');
    expect(name).toMatch(/^[a-z]+-[a-z]+-\d{1,3}$/);
    expect(valueAt(answer, 'run', 'data', 'tags')).toEqual([nameTag(name)]);
    expect(valueAt(answer, 'run', 'info')).toMatchObject({ user_id: '', start_time: 0 });
    expect(valueAt(answer, 'run', 'info')).not.toHaveProperty('end_time');
  });

  test.each([
    ['the tag alone', { tags: [nameTag('t')] }, 't'],
    ['both, being equal', { run_name: 't', tags: [nameTag('t')] }, 't'],
    ['an empty name and the tag', { run_name: '', tags: [nameTag('t')] }, 't'],
    ['the name and an empty tag', { run_name: 'n', tags: [nameTag('')] }, 'n'],
  ])('takes its name from %s', async (_, fields, name) => {
    const answer = await create({ experiment_id: '0', ...fields });
    expect(textAt(answer, 'run', 'info', 'run_name')).toBe(name);
    expect(valueAt(answer, 'run', 'data', 'tags')).toEqual([nameTag(name)]);
  });

  test.each([{}, { experiment_id: '' }, { experiment_id: null }])(
    'goes to the default experiment with %j',
    async (fields) => {
      expect(textAt(await create(fields), 'run', 'info', 'experiment_id')).toBe('0');
    },
  );

  test('keeps its artifacts below the location of the experiment, before its query', async () => {
    const id = await app.newExperiment({ artifact_location: 's3://b/x?versioning=on' });
    const answer = await create({ experiment_id: id });
    const runId = textAt(answer, 'run', 'info', 'run_id');
    expect(textAt(answer, 'run', 'info', 'artifact_uri')).toBe(`s3://b/x/${runId}/artifacts?versioning=on`);
  });

  test('does not check tags: any characters, any length', async () => {
    const tags = [tag('a*b//c', 'v'), tag('k'.repeat(300), 'v'.repeat(9000)), tag('', 'v')];
    const answer = await create({ experiment_id: '0', run_name: 'n', tags });
    expect(valueAt(answer, 'run', 'data', 'tags')).toEqual([...tags, nameTag('n')]);
  });

  test.each([
    ['a number', 1_700_000_000_000, 1_700_000_000_000],
    ['a string, as Java sends it', '1700000000000', 1_700_000_000_000],
    ['a string with an exponent, as R sends it', '1.7e+12', 1_700_000_000_000],
    ['negative', -5, -5],
    ['beyond 2^53', 9_223_372_036_854_775_807n, 9_223_372_036_854_775_807n],
  ])('takes a start time that is %s', async (_, startTime, stored) => {
    const id = await app.newRun({ start_time: startTime });
    expect(valueAt(await app.get('runs/get', { run_id: id }), 'run', 'info', 'start_time')).toBe(stored);
  });
});

describe('400', () => {
  test('name and tag differ', async () => {
    expectInvalid(
      await create({ experiment_id: '0', run_name: 'a', tags: [nameTag('b')] }),
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
        "(run_name='a', mlflow.runName='b').",
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

  test('the experiment id is no integer', async () => {
    expectInvalid(
      await create({ experiment_id: 'abc' }),
      "Invalid experiment ID 'abc'. Experiment ID must be a valid integer.",
    );
  });

  test('a field has a wrong type', async () => {
    expectWrongType(await create({ experiment_id: 0 }), 'experiment_id', '0', 'int');
    expectWrongType(await create({ start_time: 'soon' }), 'start_time', '"soon"', 'str');
    expectWrongType(await create({ start_time: 1.5 }), 'start_time', '1.5', 'float');
    expectWrongType(await create({ run_name: ['a'] }), 'run_name', '["a"]', 'list');
    expectWrongType(await create({ tags: [{ key: 'k', value: 1 }] }), 'tags[0].value', '1', 'int');
    expectWrongType(await create({ start_time: 2n ** 63n }), 'start_time', '9223372036854775808', 'int');
  });
});

describe('404', () => {
  test('there is no such experiment', async () => {
    expectNotFound(await create({ experiment_id: '99999' }), 'No Experiment with id=99999 exists');
  });
});
