import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { tell } from '../toasts/toast-store.ts';
import { fitSearch, type LeftOut, readState, type Schema, type StateOf, withLeftOut, writeState } from './url-state.ts';

/** Changes some values; `replace` leaves no step for the back button, for what changes with each key or drag. */
export type ChangeState<S extends Schema> = (change: Partial<StateOf<S>>, history?: 'push' | 'replace') => void;

/**
 * The state of a page, which is its URL: a reload, a link and the back button give the same view. What would make a link too
 * long stays with the step of the browser's history, which a reload and the back button keep; that it did is said.
 */
export function useUrlState<S extends Schema>(schema: S): readonly [StateOf<S>, ChangeState<S>] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const leftOut = readLeftOut(useHistoryState<unknown>());
  const whole = withLeftOut(schema, search, leftOut);
  const state = useMemo(() => readState(schema, whole), [schema, whole]);
  const change = useCallback<ChangeState<S>>(
    (values, history = 'push') => {
      // What the browser shows now, not what was drawn last: two changes may follow each other at once.
      const { pathname, search: current } = window.location;
      const before = readLeftOut(window.history.state);
      const known = withLeftOut(schema, current, before);
      const next = writeState(schema, known, values);
      if (next === known) return;
      const fitted = fitSearch(schema, next);
      const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !(name in schema)));
      navigate(pathname + fitted.search, {
        replace: history === 'replace',
        state: { [STATE_NAME]: { ...kept, ...fitted.leftOut } },
      });
      for (const name of Object.keys(fitted.leftOut)) {
        const said = schema[name]?.leftOut;
        if (said !== undefined && !(name in before)) tell(said);
      }
    },
    [schema, navigate],
  );
  return [state, change];
}

const STATE_NAME = 'leftOut';
const NOTHING: LeftOut = {};

/** What a step of the history says; another program's states say nothing. */
function readLeftOut(state: unknown): LeftOut {
  if (typeof state !== 'object' || state === null || !(STATE_NAME in state)) return NOTHING;
  const { [STATE_NAME]: kept } = state;
  if (typeof kept !== 'object' || kept === null) return NOTHING;
  return Object.fromEntries(Object.entries(kept).filter(([, text]) => typeof text === 'string'));
}
