import type { RegisteredModelSearch } from '../../api/registered-models.ts';
import type { GridSort } from '../../grid/grid-types.ts';
import { pythonCall, pythonHead, pythonText, searchArguments } from '../../ui/copy/python-text.ts';
import { likeHolding } from '../../ui/format/search-text.ts';

const FILTER = /^(?:attributes?\.)?(?:name\b|tags?\.)\s*(?:`[^`]*`|"[^"]*"|\S*)\s*(?:=|!=|LIKE\b|ILIKE\b|IS\b)/i;

/** What was typed, as a search: a filter of MLflow's when it looks like one, else a part of the name. */
export function modelSearchOf(typed: string, { columnId, isDescending }: GridSort): RegisteredModelSearch {
  const wanted = typed.trim();
  const orderBy = [`${columnId} ${isDescending ? 'DESC' : 'ASC'}`];
  if (wanted === '') return { filter: '', orderBy };
  return { filter: FILTER.test(wanted) ? wanted : `name ILIKE ${likeHolding(wanted)}`, orderBy };
}

/** The lines of Python that find just these models, from the server at an address. */
export const modelsPython = (address: string, search: RegisteredModelSearch): string =>
  pythonText([
    ...pythonHead(address),
    ...pythonCall('models', 'mlflow.search_registered_models', searchArguments(search)),
  ]);
