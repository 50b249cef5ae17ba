import { type ReactNode, useState } from 'react';
import { sentenceOf } from '../../api/api-error.ts';
import { session } from '../../api/session.ts';
import { Button } from '../button/button.tsx';
import styles from './form.module.css';

interface Props {
  readonly submitLabel: string;
  readonly isDanger?: boolean;
  /** Does it; what it throws is shown, and the form stays. */
  readonly onSubmit: () => Promise<void>;
  /** Gives up; undefined where there is nothing to go back to. */
  readonly onCancel: (() => void) | undefined;
  readonly cancelLabel?: string;
  readonly children: ReactNode;
}

/** Fields, and below them what submits them and what gives up. */
export function Form({ submitLabel, isDanger = false, onSubmit, onCancel, cancelLabel = 'Cancel', children }: Props) {
  const [trouble, setTrouble] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    setTrouble(undefined);
    // Who put signing in off wants something again.
    session.askAgain();
    try {
      await onSubmit();
    } catch (error) {
      setTrouble(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      {trouble !== undefined && (
        <p role="alert" className={styles.trouble}>
          {trouble}
        </p>
      )}
      <div className={styles.buttons}>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {cancelLabel}
          </Button>
        )}
        {/* Not disabled: that would take the focus out of the dialog, and Escape would no longer close it. */}
        <Button type="submit" look={isDanger ? 'danger' : 'primary'} aria-disabled={isBusy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
