import { lazy, type ReactNode, Suspense } from 'react';

const Modal = lazy(() => import('./modal.tsx').then(({ ModalDialog }) => ({ default: ModalDialog })));

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: 'small' | 'large';
  /** Whether a click beside it leaves it open. */
  readonly isFirm?: boolean;
}

/** A dialog over the page while it is drawn: it holds the focus, gives it back, and closes with Escape. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense fallback={null}>
      <Modal {...props} />
    </Suspense>
  );
}
