import { expect, test } from 'vitest';
import { valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectWrongType } from '../expect-answer.ts';
import { BAD_NAME, noModel, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const update = (fields: object) => app.patch('registered-models/update', fields);

test('200: describes the model, and takes the description away when there is none', async () => {
  const name = await app.newRegisteredModel({ description: 'old' });
  const before = Object(await app.modelOf(name));
  const answer = await update({ name, description: 'new' });
  expect(valueAt(answer, 'registered_model')).toMatchObject({ description: 'new' });
  const after = Object(await app.modelOf(name));
  expect(after.last_updated_timestamp).toBeGreaterThan(before.last_updated_timestamp);
  expect(after.creation_timestamp).toBe(before.creation_timestamp);
  await update({ name });
  expect(await app.modelOf(name)).not.toHaveProperty('description');
});

test('400', async () => {
  expectMissing(await update({ description: 'x' }), 'name');
  expectInvalid(await update({ name: 'a/b' }), BAD_NAME);
  expectWrongType(await update({ name: 'x', description: 5 }), 'description', '5', 'int');
});

test('404', async () => {
  expectNotFound(await update({ name: 'nobody', description: 'x' }), noModel('nobody'));
});
