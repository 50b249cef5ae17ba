import type { ReactNode } from 'react';
import styles from './columns.module.css';

/** The body of a page in two columns, the wide one first; below each other where the screen is narrow. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>;
}

/** Sections below each other. */
export function Column({ children }: { readonly children: ReactNode }) {
  return <div className={styles.column}>{children}</div>;
}
