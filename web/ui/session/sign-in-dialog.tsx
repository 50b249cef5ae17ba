import { type SessionState, session } from '../../api/session.ts';
import { Dialog } from '../dialog/dialog.tsx';
import { SignIn } from './sign-in.tsx';

interface Props {
  readonly state: Extract<SessionState, { readonly kind: 'signedOut' }>;
}

/** Asks again in the middle of work: what was typed stays below it, and what was sent goes on. */
export function SignInDialog({ state }: Props) {
  return (
    <Dialog title="Your session has ended" onClose={session.putOff} isFirm>
      <p>Sign in again to go on: nothing that you typed is lost.</p>
      <SignIn state={state} onPutOff={session.putOff} />
    </Dialog>
  );
}
