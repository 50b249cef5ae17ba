import { message } from '../../../protocol/message.ts';
import { defineOperation } from '../../operation.ts';
import { getVisibleView, viewId, wireFor } from './view-reference.ts';

/** A view that its caller sees; Tracklet's own. */
export const getView = defineOperation({
  method: 'GET',
  path: '/tracklet/views/:view_id',
  since: '2.0',
  request: message({ view_id: viewId }),
  handle: async ({ view_id: id }, services) => ({ view: wireFor(await getVisibleView(id, services), services) }),
});
