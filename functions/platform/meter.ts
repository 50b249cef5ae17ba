import { AsyncLocalStorage } from 'node:async_hooks';
import { addCost, type Cost, NO_COST } from '../domain/cost.ts';

/** Tells pieces of work that run side by side what each of them consumed. */
export interface Meter {
  /** Adds to the cost of the work that is under way here; outside of any, nobody is billed. */
  readonly record: (consumed: Partial<Cost>) => void;
  /**
   * Does `work` and tells its cost once it is over, also when it failed. Work within work has a bill of its own, and what
   * goes on after `work` has ended is on no bill.
   */
  readonly measure: <T>(work: () => Promise<T>, tell: (cost: Cost) => void) => Promise<T>;
}

/** A meter that follows work across every `await`. */
export function createMeter(): Meter {
  const bills = new AsyncLocalStorage<{ cost: Cost }>();
  return {
    record: (consumed) => {
      const bill = bills.getStore();
      if (bill) bill.cost = addCost(bill.cost, consumed);
    },
    measure: async (work, tell) => {
      const bill = { cost: NO_COST };
      try {
        return await bills.run(bill, work);
      } finally {
        tell(bill.cost);
      }
    },
  };
}
