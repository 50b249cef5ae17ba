import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../api/query-keys.ts';
import { searchRegisteredModels } from '../../api/registered-models.ts';

const MOST_NAMES = 1_000;
const NONE: readonly string[] = [];

interface ModelNames {
  /** None while they are read. */
  readonly names: readonly string[];
  /** Why they could not be read; null when they could. */
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The names of registered models, to be chosen from. */
export function useModelNames(): ModelNames {
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.registeredModelNames,
    queryFn: async ({ signal }) => {
      const search = { filter: '', orderBy: ['name ASC'] };
      return (await searchRegisteredModels(search, { size: MOST_NAMES, token: undefined }, signal)).items.map(
        ({ name }) => name,
      );
    },
  });
  return { names: data ?? NONE, error: data === undefined ? error : null, refetch: () => void refetch() };
}
