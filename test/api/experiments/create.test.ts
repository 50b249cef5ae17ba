import { describe, expect, test } from 'vitest';
import { openTestApp, textAt, uniqueName, valueAt } from '../../support/test-app.ts';
import { expectError, expectInvalid, expectMissing, expectOk, expectWrongType } from '../expect-answer.ts';

const app = await openTestApp();
const create = (fields: object) => app.post('experiments/create', fields);
const get = (id: string) => app.get('experiments/get', { experiment_id: id });
const tag = (key: string, value: string) => ({ key, value });

describe('200', () => {
  test('gives ids that are growing integers, as strings, after the default experiment 0', async () => {
    const first = Number(await app.newExperiment());
    const second = Number(await app.newExperiment());
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(first + 1);
    expect(valueAt(await get('0'), 'experiment', 'name')).toBe('Default');
  });

  test('stores name, tags and times, and a location of its own below the artifact root', async () => {
    const id = textAt(await create({ name: 'full', tags: [tag('team', 'x'), tag('empty', '')] }), 'experiment_id');
    const { experiment_id, creation_time, last_update_time, ...rest } = Object(valueAt(await get(id), 'experiment'));
    expect(experiment_id).toBe(id);
    expect(last_update_time).toBe(creation_time);
    expect(rest).toEqual({
      name: 'full',
      artifact_location: `mlflow-artifacts:/${id}`,
      lifecycle_stage: 'active',
      tags: [tag('team', 'x'), tag('empty', '')],
      workspace: 'default',
    });
  });

  test('omits tags when there are none', async () => {
    const id = await app.newExperiment();
    expect(valueAt(await get(id), 'experiment')).not.toHaveProperty('tags');
  });

  test('keeps the last value of a tag that comes twice', async () => {
    const id = await app.newExperiment({ tags: [tag('a', '1'), tag('a', '2')] });
    expect(valueAt(await get(id), 'experiment', 'tags')).toEqual([tag('a', '2')]);
  });

  test.each(['   ', 'a/b:c*', '漢字 é', 'x'.repeat(500), '😀'.repeat(500), '__proto__'])(
    'takes the name %j',
    async (name) => {
      const id = textAt(await create({ name }), 'experiment_id');
      expect(textAt(await get(id), 'experiment', 'name')).toBe(name);
      expect(textAt(await app.get('experiments/get-by-name', { experiment_name: name }), 'experiment', 'name')).toBe(
        name,
      );
    },
  );

  test.each([
    's3://bucket/path',
    'gs://bucket',
    'wasbs://container@account.blob.core.windows.net/x',
    'dbfs:/x',
    'mlflow-artifacts:/x',
    's3://bucket/path?versioning=on',
    `s3://b/${'x'.repeat(2048 - 7)}`,
  ])('stores the location %s as it is', async (location) => {
    const id = await app.newExperiment({ artifact_location: location });
    expect(textAt(await get(id), 'experiment', 'artifact_location')).toBe(location);
  });

  test('an empty location is none', async () => {
    const id = await app.newExperiment({ artifact_location: '' });
    expect(textAt(await get(id), 'experiment', 'artifact_location')).toBe(`mlflow-artifacts:/${id}`);
  });

  test('takes a tag value of 20000 characters', async () => {
    const id = await app.newExperiment({ tags: [tag('long', 'x'.repeat(20_000))] });
    expect(textAt(await get(id), 'experiment', 'tags', 0, 'value')).toHaveLength(20_000);
  });

  test('of many requests for one name exactly one wins', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ name: 'raced' })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => Object(body).error_code === 'RESOURCE_ALREADY_EXISTS')).toHaveLength(7);
  });
});

