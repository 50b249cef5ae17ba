import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import styles from './dialog.module.css';
import type { DialogProps } from './dialog.tsx';

/** What `Dialog` shows; loaded when the first one opens. */
export function ModalDialog({ title, onClose, children, size = 'small', isFirm = false }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={!isFirm}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className={styles.overlay}
    >
      <Modal className={classes(styles.modal, styles[size])}>
        <Dialog className={styles.dialog}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title} level={2}>
              {title}
            </Heading>
            <IconButton icon="close" label="Close" onClick={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
