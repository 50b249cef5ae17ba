import { invalidParameter } from '../domain/errors.ts';
import { check } from './check.ts';
import { ENTITY_TABLES } from './fields/entity-tables.ts';
import type { Filter } from './filter.ts';
import { MAX_FILTER_LENGTH } from './limits.ts';
import { parse } from './parser.ts';
import type { Entity } from './row.ts';

/**
 * Reads and checks a filter; the empty one matches every row. Throws INVALID_PARAMETER_VALUE in MLflow's words, with the
 * place of what is wrong (MLflow: SearchUtils.parse_search_filter, parse_filter_string).
 */
export function parseFilter<E extends Entity>(entity: E, text: string): Filter<E> {
  if (text.length > MAX_FILTER_LENGTH) throw tooLong(text.length);
  if (text === '') return { entity, conditions: [] };
  const table = ENTITY_TABLES[entity];
  return { entity, conditions: check(parse(text, table.wording), table, text) };
}

const tooLong = (length: number) =>
  invalidParameter(`Invalid filter: it has ${length} characters; at most ${MAX_FILTER_LENGTH} are allowed`);
