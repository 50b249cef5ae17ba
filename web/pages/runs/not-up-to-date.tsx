import { useQueryClient } from '@tanstack/react-query';
import { ConnectionLostError, sentenceOf } from '../../api/api-error.ts';
import { Button } from '../../ui/button/button.tsx';

/** The first of the errors of some questions; null when all were answered. */
export const firstError = (questions: readonly { readonly error: Error | null }[]): Error | null =>
  questions.find(({ error }) => error !== null)?.error ?? null;

/** Tells quietly that what is shown is not kept fresh, and why. Of a lost connection the page tells elsewhere. */
export function NotUpToDate({ error }: { readonly error: Error | null }) {
  const client = useQueryClient();
  const retry = () =>
    void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
  return (
    <span role="status">
      {error !== null && !(error instanceof ConnectionLostError) && (
        <>
          {' · '}Not up to date: {sentenceOf(error)}{' '}
          <Button look="quiet" onClick={retry}>
            Try again
          </Button>
        </>
      )}
    </span>
  );
}
