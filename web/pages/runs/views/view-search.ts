import { writeState } from '../../../ui/url-state/url-state.ts';
import { runsSchema } from '../runs-state.ts';

/**
 * The query string as a view keeps it: with the columns that are shown, for a colleague's browser may have chosen others, and
 * without what was chosen or unfolded by hand.
 */
export const searchOfView = (search: string, columns: readonly string[]): string =>
  writeState(runsSchema, search, { columns, selected: [], open: [], view: '' });
