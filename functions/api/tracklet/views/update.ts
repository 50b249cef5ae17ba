import { experimentsOfView, validateViewName, validateViewState } from '../../../domain/saved-view.ts';
import { message } from '../../../protocol/message.ts';
import { flag, text } from '../../../protocol/scalars.ts';
import { defineOperation } from '../../operation.ts';
import { checkMayShare, getOwnView, noSuchView, STATE, viewId, wireFor } from './view-reference.ts';

const request = message({
  view_id: viewId,
  name: text('Name; stays when absent'),
  state: text(`${STATE}; stays when absent`),
  is_shared: flag('Whether everybody who may read the experiment sees it; stays when absent'),
});

/** Renames a view, shares it or not, or lets it show something else; Tracklet's own. */
export const updateView = defineOperation({
  method: 'PATCH',
  path: '/tracklet/views/:view_id',
  since: '2.0',
  request,
  handle: async ({ view_id: id, name, state, is_shared: isShared }, services) => {
    const { store, clock, caller } = services;
    if (name !== undefined) validateViewName(name);
    if (state !== undefined) validateViewState(state, Buffer.byteLength(state));
    const own = await getOwnView(id, services);
    if (isShared) checkMayShare(caller, experimentsOfView(own));
    const now = clock();
    const changed = await store.updateView(id, (view) => ({
      ...view,
      name: name ?? view.name,
      state: state ?? view.state,
      isShared: isShared ?? view.isShared,
      lastUpdateTime: now,
    }));
    if (!changed) throw noSuchView(id);
    return { view: wireFor(changed, services) };
  },
});
