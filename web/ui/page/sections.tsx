import type { ReactNode } from 'react';
import styles from './sections.module.css';

/** The body of a page whose sections stand below each other, no wider than can be read. */
export function Sections({ children }: { readonly children: ReactNode }) {
  return <div className={styles.sections}>{children}</div>;
}
