import { type ReactNode, useRef, useState } from 'react';
import { Button, IconButton } from '../button/button.tsx';
import type { Command } from '../commands/command.ts';
import type { IconName } from '../icon/icon.tsx';
import { late } from '../late/late.tsx';

const Menu = late(() => import('./command-menu.tsx').then(({ CommandMenu }) => CommandMenu));

interface Props {
  readonly label: string;
  readonly icon: IconName;
  readonly commands: readonly Command[];
  /** Words beside the icon; without them it is a picture alone, named by the label. */
  readonly children?: ReactNode;
  readonly tabIndex?: number;
}

/** A button that opens a menu of commands. */
export function MenuButton({ label, icon, commands, children, tabIndex }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const common = {
    ref: button,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    tabIndex,
    onClick: () => setOpen(!isOpen),
  } as const;
  return (
    <>
      {children === undefined ? (
        <IconButton icon={icon} label={label} {...common} />
      ) : (
        <Button icon={icon} aria-label={label} {...common}>
          {children}
        </Button>
      )}
      {isOpen && <Menu label={label} commands={commands} anchor={button} onClose={() => setOpen(false)} />}
    </>
  );
}
