import type { Deliverer } from '../webhooks/deliverer.ts';

interface DeliveryHandlerProps {
  readonly deliverer: Deliverer;
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Makes deliveries as long as more are due soon and there is time. `timeLeft` is what the process may still run, in ms. */
export type DeliveryHandler = (timeLeft: () => number) => Promise<void>;

/** By then what is under way has been cut short and kept. */
const RESERVE_MS = 5000;
/** The schedule comes each minute: what is due later is for the next one. */
const PATIENCE_MS = 50_000;

/** Empties the queue of deliveries, however it was called: by the schedule, or by the table's stream. */
export const createDeliveryHandler =
  ({ deliverer, clock, sleep }: DeliveryHandlerProps): DeliveryHandler =>
  async (timeLeft) => {
    const signal = AbortSignal.timeout(Math.max(0, timeLeft() - RESERVE_MS));
    for (;;) {
      const nextDueTime = await deliverer.deliverDue(signal);
      if (nextDueTime === undefined) return;
      const pauseMs = Math.max(0, nextDueTime - clock());
      if (signal.aborted || pauseMs > Math.min(PATIENCE_MS, timeLeft() - 2 * RESERVE_MS)) return;
      await sleep(pauseMs);
    }
  };
