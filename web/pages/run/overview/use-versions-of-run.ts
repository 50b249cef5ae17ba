import { useQueries, useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/query-keys.ts';
import {
  getRegisteredModel,
  type ModelVersion,
  type RegisteredModel,
  searchModelVersions,
} from '../../../api/registered-models.ts';
import { quoteText } from '../../../ui/format/search-text.ts';

const MOST = 50;
const LIVE_MS = 15_000;

interface VersionsOfRun {
  /** The newest ones; undefined while they are read. */
  readonly versions: readonly ModelVersion[] | undefined;
  readonly hasMore: boolean;
  /** Versions by alias, by the name of the model: a search leaves them out (MLflow: search_model_versions). */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** What was registered of a run, whatever the model; asked for again while the run goes on. */
export function useVersionsOfRun(runId: string, isLive: boolean): VersionsOfRun {
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.versionsOfRun(runId),
    queryFn: ({ signal }) =>
      searchModelVersions(`run_id = ${quoteText(runId)}`, { size: MOST, token: undefined }, signal),
    refetchInterval: isLive ? LIVE_MS : false,
  });
  const models = useQueries({
    queries: [...new Set(data?.items.map(({ name }) => name))].map((name) => ({
      queryKey: queryKeys.registeredModel(name),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => getRegisteredModel(name, signal),
    })),
    combine: aliasesOf,
  });
  return {
    versions: data?.items,
    hasMore: data?.nextPageToken !== undefined,
    aliases: models.aliases,
    error: (data === undefined ? error : null) ?? models.error,
    refetch: () => {
      if (data === undefined) void refetch();
      models.refetch();
    },
  };
}

interface Result {
  readonly data: RegisteredModel | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

const aliasesOf = (results: readonly Result[]) => ({
  aliases: new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.name, data.aliases] as const]))),
  error: results.find(({ data, error }) => error !== null && data === undefined)?.error ?? null,
  refetch: () => {
    for (const { error, refetch } of results) if (error !== null) refetch();
  },
});
