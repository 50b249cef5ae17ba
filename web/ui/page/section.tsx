import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

interface Props {
  readonly title: ReactNode;
  /** What acts on the section, beside its title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under a heading, which names it. */
export function Section({ title, tools, children }: Props) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.heading}>
        <h2 id={id}>{title}</h2>
        {tools}
      </header>
      {children}
    </section>
  );
}

/** What is said where a section has nothing to show. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className={styles.nothing}>{children}</p>;
}
