/** A short message that lies over the page for a while. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly isError: boolean;
  /** Something to do about it, such as Undo. */
  readonly action: ToastAction | undefined;
}

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

const SHOWN_MS = 6_000;
/** What can be undone or went wrong needs more time to be read and reached. */
const SHOWN_LONGER_MS = 12_000;
const MOST = 4;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function add(text: string, isError: boolean, action: ToastAction | undefined): void {
  const id = nextId;
  nextId += 1;
  change([...toasts, { id, text, isError, action }].slice(-MOST));
  setTimeout(() => dismissToast(id), isError || action ? SHOWN_LONGER_MS : SHOWN_MS);
}

/** Tells that something was done, and how to undo it. */
export const tell = (text: string, action?: ToastAction): void => add(text, false, action);

/** Tells that something went wrong: what, and what can be done. */
export const tellTrouble = (text: string, action?: ToastAction): void => add(text, true, action);

export const dismissToast = (id: number): void => change(toasts.filter((toast) => toast.id !== id));

export const toastStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  toasts: (): readonly Toast[] => toasts,
} as const;
