import { Link } from 'wouter';
import { classes } from '../ui/classes.ts';
import { firstLine } from '../ui/markdown/first-line.ts';
import styles from './cells.module.css';

interface LinkProps {
  readonly href: string;
  readonly text: string;
  /** Whether it is what the row is called. */
  readonly isName?: boolean;
}

/** Where a row, or something in it, leads. Not a stop of the keyboard: Enter opens the active row. */
export function LinkCell({ href, text, isName = false }: LinkProps) {
  return (
    <Link href={href} className={classes(styles.text, isName && styles.name)} title={text} tabIndex={-1}>
      {text}
    </Link>
  );
}

/** The first line of a text; all of it shows on hover. */
export function TextCell({ text }: { readonly text: string | undefined }) {
  return (
    <span className={styles.text} title={text}>
      {firstLine(text)}
    </span>
  );
}

/** What a cell says that has nothing to show. */
export function NoneCell({ text }: { readonly text: string }) {
  return <span className={styles.none}>{text}</span>;
}
