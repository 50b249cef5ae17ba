import type { SavedView } from '../domain/saved-view.ts';

/** A saved view as clients see it; `mayChange` is whether the caller may. */
export const wireView = (view: SavedView, mayChange: boolean) => ({
  view_id: view.viewId,
  experiment_id: view.experimentId,
  other_experiment_ids: view.otherExperimentIds,
  name: view.name,
  owner: view.owner || undefined,
  is_shared: view.isShared,
  may_change: mayChange,
  state: view.state,
  creation_time: view.creationTime,
  last_update_time: view.lastUpdateTime,
});
