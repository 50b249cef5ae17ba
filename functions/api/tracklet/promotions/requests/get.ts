import { requiredText } from '../../../../protocol/common.ts';
import { message } from '../../../../protocol/message.ts';
import { wireRequest } from '../../../../protocol/wire-promotion.ts';
import { defineOperation } from '../../../operation.ts';
import { getKnownRequest } from '../../../promotion/promotion-reference.ts';

export const getPromotionRequest = defineOperation({
  method: 'GET',
  path: '/tracklet/promotions/requests/:request_id',
  since: '2.0',
  request: message({ request_id: requiredText('Promotion request') }),
  handle: async ({ request_id: id }, { store }) => {
    const { request, model } = await getKnownRequest(store, id);
    return { request: wireRequest(request, model?.name) };
  },
});
