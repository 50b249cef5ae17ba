import type { PromotionTarget } from '../../api/promotion-target.ts';
import type { HolderChange, Promotion } from '../../api/promotions.ts';
import { isSameTarget } from './target-text.ts';

/**
 * The change of a target that a rollback would undo: the newest that still stands, for a rollback takes away what it undid
 * (functions/domain/promotion/history.ts). `history` is the newest first; undefined when nothing can be undone.
 */
export function lastChange(history: readonly Promotion[], target: PromotionTarget): HolderChange | undefined {
  const isUndoing = ({ undoes }: Promotion): boolean => undoes !== undefined && isSameTarget(undoes.target, target);
  const undone = new Set(history.filter(isUndoing).map(({ undoes }) => undoes?.promotionId));
  const last = history.find(
    (promotion) =>
      changeAt(promotion, target) !== undefined && !isUndoing(promotion) && !undone.has(promotion.promotionId),
  );
  return last && changeAt(last, target);
}

const changeAt = ({ changes }: Promotion, target: PromotionTarget): HolderChange | undefined =>
  changes.find((change) => isSameTarget(change.target, target));
