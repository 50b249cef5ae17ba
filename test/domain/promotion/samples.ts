import type { ModelVersion, RegisteredModel } from '../../../functions/domain/entities.ts';
import type { PromotionPolicy, PromotionRule } from '../../../functions/domain/promotion/policy.ts';
import type { PromotionRequest, Review, Verdict } from '../../../functions/domain/promotion/request.ts';
import type { PromotionTarget } from '../../../functions/domain/promotion/target.ts';
import { BLANK_REGISTERED_MODEL } from '../blank-registered-model.ts';

export const PRODUCTION: PromotionTarget = { kind: 'stage', stage: 'Production' };
export const STAGING: PromotionTarget = { kind: 'stage', stage: 'Staging' };
export const CHAMPION: PromotionTarget = { kind: 'alias', alias: 'champion' };

/** A model whose versions are in these stages, a letter for each. */
export const modelWith = (stages: string, aliases: Readonly<Record<string, number>> = {}): RegisteredModel => ({
  ...BLANK_REGISTERED_MODEL,
  registeredModelId: 'm1',
  aliases: new Map(Object.entries(aliases)),
  stages,
});

export const versionWith = (part: Partial<ModelVersion> = {}): ModelVersion => ({
  registeredModelId: 'm1',
  versionNumber: 1,
  creationTime: 1,
  lastUpdateTime: 1,
  description: undefined,
  source: 's3://b/m',
  storageLocation: 's3://b/m',
  runId: 'r',
  loggedModelId: undefined,
  runLink: '',
  tags: new Map(),
  author: 'ann',
  ...part,
});

/** A rule before production that demands nothing yet. */
export const ruleWith = (part: Partial<PromotionRule> = {}): PromotionRule => ({
  stages: ['Production'],
  aliases: [],
  metrics: [],
  tags: [],
  needsSignature: false,
  needsDescription: false,
  approvals: undefined,
  ...part,
});

export const policyWith = (
  rules: readonly PromotionRule[],
  protectedAliases: readonly string[] = [],
): PromotionPolicy => ({
  rules,
  protectedAliases,
  setBy: 'ann',
  setTime: 5,
});

export const reviewBy = (username: string, verdict: Verdict): Review => ({
  username,
  userId: 1,
  verdict,
  comment: '',
  time: 2,
});

/** An open request of bob's. */
export const requestWith = (part: Partial<PromotionRequest> = {}): PromotionRequest => ({
  requestId: 'q',
  registeredModelId: 'm1',
  modelName: 'm',
  versionNumber: 1,
  target: PRODUCTION,
  archivesOthers: false,
  comment: '',
  requester: { username: 'bob', userId: 2 },
  creationTime: 1,
  reviews: [],
  state: 'OPEN',
  decision: undefined,
  ...part,
});
