const FIRST = 50;
const MOST = 500;
const LEAST = 5;
/** About what a page of runs may weigh: it is read between two frames. */
const AIM_BYTES = 600_000;

interface PageBefore {
  readonly runs: readonly unknown[];
  readonly sizeBytes: number;
}

/** How many runs to ask for next: a screen first, then as many as weigh about the same whatever a run holds. */
export function nextPageSize(before: PageBefore | undefined): number {
  if (before === undefined || before.runs.length === 0) return FIRST;
  const bytesPerRun = before.sizeBytes / before.runs.length;
  return Math.max(LEAST, Math.min(MOST, Math.floor(AIM_BYTES / bytesPerRun)));
}
