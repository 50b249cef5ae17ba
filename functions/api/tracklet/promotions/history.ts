import { compareCodePoints } from '../../../domain/code-points.ts';
import type { Promotion } from '../../../domain/promotion/history.ts';
import { isSameTarget, parseTarget } from '../../../domain/promotion/target.ts';
import { pageToken } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { int32 } from '../../../protocol/scalars.ts';
import { targetFields, wirePromotion } from '../../../protocol/wire-promotion.ts';
import { defineOperation } from '../../operation.ts';
import { pageOf } from '../../page-of.ts';
import { pageSize } from '../../promotion/promotion-reference.ts';
import { getRegisteredModel, modelName } from '../../registered-models/model-reference.ts';

/** Which versions held the stages and aliases of a model, who changed it and when, the newest change first. */
export const searchPromotions = defineOperation({
  method: 'GET',
  path: '/tracklet/promotions/history',
  since: '2.0',
  request: message({
    name: modelName,
    ...targetFields,
    max_results: int32('Changes in a page, 1 to 1000; 100 when absent'),
    page_token: pageToken,
  }),
  handle: async (input, { store, tokens, maxPageBytes }) => {
    const { name, stage = '', alias = '' } = input;
    const target = stage + alias === '' ? undefined : parseTarget(stage, alias);
    const { registeredModelId } = await getRegisteredModel(store, name);
    const isWanted = ({ changes }: Promotion): boolean =>
      target === undefined || changes.some((change) => isSameTarget(change.target, target));
    const page = await pageOf({
      rows: (await store.listPromotions(registeredModelId)).filter(isWanted),
      keyOf: ({ promotionId }) => promotionId,
      compare: (a, b) => compareCodePoints(b, a),
      wire: (rows) => rows.map(wirePromotion),
      maxResults: pageSize(input.max_results),
      maxBytes: maxPageBytes,
      pageToken: input.page_token,
      list: `promotions ${JSON.stringify([name, stage, alias])}`,
      tokens,
    });
    return { promotions: page.rows, next_page_token: page.nextPageToken };
  },
});
