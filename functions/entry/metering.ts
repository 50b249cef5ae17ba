import type { Cost } from '../domain/cost.ts';
import type { RequestMeter } from '../http/meter-requests.ts';
import { createMeter, type Meter } from '../platform/meter.ts';
import type { CostReport } from './env.ts';

/** Hears what a piece of work consumed, under its name. */
export type TellCost = (name: string, cost: Cost) => void;

/** What a process meters with. */
export interface Metering {
  /** Undefined when nothing is metered: then nothing is asked for and nothing is followed. */
  readonly meter: Meter | undefined;
  readonly requests: RequestMeter | undefined;
  /** Does work that belongs to no request, such as packing, and has it told under `name`. */
  readonly metered: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

interface MeteringProps {
  /** Whether responses carry their cost. */
  readonly hasHeader: boolean;
  readonly onRequest: TellCost | undefined;
  readonly onWork: TellCost | undefined;
}

/** Nothing is metered. */
export const UNMETERED: Metering = { meter: undefined, requests: undefined, metered: (_, work) => work() };

/** Meters requests and other work, and tells whom the props name. */
export function createMetering({ hasHeader, onRequest, onWork }: MeteringProps): Metering {
  const meter = createMeter();
  const { measure } = meter;
  return {
    meter,
    requests: { measure, hasHeader, onRequest },
    metered: onWork ? (name, work) => measure(work, (cost) => onWork(name, cost)) : UNMETERED.metered,
  };
}

/** The metering that a function on AWS is configured for; `tell` writes metrics. */
export function meteringOnAws(report: CostReport, tell: TellCost): Metering {
  if (report === 'none') return UNMETERED;
  const onCost = report === 'header' ? undefined : tell;
  return createMetering({ hasHeader: report !== 'metrics', onRequest: onCost, onWork: onCost });
}
