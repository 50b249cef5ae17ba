import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '../../api/api-error.ts';
import { queryKeys } from '../../api/query-keys.ts';
import type { SessionUser, SignInWay } from '../../api/session.ts';
import { listUsers, setAdmin, type User } from '../../api/users.ts';
import { Button } from '../../ui/button/button.tsx';
import type { Command } from '../../ui/commands/command.ts';
import { MenuButton } from '../../ui/menu/menu-button.tsx';
import { Nothing, Section } from '../../ui/page/section.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { Table } from '../../ui/table/table.tsx';
import { tell, tellTrouble } from '../../ui/toasts/toast-store.ts';
import { PermissionsDialog } from './permissions-dialog.tsx';
import styles from './settings.module.css';
import { DeleteUserDialog, NewUserDialog, ResetPasswordDialog } from './user-dialogs.tsx';
import { UserRolesDialog } from './user-roles-dialog.tsx';

type Act = 'permissions' | 'roles' | 'password' | 'delete';

interface Props {
  readonly user: SessionUser;
  readonly way: SignInWay;
}

/** All users, for admins. */
export function Users({ user: self, way }: Props) {
  const client = useQueryClient();
  const [isNewOpen, setNewOpen] = useState(false);
  const [open, setOpen] = useState<{ readonly act: Act; readonly username: string }>();
  const close = () => setOpen(undefined);
  const { data, error, refetch } = useUsers();
  const changeAdmin = async (username: string, isAdmin: boolean) => {
    try {
      await setAdmin(username, isAdmin);
      await client.invalidateQueries({ queryKey: queryKeys.users });
      const undo = { label: 'Undo', run: () => void changeAdmin(username, !isAdmin) };
      tell(isAdmin ? `${username} is an admin now.` : `${username} is no longer an admin.`, undo);
    } catch (failure) {
      tellTrouble(sentenceOf(failure));
    }
  };
  const byPassword = way.kind === 'password';
  const commandsFor = ({ username, isAdmin }: User): readonly Command[] => {
    const notOneself = username === self.username ? 'Another admin must do that' : undefined;
    const run = (act: Act) => () => setOpen({ act, username });
    return [
      { id: 'permissions', title: 'Permissions', icon: 'check', run: run('permissions') },
      { id: 'roles', title: 'Roles', icon: 'tag', run: run('roles') },
      {
        id: 'admin',
        title: isAdmin ? 'Make no admin' : 'Make admin',
        icon: 'up',
        disabledReason: notOneself,
        run: () => void changeAdmin(username, !isAdmin),
      },
      ...(byPassword && username !== self.username
        ? [{ id: 'password', title: 'Set a new password', icon: 'edit', run: run('password') } as const]
        : []),
      { id: 'delete', title: 'Delete', icon: 'trash', isDanger: true, disabledReason: notOneself, run: run('delete') },
    ];
  };
  const chosen = data?.find(({ username }) => username === open?.username);
  return (
    <Section
      title="Users"
      tools={
        byPassword && (
          <Button look="primary" icon="plus" onClick={() => setNewOpen(true)}>
            New user
          </Button>
        )
      }
    >
      {!byPassword && <Nothing>Users come from your OpenID provider: each is made at their first sign-in.</Nothing>}
      {data === undefined && error === null && <Loading what="the users" />}
      {data === undefined && error !== null && (
        <Trouble title="The users cannot be shown" error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && (
        <Table
          label="Users"
          columns={['User name', 'Admin', 'Roles', 'Actions']}
          rows={data.map((user) => ({
            id: user.username,
            cells: [
              user.username,
              user.isAdmin ? 'yes' : 'no',
              user.roles.map(({ name }) => name).join(', '),
              <div key="actions" className={styles.actions}>
                <MenuButton label={`Actions for ${user.username}`} icon="menu" commands={commandsFor(user)} />
              </div>,
            ],
          }))}
        />
      )}
      {isNewOpen && <NewUserDialog onClose={() => setNewOpen(false)} />}
      {open?.act === 'permissions' && <PermissionsDialog username={open.username} onClose={close} />}
      {open?.act === 'roles' && chosen && <UserRolesDialog user={chosen} onClose={close} />}
      {open?.act === 'password' && <ResetPasswordDialog username={open.username} onClose={close} />}
      {open?.act === 'delete' && <DeleteUserDialog username={open.username} onClose={close} />}
    </Section>
  );
}

const useUsers = () => useQuery({ queryKey: queryKeys.users, queryFn: ({ signal }) => listUsers(signal) });
