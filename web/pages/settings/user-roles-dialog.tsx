import { useQueryClient } from '@tanstack/react-query';
import { sentenceOf } from '../../api/api-error.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { assignRole, type User, unassignRole } from '../../api/users.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { CheckField } from '../../ui/form/field.tsx';
import { Nothing } from '../../ui/page/section.tsx';
import { tellTrouble } from '../../ui/toasts/toast-store.ts';
import { useRoles } from './use-roles.ts';

interface Props {
  readonly user: User;
  readonly onClose: () => void;
}

/** Which roles a user has; each is given and taken at once. */
export function UserRolesDialog({ user: { username, roles: held }, onClose }: Props) {
  const client = useQueryClient();
  const { data: roles = [], error } = useRoles();
  const change = async (roleId: number, has: boolean) => {
    try {
      await (has ? assignRole(username, roleId) : unassignRole(username, roleId));
      await client.invalidateQueries({ queryKey: queryKeys.users });
      await client.invalidateQueries({ queryKey: queryKeys.permissionsOf(username) });
    } catch (failure) {
      tellTrouble(sentenceOf(failure));
    }
  };
  return (
    <Dialog title={`Roles of ${username}`} onClose={onClose}>
      {error !== null && <Nothing>They cannot be read: {error.message}</Nothing>}
      {error === null && roles.length === 0 && <Nothing>There are no roles yet: make one below the users.</Nothing>}
      {roles.map(({ roleId, name, description }) => (
        <CheckField
          key={roleId}
          label={description === '' ? name : `${name}: ${description}`}
          isChecked={held.some((each) => each.roleId === roleId)}
          onChange={(has) => void change(roleId, has)}
        />
      ))}
    </Dialog>
  );
}
