import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readState, type Schema, type StateOf, writeState } from './url-state.ts';

/** Changes some values; `replace` leaves no step for the back button, for what changes with each key or drag. */
export type ChangeState<S extends Schema> = (change: Partial<StateOf<S>>, history?: 'push' | 'replace') => void;

/** The state of a page, which is its URL: a reload, a link and the back button give the same view. */
export function useUrlState<S extends Schema>(schema: S): readonly [StateOf<S>, ChangeState<S>] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const state = useMemo(() => readState(schema, search), [schema, search]);
  const change = useCallback<ChangeState<S>>(
    (values, history = 'push') => {
      // What the browser shows now, not what was drawn last: two changes may follow each other at once.
      const { pathname, search: current } = window.location;
      const next = writeState(schema, current, values);
      if (next !== current) navigate(pathname + next, { replace: history === 'replace' });
    },
    [schema, navigate],
  );
  return [state, change];
}
