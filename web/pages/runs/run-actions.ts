import type { QueryClient } from '@tanstack/react-query';
import { sentenceOf } from '../../api/api-error.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { deleteRun, type Run, restoreRun, setRunTag } from '../../api/runs.ts';
import { inTurns } from '../../ui/actions/in-turns.ts';
import { formatCount } from '../../ui/format/number.ts';
import { tell, tellTrouble } from '../../ui/toasts/toast-store.ts';

type NameOf = (runId: string) => string;

interface Change {
  readonly runIds: readonly string[];
  readonly act: (runId: string) => Promise<object>;
  readonly done: string;
  /** How the runs are called; they are only counted when it is absent. */
  readonly nameOf?: NameOf | undefined;
  readonly undo?: () => void;
}

/** Moves runs to the trash, and offers to bring them back. */
export const trashRuns = (client: QueryClient, runIds: readonly string[], nameOf?: NameOf): Promise<void> =>
  change(client, {
    runIds,
    act: deleteRun,
    done: 'Deleted',
    nameOf,
    undo: () => void recoverRuns(client, runIds, nameOf),
  });

/** Brings runs back from the trash, and offers to put them there again. */
export const recoverRuns = (client: QueryClient, runIds: readonly string[], nameOf?: NameOf): Promise<void> =>
  change(client, {
    runIds,
    act: restoreRun,
    done: 'Restored',
    nameOf,
    undo: () => void trashRuns(client, runIds, nameOf),
  });

/** Sets a tag on runs. */
export const tagRuns = (client: QueryClient, runIds: readonly string[], key: string, value: string): Promise<void> =>
  change(client, { runIds, act: (runId) => setRunTag(runId, key, value), done: `Set ${key} on` });

async function change(client: QueryClient, { runIds, act, done, nameOf, undo }: Change): Promise<void> {
  const { failures } = await inTurns(runIds, act);
  await client.invalidateQueries({ queryKey: queryKeys.runs });
  const [failure] = failures;
  if (failure !== undefined) {
    tellTrouble(`${formatCount(failures.length, 'run')} of ${runIds.length} failed: ${sentenceOf(failure.error)}`);
  }
  const failed = new Set(failures.map(({ item }) => item));
  const changed = runIds.filter((runId) => !failed.has(runId));
  if (changed.length === 0) return;
  const what = nameOf === undefined ? formatCount(changed.length, 'run') : listOfNames(changed.map(nameOf));
  tell(`${done} ${what}.`, undo && { label: 'Undo', run: undo });
}

const MOST_NAMED = 3;

/** The first few names, and how many more there are. */
export function listOfNames(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED).map((name) => `“${name}”`);
  const more = names.length - named.length;
  const parts = more > 0 ? [...named, `${more} more`] : named;
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** Values that runs have for a param or a tag, the most frequent first. */
export function frequentValues(runs: readonly Run[], kind: 'param' | 'tag', key: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const value = (kind === 'param' ? run.params : run.tags).get(key);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
}
