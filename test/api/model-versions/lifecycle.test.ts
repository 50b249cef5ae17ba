import { describe, expect, test } from 'vitest';
import { valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, expectWrongType } from '../expect-answer.ts';
import { BAD_NAME, noVersion, openRegistryApp, SOURCE } from '../registry-app.ts';

const app = await openRegistryApp();
const get = (name: string, version?: string) => app.get('model-versions/get', { name, version });
const update = (fields: object) => app.patch('model-versions/update', fields);
const remove = (name: string, version: unknown) => app.remove('model-versions/delete', { name, version });
const move = (fields: object) => app.post('model-versions/transition-stage', fields);
const setTag = (fields: object) => app.post('model-versions/set-tag', fields);
const deleteTag = (fields: object) => app.remove('model-versions/delete-tag', fields);
const notInteger = (version: string) => `Parameter 'version' must be an integer, got '${version}'.`;

async function modelWith(count: number): Promise<string> {
  const name = await app.newRegisteredModel();
  for (let made = 0; made < count; made += 1) await app.newVersion(name);
  return name;
}

describe('get', () => {
  test('200: reads the number as Python does', async () => {
    const name = await modelWith(1);
    for (const version of ['1', '01', ' 1 ', '+1']) expect((await get(name, version)).status).toBe(200);
  });

  test('400 and 404', async () => {
    const name = await modelWith(1);
    expectMissing(await get(name), 'version');
    expectInvalid(await get('a/b', 'abc'), BAD_NAME);
    expectInvalid(await get('nobody', 'abc'), notInteger('abc'));
    expectNotFound(await get(name, '2'), noVersion(name, 2));
    expectNotFound(await get(name, '0'), noVersion(name, 0));
    expectNotFound(await get('nobody', '1'), noVersion('nobody', 1));
  });
});

describe('get-download-uri', () => {
  const uriOf = (query: Parameters<typeof app.get>[1]) => app.get('model-versions/get-download-uri', query);

  test('200: gives a source as it is', async () => {
    const name = await modelWith(1);
    expectOk(await uriOf({ name, version: '1' }), { artifact_uri: SOURCE });
  });

  test('400 and 404', async () => {
    expectInvalid(await uriOf({ version: '1' }), "Missing value for required parameter 'name'.");
    expectInvalid(await uriOf({ name: 'nobody' }), notInteger(''));
    expectNotFound(await uriOf({ name: 'nobody', version: '1' }), noVersion('nobody', 1));
  });
});

describe('update', () => {
  test('200: describes, describes with nothing, and takes the description away; the model stays as it is', async () => {
    const name = await modelWith(1);
    const [model, before] = [await app.modelOf(name), Object(await app.versionOf(name, '1'))];
    const answer = await update({ name, version: '1', description: 'new' });
    expect(valueAt(answer, 'model_version', 'description')).toBe('new');
    expect(Object(await app.versionOf(name, '1')).last_updated_timestamp).toBeGreaterThan(
      before.last_updated_timestamp,
    );
    await update({ name, version: '1', description: '' });
    expect(await app.versionOf(name, '1')).toHaveProperty('description', '');
    await update({ name, version: '1' });
    expect(await app.versionOf(name, '1')).not.toHaveProperty('description');
    expect(Object(await app.modelOf(name)).last_updated_timestamp).toBe(Object(model).last_updated_timestamp);
  });

  test('400 and 404', async () => {
    expectMissing(await update({ name: 'm' }), 'version');
    expectWrongType(await update({ name: 'm', version: 1 }), 'version', '1', 'int');
    expectInvalid(await update({ name: 'm', version: 'abc' }), notInteger('abc'));
    expectNotFound(await update({ name: 'nobody', version: '1' }), noVersion('nobody', 1));
  });
});

