import type { IconName } from '../icon/icon.tsx';

/** Something a person can do, as data and one function: menus, buttons, shortcuts and the help read the same entry. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** As KeyboardEvent.key tells it, after `mod+` for Ctrl or ⌘: `/`, `x`, `Escape`, `mod+k`. */
  readonly shortcut?: string;
  /** Where the shortcut works beside the page itself: also in fields, or in fields and in dialogs and menus. */
  readonly reach?: 'fields' | 'everywhere';
  readonly icon?: IconName;
  readonly isDanger?: boolean;
  /** Why it cannot be done now; undefined when it can. */
  readonly disabledReason?: string | undefined;
  readonly run: () => void;
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The shortcut that a key press stands for. Shift is part of the key itself: `?` is a key. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey }: KeyPress): string | undefined {
  if (altKey) return undefined;
  return ctrlKey || metaKey ? `mod+${key.toLowerCase()}` : key;
}

/** Where a key was pressed: in a field that is typed in, in a dialog or menu over the page, or anywhere else. */
export type Place = 'page' | 'field' | 'overlay';

const reaches = ({ reach }: Command, place: Place): boolean =>
  place === 'page' || reach === 'everywhere' || (place === 'field' && reach === 'fields');

/** The command that a shortcut runs in a place: of two with the same, the one registered last, which belongs to the inner view. */
export const commandOf = (commands: readonly Command[], shortcut: string, place: Place = 'page'): Command | undefined =>
  commands.findLast(
    (command) => command.shortcut === shortcut && command.disabledReason === undefined && reaches(command, place),
  );

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Enter: '↵',
  ' ': 'Space',
};

/** A shortcut as it is shown, a text for each key. */
export function keysOf(shortcut: string, isMac: boolean): readonly string[] {
  const isModified = shortcut.startsWith('mod+');
  const key = isModified ? shortcut.slice('mod+'.length).toUpperCase() : shortcut;
  const name = KEY_NAMES[key] ?? key;
  return isModified ? [isMac ? '⌘' : 'Ctrl', name] : [name];
}
