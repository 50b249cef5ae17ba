import type { Run } from '../../api/runs.ts';
import { textField } from '../../ui/url-state/url-state.ts';

/** The two runs whose texts and files are laid side by side; the page chooses where the URL names none. */
export const pairSchema = { left: textField(), right: textField() } as const;

interface Chosen {
  readonly left: string;
  readonly right: string;
}

/**
 * The two runs that are laid side by side: those that were chosen, if they are compared, else the first that have what is
 * looked at. `suits` says so of a run, and of the second whether it goes with the first.
 */
export function pairOf(
  runIds: readonly string[],
  chosen: Chosen,
  suits: (runId: string, left: string | undefined) => boolean,
): readonly [left: string, right: string] {
  const firstOf = (others: readonly string[], left?: string): string =>
    others.find((runId) => suits(runId, left)) ?? others[0] ?? '';
  const right = runIds.includes(chosen.right) ? chosen.right : undefined;
  const left = runIds.includes(chosen.left) ? chosen.left : firstOf(runIds.filter((runId) => runId !== right));
  return [
    left,
    right ??
      firstOf(
        runIds.filter((runId) => runId !== left),
        left,
      ),
  ];
}

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
