import type { ModelVersionView } from '../../domain/entities.ts';
import type { Filter } from '../../search/filter.ts';
import type { Store } from '../../store/store.ts';
import { isTooLongName, textAskedFor } from '../registered-models/asked-for.ts';

type Lists = Pick<Store, 'listModelVersions' | 'listVersionsOfModel' | 'listVersionsOfRun'>;

/**
 * The versions that a filter may find: of one that asks for a name or a run, as the pages of a model and of a run do, only
 * those of the model or the run are read.
 */
export async function candidatesFor(
  filter: Filter<'modelVersions'>,
  { listModelVersions, listVersionsOfModel, listVersionsOfRun }: Lists,
): Promise<readonly ModelVersionView[]> {
  const name = textAskedFor(filter, 'name');
  if (name !== undefined) return isTooLongName(name) ? [] : listVersionsOfModel(name);
  const runId = textAskedFor(filter, 'run_id');
  return runId ? listVersionsOfRun(runId) : listModelVersions();
}
