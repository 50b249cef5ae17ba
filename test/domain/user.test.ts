import { expect, test } from 'vitest';
import {
  noUser,
  ownRoleName,
  userExists,
  validatePassword,
  validateRoleName,
  validateUsername,
} from '../../functions/domain/user.ts';
import { expectRefusal } from './expect-refusal.ts';

test('names nobody could sign in with are refused', () => {
  expect(() => validateUsername('Zoë O’Neill@example.org')).not.toThrow();
  expectRefusal(() => validateUsername(''), 'Username cannot be empty.');
  expectRefusal(() => validateUsername('x'.repeat(256)), 'Username cannot be longer than 255 characters.');
  expectRefusal(() => validateUsername('a:b'), 'Username cannot contain colons or control characters.');
  expectRefusal(() => validateUsername('a\nb'), 'Username cannot contain colons or control characters.');
});

test('passwords that are too short or too long are refused', () => {
  expect(() => validatePassword('x'.repeat(12))).not.toThrow();
  expectRefusal(() => validatePassword('x'.repeat(11)), 'Password must be at least 12 characters.');
  expectRefusal(() => validatePassword('x'.repeat(1025)), 'Password cannot be longer than 1024 characters.');
});

test('roles of users themselves cannot be made by hand', () => {
  expect(() => validateRoleName('analysts')).not.toThrow();
  expectRefusal(() => validateRoleName(' '), 'Role name cannot be empty.');
  expectRefusal(() => validateRoleName(ownRoleName(3)), "Role name '__user_3__' is reserved.");
});

test('errors have MLflow’s words', () => {
  expect(noUser('x').message).toBe('User with username=x not found');
  expect(userExists('x')).toMatchObject({
    code: 'RESOURCE_ALREADY_EXISTS',
    message: 'User (username=x) already exists.',
  });
});
