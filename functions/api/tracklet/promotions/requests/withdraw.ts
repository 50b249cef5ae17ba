import { decided } from '../../../../domain/promotion/request.ts';
import { requiredText } from '../../../../protocol/common.ts';
import { message } from '../../../../protocol/message.ts';
import { comment, wireRequest } from '../../../../protocol/wire-promotion.ts';
import { defineOperation } from '../../../operation.ts';
import {
  getKnownRequest,
  noSuchRequest,
  refuseEnded,
  validateComment,
} from '../../../promotion/promotion-reference.ts';

/** Takes a request back: who made it may, and who manages the model. */
export const withdrawPromotionRequest = defineOperation({
  method: 'POST',
  path: '/tracklet/promotions/requests/:request_id/withdraw',
  since: '2.0',
  request: message({ request_id: requiredText('Promotion request'), comment }),
  handle: async ({ request_id: id, comment: words }, { store, clock, caller, noteForAudit }) => {
    validateComment(words);
    const { request, model } = await getKnownRequest(store, id);
    const decision = { by: caller?.username, time: clock(), comment: words };
    const changed = await store.updatePromotionRequest(id, (current) => {
      refuseEnded(current);
      return decided(current, 'WITHDRAWN', decision);
    });
    if (!changed) throw noSuchRequest(id);
    noteForAudit?.(`withdrew version ${request.versionNumber} of registered model '${request.modelName}'`);
    return { request: wireRequest(changed, model?.name) };
  },
});
