import { IS_PROMPT_TAG } from '../domain/prompt.ts';
import type { Condition, Filter } from './filter.ts';

/** A filter of the registry, and whether what it finds may be prompts. */
export interface RegistryFilter<E extends 'registeredModels' | 'modelVersions'> {
  readonly filter: Filter<E>;
  readonly isForPrompts: boolean;
}

/**
 * Reads from a filter's clauses on `mlflow.prompt.is_prompt` whether it asks for prompts. When it does not, prompts are
 * hidden, and these clauses do no more: models do not have the tag (MLflow: _is_querying_prompt,
 * _update_query_to_exclude_prompts).
 */
export function takePromptClauses<E extends 'registeredModels' | 'modelVersions'>(
  filter: Filter<E>,
): RegistryFilter<E> {
  const first = filter.conditions.find(isAboutPrompts);
  if (first !== undefined && asksForPrompts(first)) return { filter, isForPrompts: true };
  const conditions = filter.conditions.filter((condition) => !isAboutPrompts(condition));
  return { filter: { ...filter, conditions }, isForPrompts: false };
}

const isAboutPrompts = ({ target }: Condition): boolean => target.kind === 'tag' && target.key === IS_PROMPT_TAG;

function asksForPrompts({ kind, comparator, value }: Condition): boolean {
  if (kind !== 'text') return false;
  return value.toLowerCase() === (comparator === '=' ? 'true' : 'false');
}
