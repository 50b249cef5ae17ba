import { useSyncExternalStore } from 'react';
import { Button, IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import { dismissToast, type Toast, toastStore } from './toast-store.ts';
import styles from './toasts.module.css';

/** The messages of the page; read out as they come. */
export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.toasts);
  return (
    <section className={styles.region} aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast: { id, text, isError, action } }: { readonly toast: Toast }) {
  const act = () => {
    dismissToast(id);
    action?.run();
  };
  return (
    <div className={classes(styles.toast, isError && styles.trouble)} role={isError ? 'alert' : undefined}>
      <span className={styles.text}>{text}</span>
      {action && (
        <Button look="quiet" onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label="Dismiss" onClick={() => dismissToast(id)} />
    </div>
  );
}
