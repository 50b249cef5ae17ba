import type { Cost } from '../domain/cost.ts';

/** The response header that tells what a request consumed. */
export const COST_HEADER = 'x-tracklet-cost';

/** A cost as `wru=2; rru=1; s3-get=0; s3-put=0; s3-list=0; s3-delete=0`: always all of it, in this order. */
export const formatCost = ({ writeUnits, readUnits, s3Gets, s3Puts, s3Lists, s3Deletes }: Cost): string =>
  `wru=${writeUnits}; rru=${readUnits}; s3-get=${s3Gets}; s3-put=${s3Puts}; s3-list=${s3Lists}; s3-delete=${s3Deletes}`;
