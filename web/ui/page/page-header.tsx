import type { ReactNode } from 'react';
import styles from './page.module.css';

interface Props {
  readonly title: ReactNode;
  /** What stands beside the title, quietly: a count, an id. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** The title of a page, and what a person does there. */
export function PageHeader({ title, aside, children }: Props) {
  return (
    <header className={styles.header}>
      <div className={styles.heading}>
        <h1>{title}</h1>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </div>
      <div className={styles.tools}>{children}</div>
    </header>
  );
}

/** What acts on a table: above it, in a line that wraps. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is for forms.
    <div role="group" aria-label={label} className={styles.toolbar}>
      {children}
    </div>
  );
}

/** The line of a toolbar that is typed in: as wide as what is typed there, and narrow with the screen. */
export function ToolbarSearch({ children }: { readonly children: ReactNode }) {
  return <div className={styles.search}>{children}</div>;
}
