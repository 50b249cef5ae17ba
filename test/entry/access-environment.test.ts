import { describe, expect, it } from 'vitest';
import { readAccessEnvironment } from '../../functions/entry/access-environment.ts';
import { REQUEST_ENV, USERS_ENV } from '../../functions/entry/env.ts';

const IAM = { [REQUEST_ENV.auth]: 'iam', [REQUEST_ENV.redaction]: 'off', [REQUEST_ENV.redactionPatterns]: '{}' };
const USERS = {
  ...IAM,
  [REQUEST_ENV.auth]: 'users',
  [USERS_ENV.defaultPermission]: 'USE',
  [USERS_ENV.tokenKeySecret]: 'arn',
};

describe('readAccessEnvironment', () => {
  it('reads that the gateway asks who calls', () => {
    expect(readAccessEnvironment(IAM)).toEqual({ users: undefined, redaction: { mode: 'off', rules: [] } });
  });

  it('reads how users get in', () => {
    expect(readAccessEnvironment(USERS).users).toEqual({ defaultPermission: 'USE', tokenKeySecret: 'arn' });
  });

  it('reads patterns', () => {
    const patterns = { [REQUEST_ENV.redaction]: 'mask', [REQUEST_ENV.redactionPatterns]: '{"EMPLOYEE":"EMP-[0-9]+"}' };
    const { mode, rules } = readAccessEnvironment({ ...IAM, ...patterns }).redaction;
    expect([mode, rules.map(({ find }) => find('of EMP-42', 'k').length > 0)]).toEqual(['mask', [true]]);
  });

  // A function that does not know who may come in lets nobody in: it does not start.
  it.each(Object.keys(USERS))('does without no variable: %s', (name) => {
    expect(() => readAccessEnvironment({ ...USERS, [name]: undefined })).toThrow(`${name} is missing`);
  });

  it.each([
    [REQUEST_ENV.auth, 'none', 'iam, users'],
    [REQUEST_ENV.redaction, 'hide', 'off, flag, mask, refuse'],
    [USERS_ENV.defaultPermission, 'ALL', 'READ'],
  ])('names what is wrong: %s', (name, value, allowed) => {
    expect(() => readAccessEnvironment({ ...USERS, [name]: value })).toThrow(
      new RegExp(`${name} is ${value}, not .*${allowed}`),
    );
  });
});
