import { type FocusEvent, useMemo, useRef, useSyncExternalStore } from 'react';
import { Button, IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/use-commands.ts';
import { dismissToast, holdToast, type Toast, toastStore } from './toast-store.ts';
import styles from './toasts.module.css';

/** The messages of the page; read out as they come. F6 goes to the newest and back, out of a dialog, too. */
export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.toasts);
  const region = useRef<HTMLElement>(null);
  const cameFrom = useRef<Element>(null);
  const isEmpty = toasts.length === 0;
  const commands = useMemo<readonly Command[]>(() => {
    const goOrReturn = () => {
      if (region.current?.contains(document.activeElement)) focusOn(cameFrom.current);
      else focusOn(region.current?.lastElementChild?.querySelector('button'));
    };
    const disabledReason = isEmpty ? 'There is no message' : undefined;
    return [
      {
        id: 'messages',
        title: 'Go to the messages and back',
        shortcut: 'F6',
        reach: 'everywhere',
        disabledReason,
        run: goOrReturn,
      },
    ];
  }, [isEmpty]);
  useCommands('Messages', commands);
  const remember = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Element && !region.current?.contains(relatedTarget)) cameFrom.current = relatedTarget;
  };
  const dismiss = (id: number) => {
    if (region.current?.contains(document.activeElement)) focusOn(cameFrom.current);
    dismissToast(id);
  };
  return (
    // React Aria: what is marked so stays in reach while a dialog is open, and a click there does not close it.
    <section
      ref={region}
      className={styles.region}
      aria-label="Messages"
      aria-live="polite"
      data-react-aria-top-layer="true"
      onFocus={remember}
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onDismiss={dismiss} />
      ))}
    </section>
  );
}

function focusOn(element: Element | null | undefined): void {
  if (element instanceof HTMLElement && element.isConnected) element.focus();
}

interface CardProps {
  readonly toast: Toast;
  readonly onDismiss: (id: number) => void;
}

function ToastCard({ toast: { id, text, isError, action }, onDismiss }: CardProps) {
  const act = () => {
    onDismiss(id);
    action?.run();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it stays while it is looked at; the buttons in it do things.
    <div
      className={classes(styles.toast, isError && styles.trouble)}
      role={isError ? 'alert' : undefined}
      onPointerEnter={() => holdToast(id, 'pointer', true)}
      onPointerLeave={() => holdToast(id, 'pointer', false)}
      onFocus={() => holdToast(id, 'focus', true)}
      onBlur={() => holdToast(id, 'focus', false)}
    >
      <span className={styles.text}>{text}</span>
      {action && (
        <Button look="quiet" onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label="Dismiss" onClick={() => onDismiss(id)} />
    </div>
  );
}
