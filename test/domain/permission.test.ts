import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Action,
  allows,
  EVERY,
  foldGrants,
  type Grant,
  governingPermission,
  lowerOf,
  PERMISSIONS,
  type Permission,
  parseGrant,
  parsePermission,
  parseResourceType,
} from '../../functions/domain/permission.ts';
import { expectRefusal } from './expect-refusal.ts';

/** What each level allows (MLflow: server/auth/permissions.py). */
const ALLOWED: Readonly<Record<Permission, readonly Action[]>> = {
  READ: ['read'],
  USE: ['read', 'use'],
  EDIT: ['read', 'use', 'update'],
  MANAGE: ['read', 'use', 'update', 'delete', 'manage'],
  NO_PERMISSIONS: [],
  DENY: [],
};

test.each(PERMISSIONS)('%s allows what it does in MLflow', (permission) => {
  const actions: readonly Action[] = ['read', 'use', 'update', 'delete', 'manage'];
  expect(actions.filter((action) => allows(permission, action))).toEqual(ALLOWED[permission]);
});

const grant = (permission: Permission, pattern = '1', resourceType: Grant['resourceType'] = 'experiment'): Grant => ({
  resourceType,
  resourcePattern: pattern,
  permission,
});

const one = { type: 'experiment', id: '1' } as const;
const governing = (grants: readonly Grant[], byDefault: Permission = 'READ') =>
  governingPermission(foldGrants(grants), [one, { type: 'workspace', id: EVERY }], byDefault);

describe('the level that governs a resource', () => {
  test('is the default where nothing was granted', () => {
    expect(governing([])).toBe('READ');
    expect(governing([grant('MANAGE', '2')], 'NO_PERMISSIONS')).toBe('NO_PERMISSIONS');
  });

  test('is the highest of several', () => {
    expect(governing([grant('EDIT'), grant('USE')])).toBe('EDIT');
    expect(governing([grant('READ', EVERY), grant('MANAGE')])).toBe('MANAGE');
  });

  test('is a denial as soon as there is one', () => {
    expect(governing([grant('MANAGE'), grant('DENY', EVERY)])).toBe('DENY');
    expect(governing([grant('DENY'), grant('MANAGE')])).toBe('DENY');
  });

  test('is never below the default, but when all was taken away', () => {
    expect(governing([grant('READ')], 'EDIT')).toBe('EDIT');
    expect(governing([grant('NO_PERMISSIONS')], 'EDIT')).toBe('NO_PERMISSIONS');
    expect(governing([grant('DENY')], 'MANAGE')).toBe('DENY');
  });

  test('is that of the workspace where nothing speaks of the resource', () => {
    expect(governing([grant('MANAGE', EVERY, 'workspace')])).toBe('MANAGE');
    expect(governing([grant('MANAGE', EVERY, 'workspace'), grant('DENY')])).toBe('DENY');
  });

  test('is that of the kind when the kind is asked for', () => {
    const folded = foldGrants([grant('EDIT', EVERY), grant('MANAGE')]);
    expect(governingPermission(folded, [{ type: 'experiment', id: EVERY }], 'READ')).toBe('EDIT');
  });

  test('does not depend on the order of grants', () => {
    const grants = fc.array(
      fc.record({
        resourceType: fc.constantFrom('experiment' as const, 'workspace' as const),
        resourcePattern: fc.constantFrom('1', '2', EVERY),
        permission: fc.constantFrom(...PERMISSIONS),
      }),
    );
    fc.assert(
      fc.property(grants, (some) => {
        expect(governing([...some].reverse())).toBe(governing(some));
      }),
    );
  });
});

test('the lower of two levels', () => {
  expect(lowerOf('READ', 'EDIT')).toBe('READ');
  expect(lowerOf('MANAGE', 'DENY')).toBe('DENY');
});

describe('words', () => {
  test('that are no level are refused as MLflow does', () => {
    expect(parsePermission('EDIT')).toBe('EDIT');
    expectRefusal(
      () => parsePermission('WRITE'),
      "Invalid permission 'WRITE'. Valid permissions are: ('READ', 'USE', 'EDIT', 'MANAGE', 'NO_PERMISSIONS', 'DENY')",
    );
  });

  test('that are no kind of resource are refused as MLflow does', () => {
    expect(parseResourceType('scorer')).toBe('scorer');
    expect(() => parseResourceType('__proto__')).toThrow(
      "Invalid resource type '__proto__'. Valid resource types are: (",
    );
  });

  test('that make no grant are refused as MLflow does', () => {
    expect(parseGrant('experiment', '1', 'USE')).toEqual(grant('USE'));
    expect(parseGrant('workspace', EVERY, 'USE')).toEqual(grant('USE', EVERY, 'workspace'));
    expectRefusal(
      () => parseGrant('workspace', EVERY, 'READ'),
      "Invalid permission 'READ' for resource_type='workspace'. Workspace-wide grants accept only: ('MANAGE', 'USE').",
    );
    expectRefusal(
      () => parseGrant('experiment', '1', 'NO_PERMISSIONS'),
      "Invalid permission 'NO_PERMISSIONS' for resource_type='experiment'. " +
        "Resource-level grants accept only: ('DENY', 'EDIT', 'MANAGE', 'READ', 'USE').",
    );
    expectRefusal(
      () => parseGrant('run', 'abc', 'READ'),
      "Invalid resource_pattern 'abc' for resource_type='run'. This resource type supports only wildcard ('*') grants.",
    );
  });
});
