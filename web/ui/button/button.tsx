import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes.ts';
import { Icon, type IconName } from '../icon/icon.tsx';
import styles from './button.module.css';

interface Props extends Omit<ComponentProps<'button'>, 'className'> {
  /** `primary` for the one thing a view is for, `quiet` among many, `danger` for what takes something away. */
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly icon?: IconName | undefined;
  /** Whether the words may go where the screen is narrow; the icon and the name for a screen reader stay. */
  readonly isCompact?: boolean;
}

/** A button with words; an icon may stand before them. */
export function Button({ look = 'plain', icon, isCompact = false, children, ...rest }: Props) {
  return (
    <button type="button" className={classes(styles.button, styles[look])} {...rest}>
      {icon && <Icon name={icon} />}
      {isCompact ? <span className={styles.words}>{children}</span> : children}
    </button>
  );
}

interface LinkProps {
  readonly href: string;
  /** Whether it opens in a tab of its own. */
  readonly isApart: boolean;
  readonly children: ReactNode;
}

/** A link out of the page that is the one thing a view is for; it looks like a button. */
export function ButtonLink({ href, isApart, children }: LinkProps) {
  return (
    <a
      className={classes(styles.button, styles.primary)}
      href={href}
      {...(isApart ? { target: '_blank', rel: 'noopener' } : {})}
    >
      {children}
    </a>
  );
}

interface IconButtonProps extends Omit<Props, 'children' | 'icon' | 'isCompact'> {
  readonly icon: IconName;
  /** What it does; the name for a screen reader, and what shows on hover. */
  readonly label: string;
}

/** A button that is a picture alone. */
export function IconButton({ icon, label, look = 'quiet', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={classes(styles.button, styles.square, styles[look])}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
