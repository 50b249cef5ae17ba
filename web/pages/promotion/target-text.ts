import type { Policies } from '../../api/promotion-policies.ts';
import { GATED_STAGES, type PromotionTarget } from '../../api/promotion-target.ts';

/** A target as people write it, and as links hold it: `Production`, `@champion`. */
export const textOfTarget = (target: PromotionTarget): string =>
  target.kind === 'stage' ? target.stage : `@${target.alias}`;

/** The target of a text; undefined for a text that names none. */
export function targetOfText(text: string): PromotionTarget | undefined {
  if (/^@./.test(text)) return { kind: 'alias', alias: text.slice(1) };
  const stage = GATED_STAGES.find((each) => each === text);
  return stage && { kind: 'stage', stage };
}

export const isSameTarget = (a: PromotionTarget, b: PromotionTarget): boolean => textOfTarget(a) === textOfTarget(b);

/** Aliases before which a gate stands. */
export const gatedAliases = (policies: Policies | undefined): readonly string[] =>
  [policies?.own, policies?.ofAll].flatMap((policy) => policy?.rules ?? []).flatMap(({ aliases }) => aliases);

/** All that versions of a model may be promoted into: the stages, its aliases, and those that policies name. */
export function targetsOf(aliases: Iterable<string>, policies: Policies | undefined): readonly PromotionTarget[] {
  const all = new Set([...aliases, ...gatedAliases(policies)]);
  return [
    ...GATED_STAGES.map((stage) => ({ kind: 'stage', stage }) as const),
    ...[...all].sort().map((alias) => ({ kind: 'alias', alias }) as const),
  ];
}
