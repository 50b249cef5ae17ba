import { readState, writeState } from '../../../ui/url-state/url-state.ts';
import { pythonSnippet } from '../python-snippet.ts';
import { runSearchOf } from '../run-search.ts';
import { runsSchema } from '../runs-state.ts';

/**
 * The query string as a view keeps it: with the columns that are shown, for a colleague's browser may have chosen others, and
 * without what was chosen or unfolded by hand.
 */
export const searchOfView = (search: string, columns: readonly string[]): string =>
  writeState(runsSchema, search, { columns, selected: [], open: [], view: '' });

/** The lines of Python that give the runs of a view; `now` in ms since the epoch is what periods end at. */
export function pythonOfView(address: string, experimentIds: readonly string[], search: string, now: number): string {
  const state = readState(runsSchema, search);
  return pythonSnippet(address, runSearchOf(experimentIds, state, now), { sort: state.sort });
}
