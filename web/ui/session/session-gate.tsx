import { Fragment, type ReactNode, useSyncExternalStore } from 'react';
import { type SessionState, session } from '../../api/session.ts';
import { late } from '../late/late.tsx';
import { Loading } from '../states/states.tsx';

const SignInPage = late(
  () => import('./sign-in-page.tsx').then(({ SignInPage: page }) => page),
  () => <Loading what="the page" />,
);
const SignInDialog = late(() => import('./sign-in-dialog.tsx').then(({ SignInDialog: dialog }) => dialog));

interface Props {
  readonly state: SessionState;
  readonly children: ReactNode;
}

/** Draws the page for who may see it; asks who somebody is where nobody is signed in, or no longer. */
export function SessionGate({ state, children }: Props) {
  const generation = useSyncExternalStore(session.subscribe, session.generation);
  if (state.kind === 'signedOut' && state.before === undefined) {
    return <SignInPage state={state} />;
  }
  return (
    <>
      <Fragment key={generation}>{children}</Fragment>
      {state.kind === 'signedOut' && state.isAsked && <SignInDialog state={state} />}
    </>
  );
}
