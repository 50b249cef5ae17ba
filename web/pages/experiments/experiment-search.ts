import type { ExperimentSearch } from '../../api/experiments.ts';
import type { GridSort } from '../../grid/grid-types.ts';
import { pythonCall, pythonHead, pythonText, searchArguments } from '../../ui/copy/python-text.ts';
import { likeHolding } from '../../ui/format/search-text.ts';

/** What a person chose, as a search that MLflow understands. */
export function experimentSearchOf(name: string, stage: 'active' | 'deleted', sort: GridSort): ExperimentSearch {
  return {
    filter: name.trim() === '' ? '' : `name ILIKE ${likeHolding(name.trim())}`,
    orderBy: [`${sort.columnId} ${sort.isDescending ? 'DESC' : 'ASC'}`],
    view: stage === 'deleted' ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
  };
}

/** The lines of Python that find just these experiments, from the server at an address. */
export const experimentsPython = (address: string, search: ExperimentSearch): string =>
  pythonText([
    ...pythonHead(address),
    ...pythonCall('experiments', 'mlflow.search_experiments', searchArguments(search)),
  ]);
