import { useQueries } from '@tanstack/react-query';
import { type Artifact, listArtifacts } from '../../../api/artifacts.ts';
import { queryKeys } from '../../../api/query-keys.ts';

const LIVE_MS = 10_000;

interface Level {
  readonly folder: string;
  readonly artifacts: readonly Artifact[];
}

interface Levels {
  readonly byFolder: ReadonlyMap<string, readonly Artifact[]>;
  /** Why a level could not be read; null when all could. */
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The root and the folders that lie open, each read when it is opened; those of a run that goes on are read again. */
export function useLevels(runId: string, openFolders: readonly string[], isLive: boolean): Levels {
  return useQueries({
    queries: ['', ...openFolders].map((folder) => ({
      queryKey: queryKeys.artifactFolder(runId, folder),
      queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<Level> => ({
        folder,
        artifacts: await listArtifacts(runId, folder, signal),
      }),
      refetchInterval: isLive ? LIVE_MS : (false as const),
    })),
    combine: levelsOf,
  });
}

interface Result {
  readonly data: Level | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

function levelsOf(results: readonly Result[]): Levels {
  const levels = results.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return {
    byFolder: new Map(levels.map(({ folder, artifacts }) => [folder, artifacts])),
    error: results.find(({ error, data }) => error !== null && data === undefined)?.error ?? null,
    refetch: () => {
      for (const { error, refetch } of results) if (error !== null) refetch();
    },
  };
}
