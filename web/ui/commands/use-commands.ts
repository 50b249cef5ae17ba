import { useLayoutEffect } from 'react';
import type { Command } from './command.ts';
import { commandStore } from './command-store.ts';

/** Lets a view's commands be run by their shortcuts and found in the help while it is shown. */
export function useCommands(title: string, commands: readonly Command[]): void {
  // Before the view can be seen: a key that is pressed at once finds its command.
  useLayoutEffect(() => commandStore.add({ title, commands }), [title, commands]);
}
