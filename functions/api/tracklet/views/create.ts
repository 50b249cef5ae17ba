import { type SavedView, validateViewName, validateViewState } from '../../../domain/saved-view.ts';
import { requiredText } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { flag } from '../../../protocol/scalars.ts';
import { defineOperation } from '../../operation.ts';
import { checkMayShare, experimentFields, experimentsAsked, STATE, wireFor } from './view-reference.ts';

const request = message({
  ...experimentFields,
  name: requiredText('Name, 1 to 250 characters; several views may have the same'),
  state: requiredText(STATE),
  is_shared: flag('Whether everybody who may read its experiments sees it, which asks for EDIT; not when absent'),
});

/** Keeps a view of the runs of one or several experiments under a name, for its caller or for everybody; Tracklet's own. */
export const createView = defineOperation({
  method: 'POST',
  path: '/tracklet/views',
  since: '2.0',
  request,
  handle: async ({ name, state, is_shared: isShared = false, ...given }, services) => {
    const { store, clock, caller } = services;
    validateViewName(name);
    validateViewState(state, Buffer.byteLength(state));
    const { first, rest } = experimentsAsked(given);
    if (isShared) checkMayShare(caller, [first, ...rest]);
    await Promise.all([first, ...rest].map((id) => store.getExperiment(id)));
    const now = clock();
    const view: SavedView = {
      viewId: store.newViewId(first),
      experimentId: first,
      ...(rest.length > 0 && { otherExperimentIds: rest }),
      name,
      owner: caller?.username ?? '',
      isShared,
      state,
      creationTime: now,
      lastUpdateTime: now,
    };
    await store.createView(view);
    return { view: wireFor(view, services) };
  },
});
