import type { RunView } from '../../functions/domain/entities.ts';
import { parseFilter } from '../../functions/search/parse-filter.ts';
import { parseOrderBy } from '../../functions/search/parse-order-by.ts';
import type { Store } from '../../functions/store/store.ts';

/** All runs of an experiment, deleted ones too, as a search finds them: newest first. */
export async function allRuns(store: Store, experimentId: string): Promise<readonly RunView[]> {
  const { sortKeys, read } = await store.searchRuns({
    experimentIds: [experimentId],
    view: 'ALL',
    filter: parseFilter('runs', ''),
    orderBy: parseOrderBy('runs', []),
    limit: 50_000,
  });
  return read([...sortKeys.keys()]);
}
