import type { ApprovalDemand, PromotionRule } from '../../api/promotion-policies.ts';

/** The targets of a rule: `Production, @champion`. */
export const targetsText = ({ stages, aliases }: Pick<PromotionRule, 'stages' | 'aliases'>): string =>
  [...stages, ...aliases.map((alias) => `@${alias}`)].join(', ');

/** What a rule demands, a text for each. */
export const demandTexts = (rule: PromotionRule): readonly string[] => [
  ...rule.metrics.map(({ key, comparator, value }) => `metric ${key} ${comparator} ${value}`),
  ...rule.tags.map(({ key, value }) => (value ? `tag ${key} = ${value}` : `tag ${key}, with any value`)),
  ...(rule.needsSignature ? ['a signature'] : []),
  ...(rule.needsDescription ? ['a description'] : []),
  ...(rule.approvals ? [approvalText(rule.approvals)] : []),
];

function approvalText({ count, users, roles }: ApprovalDemand): string {
  const among = [...users, ...roles.map((role) => `whoever has the role ${role}`)];
  const who = among.length === 0 ? 'whoever may edit the model' : among.join(', ');
  return `${count} ${count === 1 ? 'approval' : 'approvals'} by ${who}; not by author or requester`;
}
