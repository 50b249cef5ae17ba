import { useEffect, useState } from 'react';
import { type SessionState, session } from '../../api/session.ts';
import { Button, ButtonLink } from '../button/button.tsx';
import { TextField } from '../form/field.tsx';
import { Form } from '../form/form.tsx';
import styles from './sign-in.module.css';

interface Props {
  readonly state: Extract<SessionState, { readonly kind: 'signedOut' }>;
  /** Leaves it for later; undefined where there is nothing to be seen without. */
  readonly onPutOff?: () => void;
}

/** Asks who somebody is, in the way that the server wants it. */
export function SignIn({ state: { way, before }, onPutOff }: Props) {
  useComingBack();
  if (way.kind === 'provider')
    return <ProviderSignIn address={way.address} isAtWork={before !== undefined} onPutOff={onPutOff} />;
  return <PasswordSignIn username={before?.username ?? ''} onPutOff={onPutOff} />;
}

interface PasswordProps {
  readonly username: string;
  readonly onPutOff?: (() => void) | undefined;
}

function PasswordSignIn({ username: known, onPutOff }: PasswordProps) {
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  return (
    <Form
      submitLabel="Sign in"
      cancelLabel="Not now"
      onSubmit={() => session.signIn(username, password)}
      onCancel={onPutOff}
    >
      <TextField
        label="User name"
        autoComplete="username"
        autoCapitalize="none"
        autoFocus={known === ''}
        required
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        autoFocus={known !== ''}
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
    </Form>
  );
}

interface ProviderProps {
  readonly address: string;
  /** Whether something on this page waits: then the way leads through a tab of its own. */
  readonly isAtWork: boolean;
  readonly onPutOff?: (() => void) | undefined;
}

function ProviderSignIn({ address, isAtWork, onPutOff }: ProviderProps) {
  const { pathname, search } = window.location;
  const href = `${address}?return_to=${encodeURIComponent(pathname + search)}`;
  return (
    <div className={styles.provider}>
      <p>
        {isAtWork
          ? 'This server lets people in by single sign-on. It opens in another tab; come back to this one afterwards.'
          : 'This server lets people in by single sign-on.'}
      </p>
      <ButtonLink href={href} isApart={isAtWork}>
        Sign in with single sign-on
      </ButtonLink>
      {onPutOff && (
        <Button look="quiet" onClick={onPutOff}>
          Not now
        </Button>
      )}
    </div>
  );
}

/** Looks whether somebody signed in meanwhile, in another tab, whenever this one is looked at. */
function useComingBack(): void {
  useEffect(() => {
    const look = (): void => {
      // If nobody answers, the banner says so, and the form is still there.
      if (document.visibilityState === 'visible') session.refresh().catch(() => undefined);
    };
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}
