import { useEffect } from 'react';
import { commandOf, shortcutOf } from './command.ts';
import { commandStore } from './command-store.ts';

/** Runs commands by their shortcuts; keys that are typed into a field, or belong to an open dialog or menu, stay there. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      const shortcut = shortcutOf(event);
      if (shortcut === undefined) return;
      const command = commandOf(
        commandStore.groups().flatMap(({ commands }) => commands),
        shortcut,
      );
      if (command === undefined) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

const ELSEWHERE =
  'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(ELSEWHERE) !== null;
