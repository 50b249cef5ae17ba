import { useState } from 'react';
import { Button } from '../../ui/button/button.tsx';
import { Nothing, Section } from '../../ui/page/section.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { Table } from '../../ui/table/table.tsx';
import { permissionText } from './permission-text.ts';
import { DeleteRoleDialog, NewRoleDialog, RolePermissionsDialog } from './role-dialogs.tsx';
import styles from './settings.module.css';
import { useRoles } from './use-roles.ts';

/** Permissions that users are given together, for admins. */
export function Roles() {
  const [isNewOpen, setNewOpen] = useState(false);
  const [open, setOpen] = useState<{ readonly act: 'permissions' | 'delete'; readonly roleId: number }>();
  const close = () => setOpen(undefined);
  const { data, error, refetch } = useRoles();
  const chosen = data?.find(({ roleId }) => roleId === open?.roleId);
  return (
    <Section
      title="Roles"
      tools={
        <Button icon="plus" onClick={() => setNewOpen(true)}>
          New role
        </Button>
      }
    >
      {data === undefined && error === null && <Loading what="the roles" />}
      {data === undefined && error !== null && (
        <Trouble title="The roles cannot be shown" error={error} onRetry={() => void refetch()} />
      )}
      {data?.length === 0 && (
        <Nothing>
          None yet. A role is a set of permissions that users are given together; a promotion may want the approval of
          one who has it.
        </Nothing>
      )}
      {data !== undefined && data.length > 0 && (
        <Table
          label="Roles"
          columns={['Role', 'For', 'Permissions', 'Actions']}
          rows={data.map(({ roleId, name, description, permissions }) => ({
            id: String(roleId),
            cells: [
              name,
              description,
              <span key="permissions" className={styles.words}>
                {permissions.map((each) => (
                  <span key={each.permissionId} className={styles.word}>
                    {permissionText(each)}
                  </span>
                ))}
              </span>,
              <div key="actions" className={styles.actions}>
                <Button
                  look="quiet"
                  aria-label={`Permissions of ${name}`}
                  onClick={() => setOpen({ act: 'permissions', roleId })}
                >
                  Permissions
                </Button>
                <Button
                  look="quiet"
                  icon="trash"
                  aria-label={`Delete ${name}`}
                  onClick={() => setOpen({ act: 'delete', roleId })}
                >
                  Delete
                </Button>
              </div>,
            ],
          }))}
        />
      )}
      {isNewOpen && <NewRoleDialog onClose={() => setNewOpen(false)} />}
      {open?.act === 'permissions' && chosen && <RolePermissionsDialog role={chosen} onClose={close} />}
      {open?.act === 'delete' && chosen && <DeleteRoleDialog role={chosen} onClose={close} />}
    </Section>
  );
}
