import { message } from '../../../protocol/message.ts';
import { defineOperation } from '../../operation.ts';
import { getOwnView, viewId } from './view-reference.ts';

/** Deletes a view, of which nothing stays; Tracklet's own. */
export const deleteView = defineOperation({
  method: 'DELETE',
  path: '/tracklet/views/:view_id',
  since: '2.0',
  request: message({ view_id: viewId }),
  handle: async ({ view_id: id }, services) => {
    await getOwnView(id, services);
    await services.store.deleteView(id);
    return {};
  },
});
