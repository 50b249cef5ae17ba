import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { sentenceOf } from '../../api/api-error.ts';
import { type SessionState, session } from '../../api/session.ts';
import { links } from '../../routes/links.ts';
import { Button } from '../button/button.tsx';
import type { Command } from '../commands/command.ts';
import { MenuButton } from '../menu/menu-button.tsx';
import { tellTrouble } from '../toasts/toast-store.ts';
import styles from './user-menu.module.css';

/** Who is signed in, and what they do about it; nothing on a server without users. */
export function UserMenu({ state }: { readonly state: SessionState }) {
  if (state.kind === 'signedIn') return <SignedIn username={state.user.username} />;
  if (state.kind !== 'signedOut' || state.isAsked) return null;
  return (
    <Button look="primary" onClick={session.askAgain}>
      Sign in
    </Button>
  );
}

function SignedIn({ username }: { readonly username: string }) {
  const [, navigate] = useLocation();
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'settings', title: 'Tokens and password', icon: 'user', run: () => navigate(links.settings()) },
      { id: 'sign out', title: 'Sign out', icon: 'signOut', run: () => void signOut() },
    ],
    [navigate],
  );
  return (
    <MenuButton label={`Signed in as ${username}`} icon="user" commands={commands}>
      <span className={styles.name}>{username}</span>
    </MenuButton>
  );
}

async function signOut(): Promise<void> {
  try {
    await session.signOut();
  } catch (error) {
    tellTrouble(`You are still signed in: ${sentenceOf(error)}`);
  }
}
