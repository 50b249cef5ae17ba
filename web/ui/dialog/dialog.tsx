import type { ReactNode } from 'react';
import { late } from '../late/late.tsx';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: 'small' | 'large';
  /** Whether a click beside it leaves it open. */
  readonly isFirm?: boolean;
}

/** A dialog over the page while it is drawn: it holds the focus, gives it back, and closes with Escape. */
export const Dialog = late<DialogProps>(() => import('./modal.tsx').then(({ ModalDialog }) => ModalDialog));
