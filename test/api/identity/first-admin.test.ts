import { expect, test } from 'vitest';
import { makeFirstAdmin } from '../../../functions/api/identity/first-admin.ts';
import { openGuardedApp } from '../../support/guarded-app.ts';

const app = await openGuardedApp();
const identity = app.services.identity;
if (!identity) throw new Error('a guarded app has identities');
const made = () => 'a made password';
const nobody = { username: undefined, password: undefined };

test('nobody is made where there are users already', async () => {
  expect(await makeFirstAdmin(identity, nobody, made)).toBeUndefined();
});

test('somebody is made where there are none, and their password is told', async () => {
  for (const { username } of await identity.store.listUsers()) await identity.store.deleteUser(username);
  expect(await makeFirstAdmin(identity, nobody, made)).toEqual({ username: 'admin', madePassword: 'a made password' });
  expect(await makeFirstAdmin(identity, nobody, made)).toBeUndefined();
  const admin = app.asUser('admin', 'a made password');
  expect((await admin.call('GET', '/api/2.0/tracklet/whoami', undefined, {})).body).toMatchObject({ is_admin: true });
});

test('who is wanted is made also later, once, and their password is not told', async () => {
  const wanted = { username: 'boss', password: 'a wanted password' };
  expect(await makeFirstAdmin(identity, wanted, made)).toEqual({ username: 'boss', madePassword: undefined });
  expect(await makeFirstAdmin(identity, wanted, made)).toBeUndefined();
});

test('a wanted password that is too short is refused', async () => {
  const wanted = { username: 'other', password: 'short' };
  await expect(makeFirstAdmin(identity, wanted, made)).rejects.toThrow('Password must be at least 12 characters.');
});
