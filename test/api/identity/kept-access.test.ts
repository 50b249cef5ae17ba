import { expect, test } from 'vitest';
import { keepAccess } from '../../../functions/api/identity/kept-access.ts';
import { openGuardedApp } from '../../support/guarded-app.ts';

const app = await openGuardedApp();
const store = app.services.identity?.store;
if (!store) throw new Error('a guarded app has identities');
await app.newUser('alice');
await app.newUser('bob');

test('what another process changed is seen after five seconds', async () => {
  let time = 0;
  const access = keepAccess(store, () => time);
  expect((await access.findUser('alice'))?.user.isAdmin).toBe(false);
  await store.updateUser('alice', (user) => ({ ...user, isAdmin: true }));
  time = 4999;
  expect((await access.findUser('alice'))?.user.isAdmin).toBe(false);
  time = 5000;
  expect((await access.findUser('alice'))?.user.isAdmin).toBe(true);
});

test('what this process changes is seen at once, also by who had begun to look', async () => {
  const access = keepAccess(store, () => 0);
  await access.findUser('bob');
  await access.store.updateUser('bob', (user) => ({ ...user, isAdmin: true }));
  expect((await access.findUser('bob'))?.user.isAdmin).toBe(true);
  await access.store.deleteUser('bob');
  expect(await access.findUser('bob')).toBeUndefined();
});

test('a failure is not kept', async () => {
  let isBroken = true;
  const findUser: typeof store.findUser = (name) =>
    isBroken ? Promise.reject(new Error('broken')) : store.findUser(name);
  const access = keepAccess({ ...store, findUser }, () => 0);
  await expect(access.findUser('alice')).rejects.toThrow('broken');
  isBroken = false;
  expect((await access.findUser('alice'))?.user.username).toBe('alice');
});
