import { useQuery } from '@tanstack/react-query';
import { addressOf, type FileSource, readFile } from '../../api/artifacts.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { type MlModel, readMlModel } from '../../previews/read-mlmodel.ts';

/** What a version's file MLmodel tells; an error when the version has none that can be read. */
export function useMlModel(name: string, version: string) {
  return useQuery(mlModelQuery(name, version));
}

/** As `useMlModel`, for several at once. */
export function mlModelQuery(name: string, version: string) {
  const source: FileSource = { kind: 'modelVersion', name, version, path: 'MLmodel' };
  return {
    queryKey: [...queryKeys.file(addressOf(source), undefined), 'MLmodel'],
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<MlModel> =>
      readMlModel(await (await readFile(source, undefined, signal)).text()),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  };
}
