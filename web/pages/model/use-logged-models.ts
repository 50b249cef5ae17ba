import { useQueries } from '@tanstack/react-query';
import { getLoggedModel, type LoggedModel } from '../../api/logged-models.ts';
import { queryKeys } from '../../api/query-keys.ts';

interface LoggedModels {
  /** Those that were read so far. */
  readonly models: readonly LoggedModel[];
  /** Why one could not be read; null when all could. */
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** Logged models by their ids, each once. */
export function useLoggedModels(modelIds: readonly string[]): LoggedModels {
  return useQueries({
    queries: [...new Set(modelIds)].map((modelId) => ({
      queryKey: queryKeys.loggedModel(modelId),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => getLoggedModel(modelId, signal),
    })),
    combine: modelsOf,
  });
}

interface Result {
  readonly data: LoggedModel | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

const modelsOf = (results: readonly Result[]): LoggedModels => ({
  models: results.map(({ data }) => data).filter((model) => model !== undefined),
  error: results.find(({ data, error }) => error !== null && data === undefined)?.error ?? null,
  refetch: () => {
    for (const { error, refetch } of results) if (error !== null) refetch();
  },
});
