import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { createUser, deleteUser, setPassword } from '../../api/users.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { tell } from '../../ui/toasts/toast-store.ts';
import { NewPasswordField } from './new-password-field.tsx';

/** Makes a user, who signs in by a password. */
export function NewUserDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setNew] = useState('');
  const submit = async () => {
    await createUser(username.trim(), password);
    await client.invalidateQueries({ queryKey: queryKeys.users });
    onClose();
    tell(`${username.trim()} can sign in now.`);
  };
  return (
    <Dialog title="New user" onClose={onClose}>
      <Form submitLabel="Make user" onSubmit={submit} onCancel={onClose}>
        <TextField
          label="User name"
          autoFocus
          required
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <NewPasswordField value={password} onChange={setNew} />
        <p>Tell it to them by a safe way; they can change it here.</p>
      </Form>
    </Dialog>
  );
}

interface Props {
  readonly username: string;
  readonly onClose: () => void;
}

/** Sets the password of somebody who lost theirs. */
export function ResetPasswordDialog({ username, onClose }: Props) {
  const [password, setNew] = useState('');
  const submit = async () => {
    await setPassword(username, password);
    onClose();
    tell(`${username} has a new password. Their sessions have ended.`);
  };
  return (
    <Dialog title={`New password for ${username}`} onClose={onClose}>
      <Form submitLabel="Set password" onSubmit={submit} onCancel={onClose}>
        <p>The old one no longer works, and all sessions of {username} end. Tokens stay good.</p>
        <NewPasswordField value={password} onChange={setNew} />
      </Form>
    </Dialog>
  );
}

/** Asks before a user goes, with what goes with them. */
export function DeleteUserDialog({ username, onClose }: Props) {
  const client = useQueryClient();
  const submit = async () => {
    await deleteUser(username);
    await client.invalidateQueries({ queryKey: queryKeys.users });
    onClose();
    tell(`Deleted the user ${username}.`);
  };
  return (
    <Dialog title={`Delete the user ${username}?`} onClose={onClose}>
      <Form submitLabel="Delete for good" isDanger onSubmit={submit} onCancel={onClose}>
        <p>
          {username} can no longer sign in; their tokens and sessions end, and their permissions go. This cannot be
          undone: who is made later by the same name is somebody else.
        </p>
        <p>What they logged and made stays.</p>
      </Form>
    </Dialog>
  );
}
