import type { ApprovalDemand, MetricDemand, PromotionPolicy, PromotionRule } from '../../api/promotion-policies.ts';
import type { GatedStage } from '../../api/promotion-target.ts';

/** A metric that is being typed. */
export interface MetricDraft {
  readonly key: string;
  readonly comparator: MetricDemand['comparator'];
  readonly value: string;
}

/** A tag that is being typed. */
export interface TagDraft {
  readonly key: string;
  readonly value: string;
}

/** A rule that is being typed: lists are texts, with commas. */
export interface RuleDraft {
  readonly stages: readonly GatedStage[];
  readonly aliases: string;
  readonly metrics: readonly MetricDraft[];
  readonly tags: readonly TagDraft[];
  readonly needsSignature: boolean;
  readonly needsDescription: boolean;
  /** '0' for none. */
  readonly approvals: string;
  readonly users: string;
  readonly roles: string;
}

export const NEW_RULE: RuleDraft = {
  stages: ['Production'],
  aliases: '',
  metrics: [],
  tags: [],
  needsSignature: false,
  needsDescription: false,
  approvals: '0',
  users: '',
  roles: '',
};

export const NEW_METRIC: MetricDraft = { key: '', comparator: '>=', value: '' };
export const NEW_TAG: TagDraft = { key: '', value: '' };

/** A rule as it is typed. */
export const draftOf = (rule: PromotionRule): RuleDraft => ({
  stages: rule.stages,
  aliases: rule.aliases.join(', '),
  metrics: rule.metrics.map(({ value, ...rest }) => ({ ...rest, value: String(value) })),
  tags: rule.tags.map(({ key, value = '' }) => ({ key, value })),
  needsSignature: rule.needsSignature,
  needsDescription: rule.needsDescription,
  approvals: String(rule.approvals?.count ?? 0),
  users: (rule.approvals?.users ?? []).join(', '),
  roles: (rule.approvals?.roles ?? []).join(', '),
});

/** What was typed, as rules; the server says what is wrong with them. */
export const policyOf = (
  rules: readonly RuleDraft[],
  protectedAliases: string,
): Pick<PromotionPolicy, 'rules' | 'protectedAliases'> => ({
  rules: rules.map((draft) => ({
    stages: draft.stages,
    aliases: aliasesIn(draft.aliases),
    metrics: draft.metrics.map(({ key, comparator, value }) => ({ key: key.trim(), comparator, value: Number(value) })),
    tags: draft.tags.map(({ key, value }) => ({ key: key.trim(), value: value === '' ? undefined : value })),
    needsSignature: draft.needsSignature,
    needsDescription: draft.needsDescription,
    approvals: approvalsOf(draft),
  })),
  protectedAliases: aliasesIn(protectedAliases),
});

function approvalsOf({ approvals, users, roles }: RuleDraft): ApprovalDemand | undefined {
  const count = Number(approvals);
  return count > 0 ? { count, users: namesIn(users), roles: namesIn(roles) } : undefined;
}

const namesIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const aliasesIn = (text: string): readonly string[] => namesIn(text).map((alias) => alias.replace(/^@/, ''));
