import { describe, expect, test } from 'vitest';
import {
  type Caller,
  mayCreate,
  mayGovern,
  mayOnExperiment,
  mayReadModel,
  permissionOn,
  permissionOnExperiment,
  permissionOnRegisteredModel,
  readableExperiments,
} from '../../functions/domain/caller.ts';
import { EVERY, foldGrants, parseGrant } from '../../functions/domain/permission.ts';
import type { TokenRole } from '../../functions/domain/token.ts';

type Words = readonly [type: string, id: string, permission: string];

const caller = (grants: readonly Words[] = [], more: Partial<Caller> = {}): Caller => ({
  username: 'alice',
  userId: 1,
  holdsAll: false,
  isAdmin: false,
  grants: foldGrants(grants.map((words) => parseGrant(...words))),
  byDefault: 'READ',
  token: undefined,
  ...more,
});

const withToken = (role: TokenRole, experimentIds?: readonly string[]): Partial<Caller> => ({
  token: { tokenId: 't', role, experimentIds: experimentIds && new Set(experimentIds) },
});

describe('what a caller may do with an experiment', () => {
  test('follows what was granted', () => {
    expect(permissionOnExperiment(caller([['experiment', '1', 'EDIT']]), '1')).toBe('EDIT');
    expect(permissionOnExperiment(caller(), '1')).toBe('READ');
  });

  test('is otherwise for its runs where they were spoken of', () => {
    const held = caller([
      ['experiment', '1', 'MANAGE'],
      ['run', EVERY, 'DENY'],
    ]);
    expect(permissionOnExperiment(held, '1', 'run')).toBe('DENY');
    expect(permissionOnExperiment(held, '1', 'logged_model')).toBe('MANAGE');
    expect(mayOnExperiment(held, 'delete', '1')).toBe(true);
  });

  test('is all for who holds all, unless their token bounds it', () => {
    const admin = { holdsAll: true, isAdmin: true };
    expect(permissionOnExperiment(caller([['experiment', '1', 'DENY']], admin), '1')).toBe('MANAGE');
    expect(permissionOnExperiment(caller([], { ...admin, ...withToken('READ') }), '1')).toBe('READ');
    expect(permissionOnExperiment(caller([], { ...admin, ...withToken('ADMIN') }), '1')).toBe('MANAGE');
  });

  test('is no more than their token gives, and nothing elsewhere', () => {
    const held = caller([['experiment', '1', 'MANAGE']], withToken('EDIT', ['1']));
    expect(permissionOnExperiment(held, '1')).toBe('EDIT');
    expect(permissionOnExperiment(held, '2')).toBe('NO_PERMISSIONS');
  });
});

test('grants on a registered model, a prompt and the versions of all', () => {
  expect(permissionOnRegisteredModel(caller([['registered_model', 'm', 'EDIT']]), 'm')).toBe('EDIT');
  expect(permissionOnRegisteredModel(caller([['prompt', 'm', 'MANAGE']]), 'm')).toBe('MANAGE');
  const versions = caller([['registered_model_version', EVERY, 'DENY']]);
  expect(permissionOnRegisteredModel(versions, 'm', true)).toBe('DENY');
  expect(permissionOnRegisteredModel(versions, 'm')).toBe('READ');
  expect(permissionOnRegisteredModel(caller([], withToken('MANAGE', ['1'])), 'm')).toBe('NO_PERMISSIONS');
});

test('a token that names registered models is good for these, and for nothing else', () => {
  const token = {
    tokenId: 't',
    role: 'EDIT',
    experimentIds: new Set<string>(),
    registeredModels: new Set(['m']),
  } as const;
  const held = caller([['registered_model', 'm', 'MANAGE']], { token });
  expect(permissionOnRegisteredModel(held, 'm')).toBe('EDIT');
  expect(permissionOnRegisteredModel(held, 'n')).toBe('NO_PERMISSIONS');
  expect(permissionOnExperiment(held, '1')).toBe('NO_PERMISSIONS');
  expect([mayCreate(held), mayGovern(held)]).toEqual([false, false]);
});

test('grants on any other resource', () => {
  const held = caller([
    ['experiment', '1', 'EDIT'],
    ['scorer', '1/s', 'USE'],
  ]);
  expect(permissionOn(held, { type: 'experiment', id: '1' })).toBe('EDIT');
  expect(permissionOn(held, { type: 'experiment', id: EVERY })).toBe('READ');
  expect(permissionOn(held, { type: 'scorer', id: '1/s' })).toBe('USE');
  expect(permissionOn(caller([], withToken('MANAGE', ['1'])), { type: 'scorer', id: '1/s' })).toBe('NO_PERMISSIONS');
});

test('which registered models and versions are shown to a caller', () => {
  expect(mayReadModel(undefined, 'm')).toBe(true);
  expect([mayReadModel(caller(), 'm'), mayReadModel(caller(), 'm', true)]).toEqual([true, true]);
  const denied = caller([['registered_model', 'm', 'DENY']]);
  expect([mayReadModel(denied, 'm'), mayReadModel(denied, 'm', true), mayReadModel(denied, 'n')]).toEqual([
    false,
    false,
    true,
  ]);
  const ofVersions = caller([['registered_model_version', EVERY, 'DENY']]);
  expect([mayReadModel(ofVersions, 'm'), mayReadModel(ofVersions, 'm', true)]).toEqual([true, false]);
  expect(mayReadModel(caller([], withToken('READ', ['1'])), 'm')).toBe(false);
});

test('which experiments a caller may read', () => {
  expect(readableExperiments(undefined, ['1', '2'])).toEqual(['1', '2']);
  expect(readableExperiments(caller([['experiment', '2', 'DENY']]), ['1', '2'])).toEqual(['1']);
});

test.each([
  [undefined, true, true],
  [withToken('READ'), false, false],
  [withToken('EDIT'), true, false],
  [withToken('MANAGE'), true, true],
  [withToken('MANAGE', ['1']), false, false],
] as const)('with the token %j, may make %s and govern %s', (token, makes, governs) => {
  expect(mayCreate(caller([], token))).toBe(makes);
  expect(mayGovern(caller([], token))).toBe(governs);
});
