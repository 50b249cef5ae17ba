import { mayReadModel } from '../../../domain/caller.ts';
import { compareCodePoints } from '../../../domain/code-points.ts';
import { pageToken, textOrEmpty } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { int32 } from '../../../protocol/scalars.ts';
import { wirePolicy } from '../../../protocol/wire-promotion.ts';
import { defineOperation } from '../../operation.ts';
import { pageOf } from '../../page-of.ts';
import { pageSize } from '../../promotion/promotion-reference.ts';

/** The policy of all models, and those of the models that the caller may read, by name; or of one of them, if it has any. */
export const listPromotionPolicies = defineOperation({
  method: 'GET',
  path: '/tracklet/promotions/policies',
  since: '2.0',
  request: message({
    name: textOrEmpty('Registered model whose policy is wanted; those of all when absent'),
    max_results: int32('Policies in a page, 1 to 1000; 100 when absent'),
    page_token: pageToken,
  }),
  handle: async (input, { store, tokens, maxPageBytes, caller }) => {
    const maxResults = pageSize(input.max_results);
    const [byDefault, models] = await Promise.all([store.findDefaultPolicy(), store.listRegisteredModels()]);
    const isWanted = (name: string): boolean =>
      (input.name === '' || name === input.name) && mayReadModel(caller, name);
    const own = models.flatMap(({ name, policy }) => (policy && isWanted(name) ? [{ name, policy }] : []));
    const page = await pageOf({
      rows: own,
      keyOf: ({ name }) => name,
      compare: compareCodePoints,
      wire: (rows) => rows.map(({ name, policy }) => wirePolicy(policy, name)),
      maxResults,
      maxBytes: maxPageBytes,
      pageToken: input.page_token,
      list: `promotion policies ${JSON.stringify([input.name])}`,
      tokens,
    });
    return {
      default_policy: byDefault && wirePolicy(byDefault, undefined),
      policies: page.rows,
      next_page_token: page.nextPageToken,
    };
  },
});
