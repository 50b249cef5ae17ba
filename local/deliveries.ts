import type { Deliverer } from '../functions/webhooks/deliverer.ts';

interface DeliveriesProps {
  readonly deliverer: Deliverer;
  readonly clock: () => number;
  readonly report: (message: string, cause: unknown) => void;
}

/** Makes deliveries to webhooks when there are any. */
export interface Deliveries {
  /** Begins, with what an earlier process has left. */
  readonly start: () => void;
  /** Tells that something may be due. */
  readonly wake: () => void;
  /** Cuts short what is under way, which is kept and made again. */
  readonly stop: () => Promise<void>;
}

const PAUSE_AFTER_FAILURE_MS = 5000;
/** Node's timers end at 24.8 days. */
const LONGEST_PAUSE_MS = 3_600_000;

/** Looks into the queue when it is woken and when something becomes due, and never just so: a laptop is to be quiet. */
export function createDeliveries({ deliverer, clock, report }: DeliveriesProps): Deliveries {
  const stopping = new AbortController();
  let isStarted = false;
  let isAwaited = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;

  const sleepFor = (ms: number) => {
    timer = setTimeout(look, Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS));
    timer.unref();
  };

  const deliver = async () => {
    do {
      isAwaited = false;
      clearTimeout(timer);
      try {
        const nextDueTime = await deliverer.deliverDue(stopping.signal);
        if (nextDueTime !== undefined && !stopping.signal.aborted) sleepFor(nextDueTime - clock());
      } catch (error) {
        report('delivering to webhooks failed and will be tried again', error);
        sleepFor(PAUSE_AFTER_FAILURE_MS);
      }
    } while (isAwaited && !stopping.signal.aborted);
    underWay = undefined;
  };

  const look = () => {
    if (!isStarted || stopping.signal.aborted) return;
    isAwaited = true;
    underWay ??= deliver();
  };

  return {
    start: () => {
      isStarted = true;
      look();
    },
    wake: look,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await underWay;
    },
  };
}
