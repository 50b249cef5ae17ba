import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createIdentityUpkeep } from '../../functions/entry/identity-upkeep-handler.ts';
import { hashPassword, isPasswordOf } from '../../functions/platform/password-hash.ts';
import { startCloudFormation } from '../site/cloudformation.ts';
import { openIdentityStore } from '../support/identity-store.ts';
import { memoryEdge } from './memory-edge.ts';

const identityStore = await openIdentityStore();
const cloudFormation = await startCloudFormation();
afterAll(cloudFormation.close);

const PASSWORD = 'a password of the deployment';
const passwordsRead: string[] = [];
const { edge, known } = memoryEdge([['mode', 'tokens']]);
let keyId = 'k1';
const props = {
  identityStore,
  hash: (password: string) => hashPassword(password, { cost: 2, blockSize: 1, rounds: 1 }),
  readAdminPassword: async () => {
    passwordsRead.push(PASSWORD);
    return PASSWORD;
  },
  readTokenKey: async () => ({ keyId, secret: `secret of ${keyId}` }),
  edge,
  clock: Date.now,
};
const lookAfter = createIdentityUpkeep(props);

/** Does what a deployment does, and gives what it is told. */
async function deploy(requestType: 'Create' | 'Update' | 'Delete', handler = lookAfter) {
  const event = {
    ResponseURL: cloudFormation.url,
    StackId: 'stack-1',
    RequestId: 'request-1',
    LogicalResourceId: 'Users',
    PhysicalResourceId: 'Users',
    ResourceType: 'Custom::Users',
    ServiceToken: 'function-1',
    ResourceProperties: { ServiceToken: 'function-1' },
    OldResourceProperties: { ServiceToken: 'function-1' },
  };
  const events = {
    Create: { ...event, RequestType: 'Create' },
    Update: { ...event, RequestType: 'Update' },
    Delete: { ...event, RequestType: 'Delete' },
  } as const;
  await handler(events[requestType]);
  return cloudFormation.answers.at(-1)?.body;
}

beforeEach(() => {
  passwordsRead.length = 0;
});

describe('a deployment with users', () => {
  test('makes the first admin with the password that was made for it, and opens the edge', async () => {
    expect(await deploy('Create')).toMatchObject({ Status: 'SUCCESS' });
    const admin = await identityStore.findUser('admin');
    expect(admin?.isAdmin).toBe(true);
    expect(await isPasswordOf(PASSWORD, admin?.passwordHash ?? '')).toBe(true);
    expect([...known]).toEqual([
      ['mode', 'users'],
      ['key/k1', 'secret of k1'],
    ]);
  });

  test('makes nobody where users sign in at a provider, and opens the edge', async () => {
    const elsewhere = await openIdentityStore();
    const handler = createIdentityUpkeep({ ...props, identityStore: elsewhere, readAdminPassword: undefined });
    expect(await deploy('Create', handler)).toMatchObject({ Status: 'SUCCESS' });
    expect(await elsewhere.listUsers()).toEqual([]);
    expect(known.get('mode')).toBe('users');
  });

  test('leaves users as they are when there are any, and does not even read the password', async () => {
    const before = await identityStore.listUsers();
    expect(await deploy('Update')).toMatchObject({ Status: 'SUCCESS' });
    expect(await identityStore.listUsers()).toEqual(before);
    expect(passwordsRead).toEqual([]);
  });

  test('tells the deployment of a failure, and nothing that is secret', async () => {
    const failing = createIdentityUpkeep({ ...props, readTokenKey: () => Promise.reject(new Error('no leave')) });
    const answer = await deploy('Update', failing);
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('no leave') });
    expect(JSON.stringify(answer)).not.toContain(PASSWORD);
  });

  test('does without an edge', async () => {
    expect(await deploy('Update', createIdentityUpkeep({ ...props, edge: undefined }))).toMatchObject({
      Status: 'SUCCESS',
    });
  });
});

describe('the schedule', () => {
  test('tells the edge of another key, and has it forget the one before', async () => {
    keyId = 'k2';
    await lookAfter({});
    expect([...known.keys()].sort()).toEqual(['key/k2', 'mode']);
  });

  test('fails when the edge cannot be told', async () => {
    const broken = { ...edge, getVersion: () => Promise.reject(new Error('throttled')) };
    await expect(createIdentityUpkeep({ ...props, edge: broken })({})).rejects.toThrow('throttled');
  });
});

test('a deployment without users any more leaves the edge knowing no token', async () => {
  expect(await deploy('Delete')).toMatchObject({ Status: 'SUCCESS' });
  expect([...known]).toEqual([['mode', 'tokens']]);
});
