import type { ReactNode } from 'react';
import { ApiError, ConnectionLostError, sentenceOf } from '../../api/api-error.ts';
import { Button } from '../button/button.tsx';
import styles from './states.module.css';

/** What is shown while the first answer is awaited: the outlines of rows, and a sentence for who cannot see them. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div className={styles.loading} role="status">
      <span className={styles.hidden}>Loading {what}…</span>
      {LINES.map((line) => (
        <span key={line} className={styles.line} />
      ))}
    </div>
  );
}

const LINES = ['a', 'b', 'c', 'd', 'e', 'f'];

interface EmptyProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** What is shown where nothing is: why, and what to do. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <section className={styles.state}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface TroubleProps {
  /** What could not be done, such as `The experiments cannot be shown`. */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What is shown where something failed: what happened, what to do, and another try. */
export function Trouble({ title, error, onRetry }: TroubleProps) {
  return (
    <section className={styles.state} role="alert">
      <h2>{title}</h2>
      <p>{sentenceOf(error)}</p>
      <p className={styles.hint}>{adviceFor(error)}</p>
      <div>
        <Button icon="refresh" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </section>
  );
}

/** What a person can do about an error. */
function adviceFor(error: unknown): string {
  if (error instanceof ConnectionLostError)
    return 'It is asked again by itself. Check that the server runs and that you are online.';
  if (!(error instanceof ApiError))
    return 'This is a fault of the page. Reload it; if it comes back, please report it.';
  if (error.status === 401) return 'Sign in, or ask whoever runs this server for access.';
  if (error.status === 403) return 'Ask whoever owns it for permission.';
  if (error.status === 404) return 'It may have been deleted for good, or the link may be of another server.';
  if (error.status >= 500) return `The server’s log has the details (${error.code}).`;
  return error.code;
}
