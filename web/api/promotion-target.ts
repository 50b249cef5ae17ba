/** The stages that a gate may stand before (docs/promotion.md). */
export const GATED_STAGES = ['Production', 'Staging'] as const;
export type GatedStage = (typeof GATED_STAGES)[number];

/** What a version may be promoted into. */
export type PromotionTarget =
  | { readonly kind: 'stage'; readonly stage: GatedStage }
  | { readonly kind: 'alias'; readonly alias: string };

/** A target as the API writes it. */
export interface WireTarget {
  readonly stage?: GatedStage;
  readonly alias?: string;
}

export const wireTarget = (target: PromotionTarget): WireTarget =>
  target.kind === 'stage' ? { stage: target.stage } : { alias: target.alias };

export const readTarget = ({ stage, alias = '' }: WireTarget): PromotionTarget =>
  stage === undefined ? { kind: 'alias', alias } : { kind: 'stage', stage };
