import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '../../api/api-error.ts';
import { queryKeys } from '../../api/query-keys.ts';
import {
  addRolePermission,
  createRole,
  deleteRole,
  type Permission,
  type Role,
  removeRolePermission,
} from '../../api/users.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Nothing } from '../../ui/page/section.tsx';
import { tell, tellTrouble } from '../../ui/toasts/toast-store.ts';
import { PermissionForm } from './permission-form.tsx';
import { permissionText } from './permission-text.ts';
import styles from './settings.module.css';

/** A role shows among the roles, and with the users who have it. */
async function refreshRoles(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: queryKeys.roles });
  await client.invalidateQueries({ queryKey: queryKeys.users });
}

/** Makes a role, without permissions yet. */
export function NewRoleDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const submit = async () => {
    await createRole(name.trim(), description.trim());
    await refreshRoles(client);
    onClose();
    tell(`Made the role “${name.trim()}”.`);
  };
  return (
    <Dialog title="New role" onClose={onClose}>
      <Form submitLabel="Make role" onSubmit={submit} onCancel={onClose}>
        <TextField label="Name" autoFocus required value={name} onChange={(event) => setName(event.target.value)} />
        <TextField
          label="What it is for"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Form>
    </Dialog>
  );
}

interface Props {
  readonly role: Role;
  readonly onClose: () => void;
}

/** What whoever has a role may do: given and taken. */
export function RolePermissionsDialog({ role: { roleId, name, permissions }, onClose }: Props) {
  const client = useQueryClient();
  const grant = async (permission: Permission) => {
    await addRolePermission(roleId, permission);
    await refreshRoles(client);
  };
  const remove = async (permissionId: number) => {
    try {
      await removeRolePermission(permissionId);
      await refreshRoles(client);
    } catch (failure) {
      tellTrouble(sentenceOf(failure));
    }
  };
  return (
    <Dialog title={`Permissions of the role ${name}`} onClose={onClose}>
      {permissions.length === 0 && <Nothing>It gives nothing yet.</Nothing>}
      {permissions.length > 0 && (
        <ul className={styles.list}>
          {permissions.map((each) => (
            <li key={each.permissionId}>
              <span>{permissionText(each)}</span>
              <IconButton
                icon="trash"
                label={`Take ${permissionText(each)}`}
                onClick={() => void remove(each.permissionId)}
              />
            </li>
          ))}
        </ul>
      )}
      <PermissionForm onGrant={grant} onClose={onClose} />
    </Dialog>
  );
}

/** Asks before a role goes, with its name. */
export function DeleteRoleDialog({ role: { roleId, name }, onClose }: Props) {
  const client = useQueryClient();
  const submit = async () => {
    await deleteRole(roleId);
    await refreshRoles(client);
    onClose();
    tell(`Deleted the role “${name}”.`);
  };
  return (
    <Dialog title={`Delete the role “${name}”?`} onClose={onClose}>
      <Form submitLabel="Delete for good" isDanger onSubmit={submit} onCancel={onClose}>
        <p>Whoever has it loses what it gives. This cannot be undone.</p>
      </Form>
    </Dialog>
  );
}
