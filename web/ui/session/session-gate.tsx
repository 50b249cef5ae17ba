import { Fragment, lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { type SessionState, session } from '../../api/session.ts';
import { Loading } from '../states/states.tsx';

const SignInPage = lazy(() => import('./sign-in-page.tsx').then(({ SignInPage: page }) => ({ default: page })));
const SignInDialog = lazy(() => import('./sign-in-dialog.tsx').then(({ SignInDialog: part }) => ({ default: part })));

interface Props {
  readonly state: SessionState;
  readonly children: ReactNode;
}

/** Draws the page for who may see it; asks who somebody is where nobody is signed in, or no longer. */
export function SessionGate({ state, children }: Props) {
  const generation = useSyncExternalStore(session.subscribe, session.generation);
  if (state.kind === 'signedOut' && state.before === undefined) {
    return (
      <Suspense fallback={<Loading what="the page" />}>
        <SignInPage state={state} />
      </Suspense>
    );
  }
  return (
    <>
      <Fragment key={generation}>{children}</Fragment>
      {state.kind === 'signedOut' && state.isAsked && (
        <Suspense fallback={null}>
          <SignInDialog state={state} />
        </Suspense>
      )}
    </>
  );
}
