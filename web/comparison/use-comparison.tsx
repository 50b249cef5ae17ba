import { type ReactNode, useMemo } from 'react';
import type { Command } from '../ui/commands/command.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import { flagField, textField } from '../ui/url-state/url-state.ts';
import { useUrlState } from '../ui/url-state/use-url-state.ts';
import { type ComparedGroup, shownGroups } from './compare-values.ts';
import { ComparisonTools } from './comparison-tools.tsx';

/** What every comparison keeps in its URL. */
const schema = { differences: flagField(true), find: textField() } as const;

interface Comparison {
  readonly onlyDifferent: boolean;
  /** The groups with the rows that are to be shown. */
  readonly shown: readonly ComparedGroup[];
  /** What chooses these rows. */
  readonly tools: ReactNode;
}

/** Which rows of a comparison are shown, by its URL; `title` heads its command among the shortcuts. */
export function useComparison(title: string, groups: readonly ComparedGroup[]): Comparison {
  const [{ differences, find }, change] = useUrlState(schema);
  const shown = useMemo(
    () => shownGroups(groups, { onlyDifferent: differences, typed: find }),
    [groups, differences, find],
  );
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'differences',
        title: differences ? 'Show all rows' : 'Show only what differs',
        shortcut: 'd',
        run: () => change({ differences: !differences }, 'replace'),
      },
    ],
    [differences, change],
  );
  useCommands(title, commands);
  const tools = (
    <ComparisonTools onlyDifferent={differences} find={find} onChange={(next) => change(next, 'replace')} />
  );
  return { onlyDifferent: differences, shown, tools };
}
