import { policiesOf } from '../../../domain/promotion/policy.ts';
import { holdersOf, parseTarget } from '../../../domain/promotion/target.ts';
import { message } from '../../../protocol/message.ts';
import { targetFields, wireDemand, wireRequest, wireTarget } from '../../../protocol/wire-promotion.ts';
import { versionNamed, versionNumber } from '../../model-versions/version-reference.ts';
import { defineOperation } from '../../operation.ts';
import { checkVersion } from '../../promotion/gate.ts';
import { getRegisteredModel, modelName } from '../../registered-models/model-reference.ts';

/** Tells for a version and a target each demand, met or not, in words. */
export const checkPromotion = defineOperation({
  method: 'GET',
  path: '/tracklet/promotions/check',
  since: '2.0',
  request: message({ name: modelName, version: versionNumber, ...targetFields }),
  handle: async (input, services) => {
    const { store } = services;
    const target = parseTarget(input.stage, input.alias);
    const { name, versionNumber: number } = versionNamed(input);
    const model = await getRegisteredModel(store, name);
    const looked = {
      model,
      policies: policiesOf(model, await store.findDefaultPolicy()),
      findVersion: async () => (await store.findModelVersion({ name, versionNumber: number }))?.version,
      findOpenRequest: store.findOpenRequest,
    };
    const { isGated, demands, request } = await checkVersion(services, looked, { versionNumber: number, target });
    return {
      name,
      version: String(number),
      ...wireTarget(target),
      is_gated: isGated,
      holds_target: holdersOf(model, target).includes(number),
      may_enter: demands.every(({ isMet }) => isMet),
      demands: demands.map(wireDemand),
      request: request && wireRequest(request, name),
    };
  },
});
