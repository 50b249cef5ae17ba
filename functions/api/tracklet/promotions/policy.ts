import { doesNotExist } from '../../../domain/errors.ts';
import { type PromotionPolicy, validatePolicy } from '../../../domain/promotion/policy.ts';
import { requiredText, textOrEmpty } from '../../../protocol/common.ts';
import { list, message } from '../../../protocol/message.ts';
import { promotionRule, ruleOf, wirePolicy } from '../../../protocol/wire-promotion.ts';
import { defineOperation } from '../../operation.ts';
import { changeRegisteredModel, getRegisteredModel } from '../../registered-models/model-reference.ts';

const path = '/tracklet/promotions/policy';
const name = textOrEmpty('Registered model; absent for the policy of all models');

const noPolicy = (of: string) =>
  doesNotExist(
    of === '' ? 'There is no default promotion policy.' : `There is no promotion policy of registered model '${of}'.`,
  );

/** Sets what versions need before they are promoted: of one model, or of all. A model's own policy adds to that of all. */
export const setPromotionPolicy = defineOperation({
  method: 'POST',
  path,
  since: '2.0',
  request: message({
    name,
    rules: list(promotionRule, 'Each names targets, and what a version needs before it enters them; 20 at most'),
    protected_aliases: list(requiredText('Alias'), 'Further aliases whose versions cannot be deleted'),
  }),
  handle: async (input, { store, clock, caller }) => {
    const policy: PromotionPolicy = {
      rules: input.rules.map(ruleOf),
      protectedAliases: input.protected_aliases,
      setBy: caller?.username,
      setTime: clock(),
    };
    validatePolicy(policy);
    if (input.name === '') await store.setDefaultPolicy(policy);
    else await changeRegisteredModel(store, input.name, (model) => ({ ...model, policy }));
    return { policy: wirePolicy(policy, input.name || undefined) };
  },
});

export const getPromotionPolicy = defineOperation({
  method: 'GET',
  path,
  since: '2.0',
  request: message({ name }),
  handle: async ({ name: of }, { store }) => {
    const policy = of === '' ? await store.findDefaultPolicy() : (await getRegisteredModel(store, of)).policy;
    if (!policy) throw noPolicy(of);
    return { policy: wirePolicy(policy, of || undefined) };
  },
});

export const deletePromotionPolicy = defineOperation({
  method: 'DELETE',
  path,
  since: '2.0',
  request: message({ name }),
  handle: async ({ name: of }, { store }) => {
    if (of === '') {
      if (!(await store.findDefaultPolicy())) throw noPolicy(of);
      await store.setDefaultPolicy(undefined);
      return {};
    }
    await changeRegisteredModel(store, of, (model) => {
      if (!model.policy) throw noPolicy(of);
      return { ...model, policy: undefined };
    });
    return {};
  },
});
