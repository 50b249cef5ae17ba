import { useState } from 'react';
import { type SessionUser, type SignInWay, session } from '../../api/session.ts';
import { setPassword } from '../../api/users.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Facts } from '../../ui/facts/facts.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Section } from '../../ui/page/section.tsx';
import { tell } from '../../ui/toasts/toast-store.ts';
import { HeldPermissions } from './held-permissions.tsx';
import { NewPasswordField } from './new-password-field.tsx';

interface Props {
  readonly user: SessionUser;
  readonly way: SignInWay;
}

/** Who is signed in, and what they may do. */
export function Account({ user: { username, isAdmin }, way }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Your account"
      tools={way.kind === 'password' && <Button onClick={() => setOpen(true)}>Change password</Button>}
    >
      <Facts
        facts={[
          { title: 'User name', shown: username },
          { title: 'You are', shown: isAdmin ? 'an admin, who may do everything' : 'a user' },
          { title: 'Permissions', shown: !isAdmin && <HeldPermissions username={username} /> },
        ]}
      />
      {isOpen && <OwnPasswordDialog username={username} onClose={() => setOpen(false)} />}
    </Section>
  );
}

interface DialogProps {
  readonly username: string;
  readonly onClose: () => void;
}

function OwnPasswordDialog({ username, onClose }: DialogProps) {
  const [current, setCurrent] = useState('');
  const [password, setNew] = useState('');
  const submit = async () => {
    await setPassword(username, password, current);
    onClose();
    tell('Your password is changed. All your sessions have ended; sign in with the new one.');
    await session.refresh();
  };
  return (
    <Dialog title="Change your password" onClose={onClose}>
      <Form submitLabel="Change password" onSubmit={submit} onCancel={onClose}>
        <p>It ends all your sessions, here and in other browsers. Tokens stay good.</p>
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          autoFocus
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <NewPasswordField value={password} onChange={setNew} />
      </Form>
    </Dialog>
  );
}
