import type { SessionState } from '../../api/session.ts';
import { usePageTitle } from '../shell/page-title.ts';
import styles from './sign-in.module.css';
import { SignIn } from './sign-in.tsx';

interface Props {
  readonly state: Extract<SessionState, { readonly kind: 'signedOut' }>;
}

/** Stands in the place of every page until somebody signs in; then that page is drawn, at the same address. */
export function SignInPage({ state }: Props) {
  usePageTitle('Sign in');
  return (
    <div className={styles.page}>
      <div className={styles.card}>
        <h1>Sign in to Tracklet</h1>
        <SignIn state={state} />
      </div>
    </div>
  );
}
