import { Button } from '../button/button.tsx';
import type { Command } from './command.ts';

interface Props {
  readonly command: Command;
  readonly look?: 'plain' | 'primary' | 'quiet';
}

/** A button that runs a command; why it cannot, or its shortcut, shows on hover. */
export function CommandButton({
  command: { title, icon, shortcut, disabledReason, isDanger, run },
  look = 'plain',
}: Props) {
  return (
    <Button
      look={isDanger ? 'danger' : look}
      icon={icon}
      isCompact={look === 'quiet'}
      onClick={run}
      disabled={disabledReason !== undefined}
      title={disabledReason ?? (shortcut && `Shortcut: ${shortcut}`)}
    >
      {title}
    </Button>
  );
}
