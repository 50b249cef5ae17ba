import { describe, expect, test } from 'vitest';
import { column, textAt, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, NO_MODEL, NO_RUN } from '../expect-answer.ts';
import { BAD_NAME, noModel, openRegistryApp, SOURCE } from '../registry-app.ts';

const app = await openRegistryApp();
const name = await app.newRegisteredModel();
const create = (fields: object) => app.post('model-versions/create', { name, source: SOURCE, ...fields });
const invalid = (source: string, why: string) => `Invalid model version source: '${source}'. ${why}`;
const ofAnother = (field: string) =>
  `The ${field} request parameter must identify the resource that contains the source.`;
const PROMPT = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];

describe('200', () => {
  test('makes a version that is ready at once, and changes the model', async () => {
    const model = await app.newRegisteredModel();
    const answer = await app.newVersion(model);
    const time = valueAt(answer, 'model_version', 'creation_timestamp');
    expectOk(answer, {
      model_version: {
        name: model,
        version: '1',
        creation_timestamp: time,
        last_updated_timestamp: time,
        current_stage: 'None',
        description: '',
        source: SOURCE,
        run_id: '',
        status: 'READY',
        run_link: '',
      },
    });
    expect(await app.modelOf(model)).toMatchObject({ last_updated_timestamp: time });
    expect(await app.versionOf(model, '1')).toEqual(valueAt(answer, 'model_version'));
  });

  test('numbers 64 that come at once from 1 to 64', async () => {
    const model = await app.newRegisteredModel();
    const answers = await Promise.all(Array.from({ length: 64 }, () => app.newVersion(model)));
    const numbers = answers.map((answer) => Number(textAt(answer, 'model_version', 'version')));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, at) => at + 1));
  });

  test('of a logged model has its run, leads to its files and is noted on it', async () => {
    const runId = await app.newRun();
    const modelId = await app.newModel({ source_run_id: runId });
    const first = await create({ source: `models:/${modelId}`, model_id: modelId });
    expect(valueAt(first, 'model_version')).toMatchObject({ run_id: runId, source: `models:/${modelId}` });
    const second = await create({ source: `models:/${modelId}`, model_id: modelId, run_id: 'another' });
    expect(valueAt(second, 'model_version', 'run_id')).toBe('another');
    const version = textAt(first, 'model_version', 'version');
    expectOk(await app.get('model-versions/get-download-uri', { name, version }), {
      artifact_uri: `mlflow-artifacts:/0/models/${modelId}/artifacts`,
    });
    const tags = column(await app.get(`logged-models/${modelId}`), ['model', 'info', 'tags'], 'value');
    const noted = [first, second].map((answer) => Number(textAt(answer, 'model_version', 'version')));
    expect(tags).toEqual([
      `[{"name": "${name}", "version": ${noted[0]}}, {"name": "${name}", "version": ${noted[1]}}]`,
    ]);
  });

  test('of a run’s files is taken when the request names the run', async () => {
    const runId = await app.newRun();
    for (const source of [`runs:/${runId}/model`, `mlflow-artifacts:/0/${runId}/artifacts/model`]) {
      expect(valueAt(await create({ source, run_id: runId }), 'model_version')).toMatchObject({
        source,
        run_id: runId,
      });
    }
  });

  test('copies a version by number, alias, stage or latest, with its run and files', async () => {
    const runId = await app.newRun();
    const modelId = await app.newModel({ source_run_id: runId });
    const original = await app.newRegisteredModel();
    await app.newVersion(original, { source: `models:/${modelId}`, model_id: modelId });
    await app.post('registered-models/alias', { name: original, alias: 'best', version: '1' });
    await app.post('model-versions/transition-stage', { name: original, version: '1', stage: 'Production' });
    const copy = await app.newRegisteredModel();
    for (const [at, suffix] of ['/1', '@best', '/production', '/latest', '@latest'].entries()) {
      const answer = await app.newVersion(copy, { source: `models:/${original}${suffix}` });
      expect(valueAt(answer, 'model_version')).toMatchObject({ source: `models:/${original}/1`, run_id: runId });
      expectOk(await app.get('model-versions/get-download-uri', { name: copy, version: at + 1 }), {
        artifact_uri: `mlflow-artifacts:/0/models/${modelId}/artifacts`,
      });
    }
    expect(await app.services.store.listVersionsOfLoggedModel(modelId)).toHaveLength(6);
    expect(await app.services.store.listVersionsOfRun(runId)).toHaveLength(6);
  });

  test('of a prompt has a word for its source', async () => {
    const prompt = await app.newRegisteredModel({ tags: PROMPT });
    const answer = await app.newVersion(prompt, { source: 'dummy-source', tags: PROMPT });
    expect(valueAt(answer, 'model_version')).toMatchObject({ source: 'dummy-source', tags: PROMPT });
  });
});

