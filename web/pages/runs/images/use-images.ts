import { useQueries } from '@tanstack/react-query';
import { listArtifacts } from '../../../api/artifacts.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import type { Run } from '../../../api/runs.ts';
import { IMAGES_FOLDER, imagesOf, LOGGED_IMAGES_TAG, type LoggedImage } from './logged-image.ts';

const LIVE_MS = 10_000;

interface ImagesOfRun {
  readonly run: Run;
  readonly images: readonly LoggedImage[];
}

interface Images {
  readonly found: readonly ImagesOfRun[];
  readonly isPending: boolean;
  /** Why those of a run could not be read; null when all could. */
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The images of those runs that say they have any; of a run that goes on they are looked for again. */
export function useImages(runs: readonly Run[]): Images {
  return useQueries({
    queries: runs
      .filter(({ tags }) => tags.has(LOGGED_IMAGES_TAG))
      .map((run) => ({
        queryKey: [...queryKeys.artifactFolder(run.runId, IMAGES_FOLDER), 'images'],
        queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<ImagesOfRun> => ({
          run,
          images: imagesOf(await listArtifacts(run.runId, IMAGES_FOLDER, signal)),
        }),
        refetchInterval: run.status === 'RUNNING' ? LIVE_MS : (false as const),
      })),
    combine: combined,
  });
}

interface Result {
  readonly data: ImagesOfRun | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

const combined = (results: readonly Result[]): Images => ({
  found: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  isPending: results.some(({ data, error }) => data === undefined && error === null),
  error: results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
  refetch: () => {
    for (const { error, refetch } of results) if (error !== null) refetch();
  },
});
