import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { sentenceOf } from '../../../api/api-error.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import { getView } from '../../../api/saved-views.ts';
import { tell, tellTrouble } from '../../../ui/toasts/toast-store.ts';

/** Reads the saved view that the URL names, and shows it: its query string takes the URL's place. '' is none. */
export function useSavedView(viewId: string): void {
  const [, navigate] = useLocation();
  const { data, error } = useQuery({
    queryKey: queryKeys.savedView(viewId),
    queryFn: ({ signal }) => getView(viewId, signal),
    enabled: viewId !== '',
    staleTime: 0,
    gcTime: 0,
  });
  useEffect(() => {
    if (viewId === '') return;
    const { pathname } = window.location;
    if (data !== undefined) {
      navigate(pathname + data.search, { replace: true });
      tell(`This is the view “${data.name}”.`);
    } else if (error !== null) {
      navigate(pathname, { replace: true });
      tellTrouble(`The view cannot be shown: ${sentenceOf(error)}`);
    }
  }, [viewId, data, error, navigate]);
}
