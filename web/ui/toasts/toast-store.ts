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

/** What keeps messages from going: the pointer over one, or the focus in it. */
export type ToastHolder = 'pointer' | 'focus';

const SHOWN_MS = 6_000;
/** What can be undone or went wrong needs more time to be read and reached. */
const SHOWN_LONGER_MS = 12_000;
/** Whoever let go of a message may come back to it. */
const SHOWN_AFTER_HOLD_MS = 3_000;
const MOST = 4;

/** How long a message is still shown; `timer` is undefined while messages are held. */
interface Countdown {
  readonly leftMs: number;
  readonly startedAt: number;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const countdowns = new Map<number, Countdown>();
const holders = new Map<number, ReadonlySet<ToastHolder>>();
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function add(text: string, isError: boolean, action: ToastAction | undefined): void {
  const id = nextId;
  nextId += 1;
  count(id, isError || action ? SHOWN_LONGER_MS : SHOWN_MS);
  change([...toasts, { id, text, isError, action }]);
  for (const { id: old } of toasts.slice(0, -MOST)) dismissToast(old);
}

/** Lets a message go after a time, which stands still while any message is held. */
function count(id: number, leftMs: number): void {
  const timer = holders.size > 0 ? undefined : setTimeout(() => dismissToast(id), leftMs);
  countdowns.set(id, { leftMs, startedAt: Date.now(), timer });
}

function pause(): void {
  for (const [id, { leftMs, startedAt, timer }] of countdowns) {
    clearTimeout(timer);
    const left = Math.max(leftMs - (Date.now() - startedAt), SHOWN_AFTER_HOLD_MS);
    countdowns.set(id, { leftMs: left, startedAt, timer: undefined });
  }
}

function goOn(): void {
  for (const [id, { leftMs }] of countdowns) count(id, leftMs);
}

/** Keeps all messages while one of them is pointed at or has the focus, or lets go of them again. */
export function holdToast(id: number, holder: ToastHolder, isHeld: boolean): void {
  const before = holders.size > 0;
  const own = new Set(holders.get(id));
  if (isHeld) own.add(holder);
  else own.delete(holder);
  if (own.size > 0) holders.set(id, own);
  else holders.delete(id);
  const after = holders.size > 0;
  if (before !== after) (after ? pause : goOn)();
}

/** Tells that something was done, and how to undo it. */
export const tell = (text: string, action?: ToastAction): void => add(text, false, action);

/** Tells that something went wrong: what, and what can be done. */
export const tellTrouble = (text: string, action?: ToastAction): void => add(text, true, action);

/** Takes a message away; one that is gone holds the others no longer. */
export function dismissToast(id: number): void {
  clearTimeout(countdowns.get(id)?.timer);
  countdowns.delete(id);
  if (holders.delete(id) && holders.size === 0) goOn();
  change(toasts.filter((toast) => toast.id !== id));
}

export const toastStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  toasts: (): readonly Toast[] => toasts,
} as const;
