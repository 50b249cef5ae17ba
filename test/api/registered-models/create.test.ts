import { describe, expect, test } from 'vitest';
import { uniqueName, valueAt } from '../../support/test-app.ts';
import { expectError, expectInvalid, expectMissing, expectOk, expectWrongType } from '../expect-answer.ts';
import { BAD_NAME, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const create = (fields: object) => app.post('registered-models/create', fields);
const PROMPT = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];

describe('200', () => {
  test('makes a model without versions, changed when it was made', async () => {
    const name = uniqueName('bare');
    const answer = await create({ name });
    const time = valueAt(answer, 'registered_model', 'creation_timestamp');
    expectOk(answer, { registered_model: { name, creation_timestamp: time, last_updated_timestamp: time } });
    expect(await app.modelOf(name)).toEqual(valueAt(answer, 'registered_model'));
  });

  test('keeps description and tags, the last of a key', async () => {
    const name = uniqueName('whole');
    const tags = [
      { key: 'a', value: '1' },
      { key: 'b', value: '' },
      { key: 'a', value: '2' },
    ];
    await create({ name, description: 'd', tags });
    expect(await app.modelOf(name)).toMatchObject({
      description: 'd',
      tags: [
        { key: 'a', value: '2' },
        { key: 'b', value: '' },
      ],
    });
  });
});

describe('400', () => {
  test('refuses a name that is taken, by what it is taken', async () => {
    const [model, prompt] = [await app.newRegisteredModel(), await app.newRegisteredModel({ tags: PROMPT })];
    const taken = (answer: Parameters<typeof expectError>[0], message: string) =>
      expectError(answer, 400, 'RESOURCE_ALREADY_EXISTS', message);
    taken(await create({ name: model }), `Registered Model (name=${model}) already exists.`);
    taken(await create({ name: prompt, tags: PROMPT }), `Prompt (name=${prompt}) already exists.`);
    taken(
      await create({ name: prompt }),
      `Tried to create a registered model with name '${prompt}', but the name is already taken by a prompt. MLflow ` +
        'does not allow creating a model and a prompt with the same name.',
    );
  });

  test('refuses bad names and tags before it looks for the model', async () => {
    expectMissing(await create({}), 'name');
    expectWrongType(await create({ name: 5 }), 'name', '5', 'int');
    expectInvalid(await create({ name: ' ' }), "Missing value for required parameter 'name'.");
    expectInvalid(await create({ name: 'a/b', tags: [{ key: 'a*b', value: '' }] }), BAD_NAME);
    const name = await app.newRegisteredModel();
    const tags = [{ key: 'k'.repeat(251), value: '' }];
    expectInvalid(await create({ name, tags }), "'key' exceeds the maximum length of 250 characters");
  });
});
