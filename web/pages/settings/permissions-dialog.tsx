import { useQueryClient } from '@tanstack/react-query';
import { sentenceOf } from '../../api/api-error.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { grantPermission, type Permission, revokePermission } from '../../api/users.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Nothing } from '../../ui/page/section.tsx';
import { tell, tellTrouble } from '../../ui/toasts/toast-store.ts';
import { useHeldPermissions } from './held-permissions.tsx';
import { PermissionForm } from './permission-form.tsx';
import { permissionText } from './permission-text.ts';
import styles from './settings.module.css';

interface Props {
  readonly username: string;
  readonly onClose: () => void;
}

/** What a user may do: given and taken. */
export function PermissionsDialog({ username, onClose }: Props) {
  const client = useQueryClient();
  const { data = [], error } = useHeldPermissions(username);
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.permissionsOf(username) });
  const grant = async (permission: Permission) => {
    await grantPermission(username, permission);
    await refresh();
  };
  const revoke = async (permission: Permission) => {
    try {
      await revokePermission(username, permission);
      await refresh();
      const undo = { label: 'Undo', run: () => void grant(permission).catch(tellFailure) };
      tell(`${username} no longer has ${permissionText(permission)}.`, undo);
    } catch (failure) {
      tellFailure(failure);
    }
  };
  return (
    <Dialog title={`Permissions of ${username}`} onClose={onClose}>
      {error !== null && <Nothing>They cannot be read: {error.message}</Nothing>}
      {error === null && data.length === 0 && (
        <Nothing>Nothing was given: what everybody may is what they may.</Nothing>
      )}
      {data.length > 0 && (
        <ul className={styles.list}>
          {data.map((each) => (
            <li key={`${each.roleName} ${permissionText(each)}`}>
              <span>
                {permissionText(each)}
                {each.roleName !== undefined && <span className={styles.quiet}>, as {each.roleName}</span>}
              </span>
              {each.roleName === undefined && (
                <IconButton icon="trash" label={`Take ${permissionText(each)}`} onClick={() => void revoke(each)} />
              )}
            </li>
          ))}
        </ul>
      )}
      <PermissionForm onGrant={grant} onClose={onClose} />
    </Dialog>
  );
}

const tellFailure = (failure: unknown): void => tellTrouble(sentenceOf(failure));
