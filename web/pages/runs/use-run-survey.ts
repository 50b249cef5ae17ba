import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { countRuns, listRunKeys, listRunValues, type RunKeys } from '../../api/run-survey.ts';
import type { Run, RunSearch } from '../../api/runs.ts';
import type { ValuedName, ValuesOf } from './filter/complete-filter.ts';
import { frequentValues } from './run-actions.ts';

/** New keys come with the runs that are loaded, too. */
const KEYS_FRESH_MS = 60_000;

/** What the server told of all runs: undefined until it has, or when it failed. */
interface Surveyed<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
}

/** How many runs the search finds in all; asked again when some came. */
export function useRunCount(search: RunSearch, newCount: number): Surveyed<number> {
  const { data, error } = useQuery({
    queryKey: queryKeys.runCount(search, newCount),
    queryFn: ({ signal }) => countRuns(search, signal),
    // The count of another search would be wrong; that of this one is merely old.
    placeholderData: (previous, query) => (query?.queryKey[2] === search ? previous : undefined),
  });
  return { data, error };
}

/** The keys that all runs of the experiments have. */
export function useRunKeys(experimentIds: readonly string[]): Surveyed<RunKeys> {
  const { data, error } = useQuery({
    queryKey: queryKeys.runKeys(experimentIds),
    queryFn: ({ signal }) => listRunKeys(experimentIds, signal),
    staleTime: KEYS_FRESH_MS,
  });
  return { data, error };
}

interface RunValues {
  readonly valuesOf: ValuesOf;
  /** Asks for the values of a param or a tag of all runs. */
  readonly wantValues: (name: ValuedName) => void;
}

/** The values of a param or a tag: those of the runs that are loaded, and of all runs once they are asked for. */
export function useRunValues(experimentIds: readonly string[], runs: readonly Run[]): RunValues {
  const [wanted, wantValues] = useState<ValuedName>();
  const { data } = useQuery({
    queryKey: queryKeys.runValues(experimentIds, wanted),
    queryFn: ({ signal }) => (wanted === undefined ? [] : listRunValues(experimentIds, wanted, signal)),
    enabled: wanted !== undefined,
    staleTime: KEYS_FRESH_MS,
  });
  const valuesOf = useCallback<ValuesOf>(
    (kind, key) => {
      const isWanted = wanted?.kind === kind && wanted.key === key;
      return [...new Set([...((isWanted && data) || []), ...frequentValues(runs, kind, key)])];
    },
    [runs, wanted, data],
  );
  return { valuesOf, wantValues };
}
