import { sentenceOf } from '../../api/api-error.ts';
import { Button } from '../button/button.tsx';
import styles from './states.module.css';

interface Props {
  /** What is missing, such as `The gate`. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Stands in the place of a part that could not be read, among others that could: why, and another try. */
export function NotRead({ what, error, onRetry }: Props) {
  return (
    <div role="alert" className={styles.notRead}>
      <span>
        {what} could not be read: {sentenceOf(error)}
      </span>
      <Button look="quiet" icon="refresh" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
