import { expect, test } from 'vitest';
import {
  disownRegisteredModel,
  moveRegisteredModel,
  ownRegisteredModel,
} from '../../../functions/api/identity/own-model.ts';
import type { Caller } from '../../../functions/domain/caller.ts';
import { openGuardedApp } from '../../support/guarded-app.ts';
import { openTestApp } from '../../support/test-app.ts';

const app = await openGuardedApp();
for (const name of ['alice', 'bob']) await app.newUser(name);
const asCaller = (username: string): Caller => ({
  username,
  userId: 0,
  holdsAll: false,
  isAdmin: false,
  grants: new Map(),
  byDefault: 'READ',
  token: undefined,
});
const servicesOf = (username: string) => ({ ...app.services, caller: asCaller(username) });
const grantsOf = async (username: string) =>
  (await app.services.identity?.store.findUser(username))?.grants.map(
    ({ resourcePattern, permission }) => `${resourcePattern} ${permission}`,
  );

test('who makes a registered model manages it, and earlier grants by its name are gone', async () => {
  await app.grant('bob', 'registered_model', 'm', 'EDIT');
  await app.grant('bob', 'registered_model', 'other', 'EDIT');
  await ownRegisteredModel(servicesOf('alice'), 'm');
  expect(await grantsOf('alice')).toEqual(['m MANAGE']);
  expect(await grantsOf('bob')).toEqual(['other EDIT']);
});

test('grants move with a model that is renamed, and go with one that is deleted', async () => {
  await moveRegisteredModel(servicesOf('alice'), 'm', 'n');
  expect(await grantsOf('alice')).toEqual(['n MANAGE']);
  await disownRegisteredModel(servicesOf('alice'), 'n');
  expect(await grantsOf('alice')).toEqual([]);
});

test('a server without a guard keeps no grants', async () => {
  const { services } = await openTestApp();
  await ownRegisteredModel(services, 'm');
  await moveRegisteredModel(services, 'm', 'n');
  await disownRegisteredModel(services, 'n');
  expect(services.identity).toBeUndefined();
});
