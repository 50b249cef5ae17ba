import type { RefObject } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import { classes } from '../classes.ts';
import type { Command } from '../commands/command.ts';
import { Keys } from '../commands/keys.tsx';
import { Icon } from '../icon/icon.tsx';
import styles from './menu.module.css';

interface Props {
  readonly label: string;
  readonly commands: readonly Command[];
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** Commands in a menu below what it belongs to; loaded when the first menu opens. */
export function CommandMenu({ label, commands, anchor, onClose }: Props) {
  return (
    <Popover
      aria-label={label}
      triggerRef={anchor}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom end"
      className={styles.popover ?? ''}
    >
      <Menu aria-label={label} autoFocus="first" className={styles.menu ?? ''} onClose={onClose}>
        {commands.map((command) => (
          <CommandItem key={command.id} command={command} />
        ))}
      </Menu>
    </Popover>
  );
}

function CommandItem({ command }: { readonly command: Command }) {
  const { id, title, icon, shortcut, isDanger, disabledReason, run } = command;
  return (
    <MenuItem
      id={id}
      textValue={title}
      isDisabled={disabledReason !== undefined}
      onAction={run}
      className={classes(styles.item, isDanger && styles.danger)}
    >
      <span className={styles.icon}>{icon && <Icon name={icon} />}</span>
      <span className={styles.words}>
        {title}
        {disabledReason !== undefined && <small className={styles.reason}>{disabledReason}</small>}
      </span>
      {shortcut !== undefined && <Keys shortcut={shortcut} />}
    </MenuItem>
  );
}
