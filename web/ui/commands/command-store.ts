import type { Command } from './command.ts';

/** A title over commands that belong together, as the help shows them. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

let groups: readonly CommandGroup[] = [];
const listeners = new Set<() => void>();

function change(next: readonly CommandGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

/** The commands of all views on the page, the innermost last. */
export const commandStore = {
  groups: (): readonly CommandGroup[] => groups,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Adds commands; gives back how to take them away. */
  add: (group: CommandGroup): (() => void) => {
    change([...groups, group]);
    return () => change(groups.filter((each) => each !== group));
  },
} as const;