describe('transition-stage', () => {
  test('200: moves a version, in any case, and changes it and its model', async () => {
    const name = await modelWith(2);
    const answer = await move({ name, version: '1', stage: 'pRODUCTION' });
    const time = valueAt(answer, 'model_version', 'last_updated_timestamp');
    expect(valueAt(answer, 'model_version', 'current_stage')).toBe('Production');
    expect(await app.modelOf(name)).toMatchObject({ last_updated_timestamp: time });
    const second = await move({ name, version: '2', stage: 'Production' });
    expect(valueAt(second, 'model_version', 'current_stage')).toBe('Production');
    expect(await app.versionOf(name, '1')).toMatchObject({ current_stage: 'Production', last_updated_timestamp: time });
  });

  test('200: archives the others of the stage, and changes them', async () => {
    const name = await modelWith(3);
    for (const version of ['1', '2']) await move({ name, version, stage: 'Staging' });
    const answer = await move({ name, version: '3', stage: 'Staging', archive_existing_versions: true });
    const time = valueAt(answer, 'model_version', 'last_updated_timestamp');
    for (const version of ['1', '2']) {
      const expected = { current_stage: 'Archived', last_updated_timestamp: time };
      expect(await app.versionOf(name, version)).toMatchObject(expected);
    }
    await move({ name, version: '3', stage: 'Staging', archive_existing_versions: 'TRUE' });
    expect(await app.versionOf(name, '3')).toMatchObject({ current_stage: 'Staging' });
  });

  test('400 and 404, and then nothing is archived', async () => {
    const name = await modelWith(1);
    await move({ name, version: '1', stage: 'Staging' });
    const odd = 'Invalid Model Version stage: odd. Value must be one of None, Staging, Production, Archived.';
    expectInvalid(await move({ name: 'a/b', version: 'abc', stage: 'odd' }), odd);
    expectInvalid(
      await move({ name, version: '1', stage: 'None', archive_existing_versions: true }),
      "Model version transition cannot archive existing model versions because 'None' is not an Active stage. Valid " +
        "stages are ['Staging', 'Production']",
    );
    expectNotFound(
      await move({ name, version: '9', stage: 'Staging', archive_existing_versions: true }),
      noVersion(name, 9),
    );
    expectNotFound(await move({ name: 'nobody', version: '1', stage: 'Staging' }), noVersion('nobody', 1));
    expect(await app.versionOf(name, '1')).toMatchObject({ current_stage: 'Staging' });
  });
});

describe('delete', () => {
  test('200: a version is gone, its number stays used, and the model has changed', async () => {
    const name = await modelWith(2);
    const before = Object(await app.modelOf(name)).last_updated_timestamp;
    expectOk(await remove(name, '2'));
    expectNotFound(await get(name, '2'), noVersion(name, 2));
    expectNotFound(await remove(name, '2'), noVersion(name, 2));
    expect(Object(await app.modelOf(name)).last_updated_timestamp).toBeGreaterThan(before);
    expect(valueAt(await app.newVersion(name), 'model_version', 'version')).toBe('3');
  });

  test('400: the number is looked at before the name', async () => {
    expectInvalid(await remove('a/b', 'abc'), notInteger('abc'));
    expectInvalid(await remove('a/b', '1'), BAD_NAME);
    expectMissing(await app.remove('model-versions/delete?name=m&version=1', {}), 'name');
    expectNotFound(await remove('nobody', '1'), noVersion('nobody', 1));
  });
});

describe('set-tag and delete-tag', () => {
  test('200: set, set again and deleted, and the times stay', async () => {
    const name = await modelWith(1);
    const before = Object(await app.versionOf(name, '1')).last_updated_timestamp;
    expectOk(await setTag({ name, version: '1', key: 'a', value: '1' }));
    expectOk(await setTag({ name, version: '1', key: 'a' }));
    const expected = { tags: [{ key: 'a', value: '' }], last_updated_timestamp: before };
    expect(await app.versionOf(name, '1')).toMatchObject(expected);
    expectOk(await deleteTag({ name, version: '1', key: 'a' }));
    expectOk(await deleteTag({ name, version: '1', key: 'a' }));
    expect(await app.versionOf(name, '1')).not.toHaveProperty('tags');
  });

  test('400 and 404', async () => {
    expectMissing(await setTag({ name: 'm', version: '1' }), 'key');
    expectInvalid(await setTag({ name: 'm', version: 'abc', key: 'a*b' }), notInteger('abc'));
    expectInvalid(
      await setTag({ name: 'm', version: '1', key: 'mlflow.prompt.text', value: 'v'.repeat(100_001) }),
      'Prompt text exceeds max length of 100000 characters.',
    );
    expect((await deleteTag({ name: 'm', version: '1', key: 'a*b' })).status).toBe(400);
    expectNotFound(await setTag({ name: 'nobody', version: '1', key: 'a' }), noVersion('nobody', 1));
    expectNotFound(await deleteTag({ name: 'nobody', version: '1', key: 'a' }), noVersion('nobody', 1));
  });
});
