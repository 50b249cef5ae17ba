import { useQuery } from '@tanstack/react-query';
import type { Experiment } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { searchRuns } from '../../api/runs.ts';

const REFRESH_MS = 5_000;

/** Whether this server holds nothing but the experiment it was made with, and no run in that: then a person is new here. */
export function useIsNew(
  experiments: readonly Experiment[] | undefined,
  { name, stage }: { readonly name: string; readonly stage: 'active' | 'deleted' },
): boolean {
  const isUnfiltered = name === '' && stage === 'active';
  const mayBeNew = isUnfiltered && experiments !== undefined && experiments.length <= 1;
  const experimentIds = (experiments ?? []).map(({ experimentId }) => experimentId);
  const { data } = useQuery({
    queryKey: queryKeys.anyRun(experimentIds),
    queryFn: ({ signal }) => searchRuns({ experimentIds, filter: '', orderBy: [], view: 'ALL' }, { size: 1 }, signal),
    enabled: mayBeNew,
    refetchInterval: REFRESH_MS,
  });
  return mayBeNew && data?.runs.length === 0;
}
