import { parseExperimentId } from '../../../domain/experiment.ts';
import { type SavedView, validateViewName, validateViewState } from '../../../domain/saved-view.ts';
import { experimentId, requiredText } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { flag } from '../../../protocol/scalars.ts';
import { defineOperation } from '../../operation.ts';
import { checkMayShare, STATE, wireFor } from './view-reference.ts';

const request = message({
  experiment_id: experimentId,
  name: requiredText('Name, 1 to 250 characters; several views may have the same'),
  state: requiredText(STATE),
  is_shared: flag('Whether everybody who may read the experiment sees it, which asks for EDIT; not when absent'),
});

/** Keeps a view of an experiment's runs under a name, for its caller or for everybody; Tracklet's own. */
export const createView = defineOperation({
  method: 'POST',
  path: '/tracklet/views',
  since: '2.0',
  request,
  handle: async ({ experiment_id, name, state, is_shared: isShared = false }, services) => {
    const { store, clock, caller } = services;
    validateViewName(name);
    validateViewState(state, Buffer.byteLength(state));
    const id = String(parseExperimentId(experiment_id));
    if (isShared) checkMayShare(caller, id);
    await store.getExperiment(id);
    const now = clock();
    const view: SavedView = {
      viewId: store.newViewId(id),
      experimentId: id,
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
