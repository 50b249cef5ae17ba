import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../api/query-keys.ts';
import { searchRegisteredModels } from '../../api/registered-models.ts';

const MOST_NAMES = 1_000;
const NONE: readonly string[] = [];

/** The names of registered models, to be chosen from. */
export function useModelNames(): readonly string[] {
  const { data = NONE } = useQuery({
    queryKey: queryKeys.registeredModelNames,
    queryFn: async ({ signal }) => {
      const search = { filter: '', orderBy: ['name ASC'] };
      return (await searchRegisteredModels(search, { size: MOST_NAMES, token: undefined }, signal)).items.map(
        ({ name }) => name,
      );
    },
  });
  return data;
}
