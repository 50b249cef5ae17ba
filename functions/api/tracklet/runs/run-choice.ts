import { readableExperiments } from '../../../domain/caller.ts';
import { invalidParameter } from '../../../domain/errors.ts';
import { parseExperimentId } from '../../../domain/experiment.ts';
import type { ViewType } from '../../../domain/lifecycle.ts';
import { DEFAULT_COUNTED_RESULTS, MAX_COUNTED_RESULTS } from '../../../domain/limits.ts';
import { textOrEmpty, viewType } from '../../../protocol/common.ts';
import { requiredList } from '../../../protocol/message.ts';
import { text } from '../../../protocol/scalars.ts';
import { parseFilter } from '../../../search/parse-filter.ts';
import type { RunChoice } from '../../../store/run-survey.ts';
import type { Services } from '../../operation.ts';

/** The fields that say which runs are looked at, as in a search for them. */
export const choiceFields = {
  experiment_ids: requiredList(textOrEmpty('Experiment id'), 'Experiments that are looked at'),
  filter: text('Only runs that match, such as params.lr = "0.01"; all of them when absent'),
  run_view_type: viewType,
};

interface Given {
  readonly experiment_ids: readonly string[];
  readonly filter?: string | undefined;
  readonly run_view_type?: ViewType | undefined;
}

/** The experiments of a request that its caller may read, each once; the others are left out, as by a search. */
const askedExperiments = (ids: readonly string[], { caller }: Pick<Services, 'caller'>): readonly string[] =>
  readableExperiments(caller, [...new Set(ids.map((id) => String(parseExperimentId(id))))], 'run');

/** The runs that a request asks about. Throws INVALID_PARAMETER_VALUE for a wrong filter or id. */
export const askedChoice = (given: Given, services: Pick<Services, 'caller'>): RunChoice => ({
  filter: parseFilter('runs', given.filter ?? ''),
  view: given.run_view_type ?? 'ACTIVE_ONLY',
  experimentIds: askedExperiments(given.experiment_ids, services),
});

/** How many results are wanted where each is counted; throws INVALID_PARAMETER_VALUE outside 1 to 1000. */
export function askedCountedResults(given: number | undefined): number {
  const maxResults = given ?? DEFAULT_COUNTED_RESULTS;
  if (maxResults >= 1 && maxResults <= MAX_COUNTED_RESULTS) return maxResults;
  throw invalidParameter(`max_results must be between 1 and ${MAX_COUNTED_RESULTS}. Received ${maxResults}.`);
}

/** Makes the test whether a text begins with another one, in any case. */
export function beginsWith(prefix = ''): (candidate: string) => boolean {
  const wanted = prefix.toLowerCase();
  return (candidate) =>
    candidate
      .slice(0, prefix.length * 2)
      .toLowerCase()
      .startsWith(wanted);
}
