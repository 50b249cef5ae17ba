import { describe, expect, it } from 'vitest';
import { readAccessEnvironment } from '../../functions/entry/access-environment.ts';
import { OIDC_ENV, OPTIONAL_ENV, REQUEST_ENV, USERS_ENV } from '../../functions/entry/env.ts';

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
    expect(readAccessEnvironment(USERS).users).toEqual({
      defaultPermission: 'USE',
      tokenKeySecret: 'arn',
      oidc: undefined,
      publicOrigin: undefined,
    });
  });

  it('reads of the provider where they sign in', () => {
    const oidc = { issuer: 'https://id.example', clientId: 'tracklet', audiences: [], usernameClaim: 'email' };
    const publicOrigin = 'https://tracklet.example.org';
    const told = { [OIDC_ENV]: JSON.stringify(oidc), [OPTIONAL_ENV.publicOrigin]: publicOrigin };
    const byProvider = { ...USERS, [REQUEST_ENV.auth]: 'oidc', ...told };
    expect(readAccessEnvironment(byProvider).users).toMatchObject({ oidc, publicOrigin });
    expect(() => readAccessEnvironment({ ...byProvider, [OIDC_ENV]: undefined })).toThrow(`${OIDC_ENV} is missing`);
    // A provider that was told of before counts for nothing where users sign in by password.
    expect(readAccessEnvironment({ ...USERS, ...told }).users?.oidc).toBeUndefined();
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
    [REQUEST_ENV.auth, 'none', 'iam, users, oidc'],
    [REQUEST_ENV.redaction, 'hide', 'off, flag, mask, refuse'],
    [USERS_ENV.defaultPermission, 'ALL', 'READ'],
  ])('names what is wrong: %s', (name, value, allowed) => {
    expect(() => readAccessEnvironment({ ...USERS, [name]: value })).toThrow(
      new RegExp(`${name} is ${value}, not .*${allowed}`),
    );
  });
});
