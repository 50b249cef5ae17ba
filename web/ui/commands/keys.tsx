import { keysOf } from './command.ts';
import styles from './keys.module.css';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** A shortcut, as keys. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className={styles.keys}>
      {keysOf(shortcut, isMac).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
