import type { OnDamaged } from '../store/archive/archived-runs.ts';
import type { WorkList } from '../store/archive/work-list.ts';

/**
 * Notes in the table that an archive is damaged, so that the upkeep, which runs elsewhere, mends it. When the note fails,
 * that is told: the search tells of the damage itself.
 */
export const damageNoter =
  (workList: () => Pick<WorkList, 'noteDamage'>, report: (message: string, cause: unknown) => void): OnDamaged =>
  async (experimentId) => {
    try {
      await workList().noteDamage(experimentId);
    } catch (error) {
      report(`the damaged archive of experiment ${experimentId} was not noted`, error);
    }
  };
