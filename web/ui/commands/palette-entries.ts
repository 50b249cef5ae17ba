import type { CommandGroup } from './command-store.ts';

/** Something that the palette does when it is chosen. */
export interface PaletteEntry {
  readonly title: string;
  /** What it belongs to, such as the part of the page. */
  readonly group: string;
  readonly shortcut: string | undefined;
  readonly run: () => void;
}

/** All that can be done now, of the inner views first; the palette itself is left out. */
export const entriesOf = (groups: readonly CommandGroup[], paletteId: string): readonly PaletteEntry[] =>
  groups
    .toReversed()
    .flatMap(({ title: group, commands }) =>
      commands
        .filter(({ id, disabledReason }) => id !== paletteId && disabledReason === undefined)
        .map(({ title, shortcut, run }) => ({ title, group, shortcut, run })),
    );

/** The entries that hold each word that was typed, whatever its case: first those whose title begins with what was typed. */
export function matchingEntries(entries: readonly PaletteEntry[], typed: string): readonly PaletteEntry[] {
  const wanted = typed.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const found = entries.filter(({ title, group }) => {
    const text = `${title} ${group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ title }: PaletteEntry): boolean => title.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))];
}
