import type { ModelVersionView } from '../../domain/entities.ts';
import { MAX_REGISTERED_MODEL_NAME_LENGTH } from '../../domain/limits.ts';
import { lengthOf } from '../../domain/names.ts';
import type { Filter } from '../../search/filter.ts';
import type { Store } from '../../store/store.ts';

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
  if (name !== undefined) return isTooLong(name) ? [] : listVersionsOfModel(name);
  const runId = textAskedFor(filter, 'run_id');
  return runId ? listVersionsOfRun(runId) : listModelVersions();
}

/** Such a name is no key of the table. */
const isTooLong = (name: string): boolean => lengthOf(name) > MAX_REGISTERED_MODEL_NAME_LENGTH;

function textAskedFor({ conditions }: Filter, key: string): string | undefined {
  const asked = conditions.find(
    ({ kind, target, comparator }) =>
      kind === 'text' && comparator === '=' && target.kind === 'attribute' && target.key === key,
  );
  return asked?.kind === 'text' ? asked.value : undefined;
}
