import styles from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

interface Props {
  readonly code: string;
  readonly what: string;
}

/** Lines of code to paste somewhere. */
export function CodeBlock({ code, what }: Props) {
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={styles.code} tabIndex={0}>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} what={what} />
    </div>
  );
}
