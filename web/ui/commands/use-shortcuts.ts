import { useEffect } from 'react';
import { commandOf, type Place, shortcutOf } from './command.ts';
import { commandStore } from './command-store.ts';

/** Runs commands by their shortcuts; keys that are typed into a field, or belong to an open dialog or menu, stay there. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const shortcut = shortcutOf(event);
      if (shortcut === undefined) return;
      const commands = commandStore.groups().flatMap(({ commands: ofGroup }) => ofGroup);
      const command = commandOf(commands, shortcut, placeOf(event.target));
      if (command === undefined) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

const FIELDS = 'input:not([type=checkbox]), textarea, select, [contenteditable=true]';
const OVERLAYS = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'page';
  if (target.closest(OVERLAYS) !== null) return 'overlay';
  return target.closest(FIELDS) === null ? 'page' : 'field';
}