describe('400', () => {
  test.each([[{}], [{ name: '' }], [{ name: null }]])('the name is missing in %j', async (fields) => {
    expectMissing(await create(fields), 'name');
  });

  test('the name is a number', async () => {
    expectWrongType(await create({ name: 5 }), 'name', '5', 'int');
  });

  test('the name holds half a surrogate pair', async () => {
    expectWrongType(await create({ name: 'a\ud800' }), 'name', String.raw`"a\ud800"`, 'str');
  });

  test('tags are no list', async () => {
    expectWrongType(await create({ name: 'x', tags: 'a' }), 'tags', '"a"', 'str');
  });

  test('the name is longer than 500 characters', async () => {
    expectInvalid(await create({ name: 'x'.repeat(501) }), "'name' exceeds the maximum length of 500 characters");
  });

  test('the name is taken, also by a deleted experiment', async () => {
    const name = uniqueName('taken');
    const id = await app.newExperiment({ name });
    const message = `Experiment(name=${name}) already exists.`;
    expectError(await create({ name }), 400, 'RESOURCE_ALREADY_EXISTS', message);
    expectOk(await app.post('experiments/delete', { experiment_id: id }));
    expectError(await create({ name }), 400, 'RESOURCE_ALREADY_EXISTS', message);
  });

  const hostPolicy = (scheme: string) =>
    `'artifact_location' cannot use the '${scheme}' scheme: the '${scheme}' scheme addresses a host other than the ` +
    "tracking server's configured artifact storage, so the server would connect to the host named in the URI. Set the " +
    'MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to allow it.';

  test.each([
    ['ftp://host/x', hostPolicy('ftp')],
    ['http://host/x', hostPolicy('http')],
    ['mlflow-artifacts://host/x', hostPolicy('mlflow-artifacts')],
    ['s3://b/x#frag', "'artifact_location' URL can't include fragments or params."],
    ['s3://b/x?a=../b', 'Invalid query string'],
    ['runs:/abc/x', "Artifact location cannot be a runs:/ URI. Given: 'runs:/abc/x'"],
  ])('the location is %s', async (location, message) => {
    expectInvalid(await create({ name: uniqueName('refused'), artifact_location: location }), message);
  });

  test('the location is longer than 2048 characters', async () => {
    const location = `s3://b/${'x'.repeat(2048 - 6)}`;
    expectInvalid(
      await create({ name: uniqueName('refused'), artifact_location: location }),
      'Invalid artifact path length. The length of the artifact path cannot be greater than 2048 characters. ' +
        'To configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.',
    );
  });

  test.each(['/tmp/x', 'relative', 'file:///x', 'mlflow-artifacts:/x/../y', 's3://b/%2e%2e/y', 's3:///x', 'xyz://a/b'])(
    'the location %s is none that the server keeps artifacts at',
    async (location) => {
      const answer = await create({ name: uniqueName('refused'), artifact_location: location });
      expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    },
  );

  test.each([
    [tag('k'.repeat(251), 'v'), "'key' exceeds the maximum length of 250 characters"],
    [tag('k', 'v'.repeat(20_001)), "'value' exceeds the maximum length of 20000 characters"],
    [
      tag('a*b', 'v'),
      'Invalid value "a*b" for parameter \'key\' supplied: Names may only contain alphanumerics, underscores (_), ' +
        'dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).',
    ],
    [
      tag('a//b', 'v'),
      'Invalid value "a//b" for parameter \'key\' supplied: Names may be treated as files in certain cases, and must ' +
        "not resolve to other names when treated as such. This name would resolve to 'a/b'",
    ],
  ])('a tag is refused: %#', async (refused, message) => {
    expectInvalid(await create({ name: uniqueName('refused'), tags: [refused] }), message);
  });

  test('51 custom views are one too many', async () => {
    const views = (count: number) => Array.from({ length: count }, (_, at) => tag(`mlflow.customView.view${at}`, '{}'));
    expectInvalid(
      await create({ name: uniqueName('views'), tags: views(51) }),
      'Unable to create another custom view; the maximum number of custom views per experiment is 50. Delete an ' +
        'existing custom view before creating a new one.',
    );
    expect((await create({ name: uniqueName('views'), tags: views(50) })).status).toBe(200);
  });

  test('a refused request leaves no experiment and uses up no name', async () => {
    const name = uniqueName('free');
    expect((await create({ name, tags: [tag('a*b', '')] })).status).toBe(400);
    expect((await create({ name })).status).toBe(200);
  });
});