describe('400', () => {
  test.each([
    ['/etc/passwd', 'To use a local path as a model version source, the run_id request parameter has to be'],
    ['file:///etc', 'To use a local path as a model version source, the run_id request parameter has to be'],
    ['s3://bucket/../b', 'If supplying a source as an http, https, local file path, ftp, objectstore,'],
    ['models://host/m-1', 'Registered model sources must use the active model registry.'],
    ['models:/a/b/c', ofAnother('model_id')],
    [`models:/${NO_MODEL}`, ofAnother('model_id')],
    [`runs:/${NO_RUN}/model`, ofAnother('run_id')],
    ['mlflow-artifacts:/0/x', ofAnother('run_id')],
  ])('refuses %s', async (source, why) => {
    expect(textAt(await create({ source }), 'message')).toContain(invalid(source, why));
  });

  test('refuses files of another run or model', async () => {
    const [runId, other] = [await app.newRun(), await app.newRun()];
    const [modelId, otherModel] = [await app.newModel(), await app.newModel()];
    const files = `mlflow-artifacts:/0/${runId}/artifacts`;
    const modelFiles = `mlflow-artifacts:/0/models/${modelId}/artifacts`;
    for (const [source, fields, field] of [
      [`runs:/${runId}/m`, { run_id: other }, 'run_id'],
      [`runs:/${runId}/m`, { run_id: runId, model_id: modelId }, 'model_id'],
      [`runs://host/${runId}/m`, { run_id: runId }, 'run_id'],
      [files, { run_id: other }, 'run_id'],
      [files, { run_id: NO_RUN }, 'run_id'],
      [modelFiles, { model_id: otherModel }, 'model_id'],
      [modelFiles, { model_id: NO_MODEL }, 'model_id'],
      ['/local', { run_id: NO_RUN }, 'run_id'],
      ['/local', { model_id: NO_MODEL }, 'model_id'],
      [`models:/${modelId}`, { model_id: otherModel }, 'model_id'],
    ] as const) {
      expectInvalid(await create({ source, ...fields }), invalid(source, ofAnother(field)));
    }
    expect((await create({ source: modelFiles, model_id: modelId })).status).toBe(200);
  });

  test('refuses a copy that claims another run or a model, and one of a prompt', async () => {
    const original = await app.newRegisteredModel();
    await app.newVersion(original, { run_id: 'r' });
    const source = `models:/${original}/1`;
    const mustMatch = 'The run_id and model_id request parameters must match the referenced model version.';
    expectInvalid(await create({ source, run_id: 'x' }), invalid(source, mustMatch));
    expectInvalid(await create({ source, model_id: NO_MODEL }), invalid(source, mustMatch));
    expect((await create({ source, run_id: 'r' })).status).toBe(200);
    const prompt = await app.newRegisteredModel({ tags: PROMPT });
    const ofPrompt = `models:/${prompt}/1`;
    expectInvalid(
      await create({ source: ofPrompt }),
      invalid(ofPrompt, 'Prompt versions cannot be used as model version sources.'),
    );
  });

  test('refuses a prompt with a real source', async () => {
    expectInvalid(
      await create({ tags: PROMPT }),
      `Invalid prompt source: '${SOURCE}'. Prompt sources must use an MLflow placeholder.`,
    );
  });

  test('refuses other servers’ schemes, bad names and bad tags', async () => {
    expect(textAt(await create({ source: 'http://host/a' }), 'message')).toContain(
      "'source' cannot use the 'http' scheme",
    );
    expectMissing(await app.post('model-versions/create', { name }), 'source');
    expectInvalid(await create({ name: 'a/b' }), BAD_NAME);
    const tags = [{ key: 'k'.repeat(251), value: '' }];
    expectInvalid(await create({ name: 'nobody', tags }), "'key' exceeds the maximum length of 250 characters");
  });
});

test('404', async () => {
  expectNotFound(await create({ name: 'nobody' }), noModel('nobody'));
  expectNotFound(await create({ source: 'models:/nobody/1' }), noModel('nobody'));
  expectNotFound(await create({ model_id: NO_MODEL }), `Logged model with ID '${NO_MODEL}' not found.`);
  const source = `models:/${NO_MODEL}`;
  expectNotFound(
    await create({ source, model_id: NO_MODEL }),
    `Unable to fetch model from model URI source artifact location '${source}'.Error: Logged model with ID ` +
      `'${NO_MODEL}' not found.`,
  );
  const empty = await app.newRegisteredModel();
  expectNotFound(
    await create({ source: `models:/${empty}/latest` }),
    `No versions of model with name '${empty}' found`,
  );
  expectNotFound(
    await create({ source: `models:/${empty}/Staging` }),
    `No versions of model with name '${empty}' and stage 'Staging' found`,
  );
  const deleted = await app.newModel();
  await app.call('DELETE', `/api/2.0/mlflow/logged-models/${deleted}`);
  expectNotFound(await create({ model_id: deleted }), `Logged model with ID '${deleted}' not found.`);
});
