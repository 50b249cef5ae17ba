import { useSyncExternalStore } from 'react';
import { commandStore } from '../commands/command-store.ts';
import { Keys } from '../commands/keys.tsx';
import { Dialog } from '../dialog/dialog.tsx';
import styles from './help-dialog.module.css';

/** All shortcuts that work now. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const groups = useSyncExternalStore(commandStore.subscribe, commandStore.groups);
  return (
    <Dialog title="Shortcuts" onClose={onClose}>
      {groups.map(({ title, commands }) => (
        <section key={title} className={styles.group}>
          <h3>{title}</h3>
          <dl className={styles.list}>
            {commands.map(
              ({ id, title: what, shortcut }) =>
                shortcut !== undefined && (
                  <div key={id} className={styles.line}>
                    <dt>{what}</dt>
                    <dd>
                      <Keys shortcut={shortcut} />
                    </dd>
                  </div>
                ),
            )}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
