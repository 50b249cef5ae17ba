import type { ModelVersion, RegisteredModel } from '../../../../domain/entities.ts';
import { invalidParameter, MlflowError } from '../../../../domain/errors.ts';
import { MAX_REVIEWS } from '../../../../domain/limits.ts';
import { noSuchVersion } from '../../../../domain/model-version.ts';
import { isApprover, isParty } from '../../../../domain/promotion/demand.ts';
import { policiesOf, rulesFor } from '../../../../domain/promotion/policy.ts';
import type { PromotionRequest, Review } from '../../../../domain/promotion/request.ts';
import { requiredText } from '../../../../protocol/common.ts';
import { message } from '../../../../protocol/message.ts';
import { comment, verdict, wireRequest } from '../../../../protocol/wire-promotion.ts';
import { defineOperation, type Services } from '../../../operation.ts';
import { voterOf } from '../../../promotion/facts.ts';
import {
  getOpenRequest,
  noSuchRequest,
  personOf,
  refuseEnded,
  validateComment,
} from '../../../promotion/promotion-reference.ts';

/** Says what somebody thinks of a request. Their last review counts; all of them are kept. */
export const reviewPromotionRequest = defineOperation({
  method: 'POST',
  path: '/tracklet/promotions/requests/:request_id/review',
  since: '2.0',
  request: message({ request_id: requiredText('Promotion request'), verdict, comment }),
  handle: async ({ request_id: id, verdict: said, comment: words }, services) => {
    const { store, clock } = services;
    validateComment(words);
    const reviewer = personOf(services.caller);
    if (!reviewer) throw invalidParameter('This server has no users: nobody can review. See docs/promotion.md.');
    const { request, model } = await getOpenRequest(store, id);
    const { registeredModelId, versionNumber } = request;
    const found = await store.findModelVersion({ name: model.name, versionNumber });
    if (found?.version.registeredModelId !== registeredModelId) throw noSuchVersion(model.name, versionNumber);
    if (said === 'APPROVE') refuseParty(reviewer.username, found.version, request);
    if (said !== 'ABSTAIN') await refuseNoApprover(services, model, request);
    const review: Review = { ...reviewer, verdict: said, comment: words, time: clock() };
    const changed = await store.updatePromotionRequest(id, (current) => {
      refuseEnded(current);
      if (current.reviews.length >= MAX_REVIEWS) {
        throw invalidParameter(`A promotion request can have ${MAX_REVIEWS} reviews at most.`);
      }
      return { ...current, reviews: [...current.reviews, review] };
    });
    if (!changed) throw noSuchRequest(id);
    services.noteForAudit?.(`${said} of version ${versionNumber} of registered model '${model.name}'`);
    return { request: wireRequest(changed, model.name) };
  },
});

/** Nobody approves what they made or ask for themselves. */
function refuseParty(username: string, version: ModelVersion, request: PromotionRequest): void {
  if (!isParty(version, request, username)) return;
  const role = username === version.author ? 'made this version' : 'asked for this promotion';
  throw new MlflowError('PERMISSION_DENIED', `'${username}' ${role}: somebody else must approve it.`);
}

/** Where rules want approvals, only whose review they count may review. */
async function refuseNoApprover(services: Services, model: RegisteredModel, request: PromotionRequest): Promise<void> {
  const policies = policiesOf(model, await services.store.findDefaultPolicy());
  const rules = rulesFor(policies, request.target);
  const demands = rules.flatMap(({ rule: { approvals } }) => (approvals ? [approvals] : []));
  const voter = await voterOf(services, model.name);
  const username = services.caller?.username ?? '';
  if (demands.length === 0) return;
  if (voter && demands.some((demand) => isApprover(demand, username, voter))) return;
  throw new MlflowError(
    'PERMISSION_DENIED',
    `'${username}' is none of those who may approve promotions of '${model.name}'.`,
  );
}
