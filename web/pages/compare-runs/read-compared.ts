import { ApiError } from '../../api/api-error.ts';
import type { Run, RunPage, RunSearch } from '../../api/runs.ts';
import { quoteText } from '../../ui/format/search-text.ts';

/** A run that cannot be shown, and why: it is gone, or not for this reader. */
export interface MissingRun {
  readonly runId: string;
  readonly error: ApiError;
}

/** The runs that were asked for, in that order, and those of them that cannot be shown. */
export interface ComparedRuns {
  readonly runs: readonly Run[];
  readonly missing: readonly MissingRun[];
}

/** Where runs are read from. */
export interface RunSource {
  readonly getRun: (runId: string, signal?: AbortSignal) => Promise<Run>;
  readonly searchRuns: (
    search: RunSearch,
    page: { readonly size: number; readonly token?: string | undefined },
    signal?: AbortSignal,
  ) => Promise<RunPage>;
}

interface Asked {
  readonly runIds: readonly string[];
  /** Experiments in which they may be: those of the runs that were shown before. */
  readonly experimentIds: readonly string[];
  readonly source: RunSource;
  readonly signal?: AbortSignal;
}

const BATCH_SIZE = 100;
/** Runs of which no search knows the experiment, asked for at the same time. */
const AT_ONCE = 8;

/**
 * Reads many runs in few searches. A search must name its experiments and a link holds only runs, so a run that no search
 * found is asked for by itself, and the others are looked for where it lies.
 */
export async function readCompared({ runIds, experimentIds, source, signal }: Asked): Promise<ComparedRuns> {
  const found = new Map<string, Run>();
  const missing = new Map<string, ApiError>();
  const searched = new Set<string>();
  const left = () => runIds.filter((runId) => !found.has(runId) && !missing.has(runId));
  const searchIn = async (wanted: readonly string[]): Promise<void> => {
    const fresh = [...new Set(wanted)].filter((experimentId) => !searched.has(experimentId));
    for (const experimentId of fresh) searched.add(experimentId);
    for (const run of await findRuns(fresh, left(), source, signal)) found.set(run.runId, run);
  };
  await searchIn(experimentIds);
  // The first tells where the others lie, as a rule.
  for (let count = 1, some = left(); some.length > 0; count = AT_ONCE, some = left()) {
    const answers = await Promise.all(some.slice(0, count).map((runId) => getOrReason(runId, source, signal)));
    for (const { runId, run, error } of answers) {
      if (run !== undefined) found.set(runId, run);
      else missing.set(runId, error);
    }
    await searchIn(answers.flatMap(({ run }) => run?.experimentId ?? []));
  }
  return {
    runs: runIds.flatMap((runId) => found.get(runId) ?? []),
    missing: [...missing].map(([runId, error]) => ({ runId, error })),
  };
}

/** Those of the runs that lie in the experiments, in no order. */
export async function findRuns(
  experimentIds: readonly string[],
  runIds: readonly string[],
  source: Pick<RunSource, 'searchRuns'>,
  signal?: AbortSignal,
): Promise<readonly Run[]> {
  if (experimentIds.length === 0 || runIds.length === 0) return [];
  const count = Math.ceil(runIds.length / BATCH_SIZE);
  const batches = Array.from({ length: count }, (_, at) => runIds.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE));
  const read = async (batch: readonly string[]): Promise<readonly Run[]> => {
    const filter = `attributes.run_id IN (${batch.map(quoteText).join(', ')})`;
    const search: RunSearch = { experimentIds, filter, orderBy: [], view: 'ALL' };
    const runs: Run[] = [];
    let token: string | undefined;
    // Runs with many keys fill a page early.
    do {
      const page = await source.searchRuns(search, { size: batch.length, token }, signal);
      runs.push(...page.runs);
      token = page.nextPageToken;
    } while (token !== undefined);
    return runs;
  };
  return (await Promise.all(batches.map(read))).flat();
}

type Answer =
  | { readonly runId: string; readonly run: Run; readonly error?: undefined }
  | { readonly runId: string; readonly run?: undefined; readonly error: ApiError };

/** What says that this one run cannot be had; anything else is trouble with all of them. */
const OF_ONE_RUN: readonly number[] = [400, 403, 404];

async function getOrReason(runId: string, source: RunSource, signal: AbortSignal | undefined): Promise<Answer> {
  try {
    return { runId, run: await source.getRun(runId, signal) };
  } catch (error) {
    if (error instanceof ApiError && OF_ONE_RUN.includes(error.status)) return { runId, error };
    throw error;
  }
}

/** What was read of other runs, where it holds all these; undefined where it does not. */
export function comparedFrom(kept: ComparedRuns | undefined, runIds: readonly string[]): ComparedRuns | undefined {
  const runs = new Map(kept?.runs.map((run) => [run.runId, run]));
  const missing = new Map(kept?.missing.map((each) => [each.runId, each]));
  if (!runIds.every((runId) => runs.has(runId) || missing.has(runId))) return undefined;
  return {
    runs: runIds.flatMap((runId) => runs.get(runId) ?? []),
    missing: runIds.flatMap((runId) => missing.get(runId) ?? []),
  };
}

/** The runs with what was read of some of them since. */
export function withFresh(kept: ComparedRuns, fresh: readonly Run[]): ComparedRuns {
  const byId = new Map(fresh.map((run) => [run.runId, run]));
  return { ...kept, runs: kept.runs.map((run) => byId.get(run.runId) ?? run) };
}
