import { useQueries } from '@tanstack/react-query';
import { listArtifacts } from '../../../api/artifacts.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import type { Run } from '../../../api/runs.ts';
import { type RunLevel, type UnionLevels, unionOf } from './union-levels.ts';

const FRESH_MS = 30_000;
const LIVE_MS = 10_000;

interface Levels extends UnionLevels {
  readonly isPending: boolean;
  /** Why a folder of a run could not be read; null when all could. */
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The folders of some runs, each read when it is opened; those of a run that goes on are read again. */
export function useUnionLevels(runs: readonly Run[], folders: readonly string[]): Levels {
  return useQueries({
    queries: folders.flatMap((folder) =>
      runs.map(({ runId, status }) => ({
        queryKey: [...queryKeys.artifactFolder(runId, folder), 'of a run among others'],
        queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<RunLevel> => ({
          runId,
          folder,
          artifacts: await listArtifacts(runId, folder, signal),
        }),
        staleTime: FRESH_MS,
        refetchInterval: status === 'RUNNING' ? LIVE_MS : (false as const),
      })),
    ),
    combine: levelsOf,
  });
}

interface Result {
  readonly data: RunLevel | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

const levelsOf = (results: readonly Result[]): Levels => ({
  ...unionOf(results.flatMap(({ data }) => data ?? [])),
  isPending: results.some(({ isPending }) => isPending),
  error: results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
  refetch: () => {
    for (const { error, refetch } of results) if (error !== null) refetch();
  },
});
