import type { Experiment } from '../../domain/entities.ts';
import type { Condition, Filter } from '../../search/filter.ts';
import type { Store } from '../../store/store.ts';

/**
 * The experiments that a filter may find. For one that asks for a name, as scripts do before they create an experiment,
 * two items are read and not all of them.
 */
export async function candidatesFor(
  filter: Filter<'experiments'>,
  { listExperiments, findExperimentByName }: Pick<Store, 'listExperiments' | 'findExperimentByName'>,
): Promise<readonly Experiment[]> {
  const name = filter.conditions.map(nameAskedFor).find((asked) => asked !== undefined);
  if (name === undefined) return listExperiments();
  const found = await findExperimentByName(name);
  return found ? [found] : [];
}

function nameAskedFor({ kind, target, comparator, value }: Condition): string | undefined {
  const isName = target.kind === 'attribute' && target.key === 'name';
  return kind === 'text' && isName && comparator === '=' ? value : undefined;
}
