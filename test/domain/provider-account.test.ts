import { describe, expect, test } from 'vitest';
import { type ClaimMapping, groupsIn, isAdminBy, usernameIn } from '../../functions/domain/provider-account.ts';

const mapping: ClaimMapping = {
  usernameClaim: 'preferred_username',
  groupsClaim: 'groups',
  adminGroup: undefined,
  adminUsername: undefined,
};

describe('a name', () => {
  test('is what the claim says, if that is a text', () => {
    expect(usernameIn({ preferred_username: 'alice', email: 'a@b' }, mapping)).toBe('alice');
    for (const name of [undefined, '', 7, null, ['alice']]) {
      expect(usernameIn({ preferred_username: name }, mapping)).toBeUndefined();
    }
  });

  test('is no address that the provider says nobody proved', () => {
    const byEmail = { ...mapping, usernameClaim: 'email' } as const;
    expect(usernameIn({ email: 'a@b', email_verified: true }, byEmail)).toBe('a@b');
    expect(usernameIn({ email: 'a@b' }, byEmail)).toBe('a@b');
    expect(usernameIn({ email: 'a@b', email_verified: false }, byEmail)).toBeUndefined();
    expect(usernameIn({ preferred_username: 'alice', email_verified: false }, mapping)).toBe('alice');
  });
});

describe('groups', () => {
  test('are a list of texts, or one', () => {
    expect(groupsIn({ groups: ['a', 'b', 7, null] }, mapping)).toEqual(new Set(['a', 'b']));
    expect(groupsIn({ groups: 'a' }, mapping)).toEqual(new Set(['a']));
    expect(groupsIn({ groups: [] }, mapping)).toEqual(new Set());
  });

  test('may not be spoken of at all', () => {
    expect(groupsIn({}, mapping)).toBeUndefined();
    expect(groupsIn({ groups: { a: true } }, mapping)).toBeUndefined();
  });
});

describe('an admin', () => {
  test('is who is in the group, and nobody else', () => {
    const byGroup = { ...mapping, adminGroup: 'ops' };
    expect(isAdminBy(new Set(['ops']), 'alice', byGroup)).toBe(true);
    expect(isAdminBy(new Set(['dev']), 'alice', byGroup)).toBe(false);
  });

  test('is who is named, whatever the groups', () => {
    const byName = { ...mapping, adminUsername: 'alice' };
    expect(isAdminBy(new Set(), 'alice', byName)).toBe(true);
    expect(isAdminBy(new Set(), 'bob', byName)).toBeUndefined();
    expect(isAdminBy(new Set(), 'bob', { ...byName, adminGroup: 'ops' })).toBe(false);
  });

  test('is for other admins to make where nothing is said', () => {
    expect(isAdminBy(new Set(['ops']), 'alice', mapping)).toBeUndefined();
  });
});
