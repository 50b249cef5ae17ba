import { changeTracklet, getTracklet, postTracklet } from './request.ts';

/** What somebody saved under a name: `search` is the query string of the page. */
export interface SavedView {
  readonly viewId: string;
  readonly name: string;
  /** '' on a server without users. */
  readonly owner: string;
  readonly isShared: boolean;
  readonly mayChange: boolean;
  readonly search: string;
  readonly lastUpdateTime: number;
}

interface WireView {
  readonly view_id: string;
  readonly name: string;
  readonly owner?: string;
  readonly is_shared: boolean;
  readonly may_change: boolean;
  readonly state: string;
  readonly last_update_time: number;
}

/** The saved views of just these experiments that this visitor sees, by name. */
export async function listViews(experimentIds: readonly string[], signal?: AbortSignal): Promise<readonly SavedView[]> {
  const views: SavedView[] = [];
  let token: string | undefined;
  do {
    const page: { views?: readonly WireView[]; next_page_token?: string } = await getTracklet(
      'views',
      { ...fieldsOf(experimentIds), page_token: token },
      { signal },
    );
    views.push(...(page.views ?? []).map(readView));
    token = page.next_page_token;
  } while (token !== undefined);
  return views;
}

export async function getView(viewId: string, signal?: AbortSignal): Promise<SavedView> {
  return readView((await getTracklet<{ view: WireView }>(`views/${encodeURIComponent(viewId)}`, {}, { signal })).view);
}

interface NewView {
  readonly name: string;
  readonly search: string;
  readonly isShared: boolean;
}

export async function createView(
  experimentIds: readonly string[],
  { name, search, isShared }: NewView,
): Promise<SavedView> {
  const fields = { ...fieldsOf(experimentIds), name, state: stateOf(search), is_shared: isShared };
  return readView((await postTracklet<{ view: WireView }>('views', fields)).view);
}

/** Changes some of a view. */
export const updateView = (viewId: string, { name, search, isShared }: Partial<NewView>): Promise<object> =>
  changeTracklet('PATCH', `views/${encodeURIComponent(viewId)}`, {
    name,
    state: search === undefined ? undefined : stateOf(search),
    is_shared: isShared,
  });

export const deleteView = (viewId: string): Promise<object> =>
  changeTracklet('DELETE', `views/${encodeURIComponent(viewId)}`, {});

const fieldsOf = ([first, ...others]: readonly string[]) => ({ experiment_id: first, other_experiment_ids: others });

const stateOf = (search: string): string => JSON.stringify({ search });

function readView(wire: WireView): SavedView {
  return {
    viewId: wire.view_id,
    name: wire.name,
    owner: wire.owner ?? '',
    isShared: wire.is_shared,
    mayChange: wire.may_change,
    search: searchOf(JSON.parse(wire.state)),
    lastUpdateTime: wire.last_update_time,
  };
}

/** Another program may have saved another state: then the view shows all runs. */
const searchOf = (state: unknown): string =>
  typeof state === 'object' && state !== null && 'search' in state && typeof state.search === 'string'
    ? state.search
    : '';
