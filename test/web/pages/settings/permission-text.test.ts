import { expect, test } from 'vitest';
import { permissionText } from '../../../../web/pages/settings/permission-text.ts';

test('a permission is told in words', () => {
  const on = (resourceType: string, resourcePattern: string) =>
    permissionText({ resourceType, resourcePattern, permission: 'EDIT' });
  expect(on('experiment', '3')).toBe('EDIT on experiment 3');
  expect(on('registered_model', '*')).toBe('EDIT on every registered model');
});
