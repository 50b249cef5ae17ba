import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { type Experiment, getExperiment } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { firstError } from './not-up-to-date.tsx';

/** An experiment that the server has not. */
export interface MissingExperiment {
  readonly experimentId: string;
  readonly error: Error;
}

/** The experiments of a page, live or in the trash, as they come in. */
export function useExperimentsOf(experimentIds: readonly string[]) {
  const { experiments, errors } = useQueries({
    queries: experimentIds.map((experimentId) => ({
      queryKey: queryKeys.experiment(experimentId),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => getExperiment(experimentId, signal),
    })),
    combine: combineExperiments,
  });
  const missing = useMemo(
    () =>
      experimentIds.flatMap((experimentId, at): readonly MissingExperiment[] => {
        const error = errors[at];
        return isMissing(error) ? [{ experimentId, error }] : [];
      }),
    [experimentIds, errors],
  );
  const error = firstError(errors.filter((each) => !isMissing(each)).map((each) => ({ error: each })));
  return { experiments, missing, error };
}

interface Result {
  readonly data: Experiment | undefined;
  readonly error: Error | null;
}

const combineExperiments = (results: readonly Result[]) => ({
  experiments: results.map(({ data }) => data).filter((experiment) => experiment !== undefined),
  errors: results.map(({ error }) => error),
});

/** An id that cannot be one is refused. */
const isMissing = (error: Error | null | undefined): error is ApiError =>
  error instanceof ApiError && (error.status === 404 || error.status === 400);
