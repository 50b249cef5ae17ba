import type { Run } from '../../api/runs.ts';

/** What a run is called beside others: by its id, too, where another has its name. */
export function namesOf(runs: readonly Run[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { runName } of runs) counts.set(runName, (counts.get(runName) ?? 0) + 1);
  const nameOf = ({ runId, runName }: Run): string => {
    if (runName === '') return runId;
    return counts.get(runName) === 1 ? runName : `${runName} (${runId.slice(0, 8)})`;
  };
  return new Map(runs.map((run) => [run.runId, nameOf(run)]));
}
