import { MAX_REGISTERED_MODEL_NAME_LENGTH } from '../../domain/limits.ts';
import { lengthOf } from '../../domain/names.ts';
import type { Filter } from '../../search/filter.ts';

/** The value that a filter asks an attribute to have; undefined when it does not ask for one. */
export function textAskedFor({ conditions }: Pick<Filter, 'conditions'>, key: string): string | undefined {
  const asked = conditions.find(
    ({ kind, target, comparator }) =>
      kind === 'text' && comparator === '=' && target.kind === 'attribute' && target.key === key,
  );
  return asked?.kind === 'text' ? asked.value : undefined;
}

/** Whether a name is too long to be a key of the table; no model has it. */
export const isTooLongName = (name: string): boolean => lengthOf(name) > MAX_REGISTERED_MODEL_NAME_LENGTH;
