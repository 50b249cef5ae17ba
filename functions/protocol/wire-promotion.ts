import type { DemandOutcome } from '../domain/promotion/demand.ts';
import type { HolderChange, Promotion } from '../domain/promotion/history.ts';
import { COMPARATORS, type PromotionPolicy, type PromotionRule } from '../domain/promotion/policy.ts';
import { type PromotionRequest, REQUEST_STATES, type Review, VERDICTS } from '../domain/promotion/request.ts';
import { type PromotionTarget, parseGatedStage } from '../domain/promotion/target.ts';
import { requiredText, textOrEmpty } from './common.ts';
import { list, message, optional, required } from './message.ts';
import { choice, double, flag, int32, text } from './scalars.ts';

export const comment = textOrEmpty('Comment, 2000 characters at most');
export const requestState = choice(REQUEST_STATES, 'Whether requests are open, promoted or withdrawn');
export const verdict = required(choice(VERDICTS, 'APPROVE, REFUSE, or ABSTAIN, which takes back what was said before'));

/** The fields by which a message names a target: one of them. */
export const targetFields = {
  stage: text('Staging or Production, in any case'),
  alias: text('An alias, in the place of a stage'),
};

const metricDemand = message({
  key: requiredText('Metric of the run that the version was made from'),
  comparator: required(choice(COMPARATORS, 'How its last value compares')),
  value: required(double('What it is compared with')),
});

const tagDemand = message({
  key: requiredText('Tag of the version'),
  value: text('Its value; any when absent'),
});

const approvalDemand = message({
  count: required(int32('How many must approve who are neither author nor requester')),
  users: list(requiredText('Name of a user'), 'Who may approve'),
  roles: list(requiredText('Name of a role'), 'Whose members may approve; with no users and roles whoever may edit'),
});

/** A rule of a policy. */
export const promotionRule = message({
  stages: list(requiredText('Staging or Production'), 'Stages before which it stands'),
  aliases: list(requiredText('Alias'), 'Aliases before which it stands; their versions are protected, too'),
  metrics: list(metricDemand, 'Metrics that the run must have reached'),
  tags: list(tagDemand, 'Tags that the version must have'),
  needs_signature: flag('Whether the MLmodel file must have a signature'),
  needs_description: flag('Whether the version must have a description'),
  approvals: optional(approvalDemand, 'Who must approve'),
});

type WireRule = ReturnType<typeof promotionRule.parse>;

/** A rule as a message gives it. Throws INVALID_PARAMETER_VALUE for a stage that has no gate. */
export const ruleOf = (rule: WireRule): PromotionRule => ({
  stages: rule.stages.map(parseGatedStage),
  aliases: rule.aliases,
  metrics: rule.metrics,
  tags: rule.tags.map(({ key, value }) => ({ key, value: value || undefined })),
  needsSignature: rule.needs_signature ?? false,
  needsDescription: rule.needs_description ?? false,
  approvals: rule.approvals,
});

/** A policy as clients see it; `name` is the model's, undefined for the policy of all models. */
export const wirePolicy = (policy: PromotionPolicy, name: string | undefined) => ({
  name,
  is_default: name === undefined,
  rules: policy.rules.map(({ needsSignature, needsDescription, ...rule }) => ({
    ...rule,
    needs_signature: needsSignature,
    needs_description: needsDescription,
  })),
  protected_aliases: policy.protectedAliases,
  set_by: policy.setBy,
  last_updated_timestamp: policy.setTime,
});

export const wireTarget = (target: PromotionTarget) =>
  target.kind === 'stage' ? { stage: target.stage } : { alias: target.alias };

const wireReview = ({ username, verdict: said, comment: words, time }: Review) => ({
  reviewer: username,
  verdict: said,
  comment: words,
  timestamp: time,
});

/** A request as clients see it, under the name that its model has now. */
export const wireRequest = (request: PromotionRequest, name = request.modelName) => ({
  request_id: request.requestId,
  name,
  version: String(request.versionNumber),
  ...wireTarget(request.target),
  archive_existing_versions: request.archivesOthers,
  comment: request.comment,
  requester: request.requester?.username,
  creation_timestamp: request.creationTime,
  state: request.state,
  reviews: request.reviews.map(wireReview),
  decision: request.decision && {
    by: request.decision.by,
    comment: request.decision.comment,
    timestamp: request.decision.time,
  },
});

export const wireDemand = ({ demand, isMet, scope, approvedBy, refusedBy, ...rest }: DemandOutcome) => ({
  demand,
  met: isMet,
  ...rest,
  policy: scope,
  approved_by: approvedBy,
  refused_by: refusedBy,
});

const wireChange = ({ target, entered, left, isGated }: HolderChange) => ({
  ...wireTarget(target),
  entered: entered.map(String),
  left: left.map(String),
  is_gated: isGated,
});

/** A line of the history as clients see it. */
export const wirePromotion = (promotion: Promotion) => ({
  promotion_id: promotion.promotionId,
  kind: promotion.kind,
  by: promotion.by,
  timestamp: promotion.time,
  comment: promotion.comment,
  request_id: promotion.requestId,
  undoes: promotion.undoes?.promotionId,
  undoes_at: promotion.undoes && wireTarget(promotion.undoes.target),
  changes: promotion.changes.map(wireChange),
});
