import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Experiment, Run } from '../../../domain/entities.ts';
import { stageOfRun } from '../../../domain/lifecycle.ts';
import { inParallel } from '../../archive/in-parallel.ts';
import type { Purge } from '../../archive/purger.ts';
import type { Begun, MayRemoveRun, Removals } from '../../removals.ts';
import { deleteAll } from '../delete-all.ts';
import type { DocumentPlatform, Documents } from '../documents.ts';
import { lostRace } from '../failures.ts';
import {
  archivedRunKey,
  archivedRunPrefix,
  experimentKey,
  type Home,
  homeOfRun,
  liveRunPrefix,
  metricsPrefix,
  runDocumentKey,
  workKey,
} from '../keys.ts';
import type { LiveRuns } from '../live-runs.ts';
import { checkMark } from '../marks.ts';
import type { RunReader, RunRecord } from '../run-reader.ts';
import { conditionInput, type Item, keyItem, keyOf } from '../table.ts';

type RunRemovals = Pick<Removals, 'listUnfinishedRuns' | 'findBegunRun' | 'beginRuns' | 'emptyRun' | 'forgetRuns'>;

interface RunRemovalProps {
  readonly platform: DocumentPlatform;
  readonly documents: Documents<Run>;
  readonly experiments: Documents<Experiment>;
  readonly reader: RunReader;
  readonly liveRuns: LiveRuns;
  readonly purge: Purge;
}

const READS_AT_ONCE = 16;
/** A transaction takes 100 items: one for the experiment and at most two for each run. */
const BEGUN_AT_ONCE = 40;

/** A run that may be removed, and what begins with it. */
interface Beginning {
  readonly runId: string;
  readonly home: Home;
  readonly experiment: Experiment;
  readonly writes: readonly TransactWriteItem[];
}

/**
 * Removal of runs. The mark is a live document that takes the place of the run's, wherever that is, in a transaction under
 * its version; for an archived run it hides the row, as live runs do. That transaction checks the mark of the experiment,
 * too, with which the run may have been deleted: restoring either of them makes it fail.
 */
export function createRunRemoval(props: RunRemovalProps): RunRemovals {
  const { platform, documents, experiments, reader, liveRuns, purge } = props;
  const { table, retry, marks } = platform;

  /** What is to be written; `begun` when nothing is, `kept` when the run may not be removed or is not there. */
  const prepare = async (home: Home, runId: string, mayRemove: MayRemoveRun): Promise<Beginning | 'begun' | 'kept'> => {
    const [experiment, record] = await Promise.all([
      experiments.find(experimentKey(home.experimentId)),
      reader.readRun(runId),
    ]);
    if (!experiment || !record) return 'kept';
    if (record.run.removal) return 'begun';
    const seen: Run = { ...record.run, stage: stageOfRun(record.run, experiment) };
    return mayRemove(seen, experiment) ? { runId, home, experiment, writes: writesOf(home, record) } : 'kept';
  };

  const writesOf = (home: Home, record: RunRecord): readonly TransactWriteItem[] => {
    const { run, version, replaces, isArchived } = record;
    const live = runDocumentKey(home, run.runId);
    const { main } = documents.layOut(live, markOfRemoval(run), { version: version + 1, replaces });
    const put = (condition: object) => ({ Put: { TableName: table.name, Item: { ...main }, ...condition } });
    const isUnchanged = { expression: 'v = :v', values: { ':v': { N: String(version) } } };
    if (!isArchived) return [put({ ...conditionInput(isUnchanged) })];
    const { expression, values } = isUnchanged;
    const deletion = { ConditionExpression: expression, ExpressionAttributeValues: { ...values } };
    return [
      put({ ConditionExpression: 'attribute_not_exists(pk)' }),
      { Delete: { TableName: table.name, Key: keyItem(archivedRunKey(home, run.runId)), ...deletion } },
    ];
  };

  /** Gives whether it took effect; it did not when anything has changed since it was prepared. */
  const commit = async (beginnings: readonly Beginning[]): Promise<boolean> => {
    const [first] = beginnings;
    if (!first) return true;
    const check = checkMark(table.name, experimentKey(first.home.experimentId), first.experiment);
    try {
      await table.transact([check, ...beginnings.flatMap(({ writes }) => writes)]);
      return true;
    } catch (error) {
      lostRace(error);
      return false;
    } finally {
      for (const { home, runId } of beginnings) touch(home, runId);
    }
  };

  const touch = (home: Home, runId: string) => {
    marks.forget(runDocumentKey(home, runId));
    marks.forget(archivedRunKey(home, runId));
    liveRuns.touch(home.experimentId, runId);
  };

  const beginOne = (home: Home, runId: string, mayRemove: MayRemoveRun): Promise<boolean> =>
    retry(async () => {
      const prepared = await prepare(home, runId, mayRemove);
      if (prepared === 'begun' || prepared === 'kept') return { done: prepared === 'begun' };
      return (await commit([prepared])) ? { done: true } : 'again';
    });

  /** Several in one transaction: the check of the experiment, which hinders others, is made once for all of them. */
  const beginSome = async (runIds: readonly string[], mayRemove: MayRemoveRun): Promise<readonly string[]> => {
    const prepared = await inParallel(runIds, READS_AT_ONCE, async (runId) => {
      const home = homeOfRun(runId);
      return { runId, home, outcome: home ? await prepare(home, runId, mayRemove) : ('kept' as const) };
    });
    const beginnings = prepared.flatMap(({ outcome }) => (typeof outcome === 'object' ? outcome : []));
    const isDone = await commit(beginnings);
    const begun: string[] = [];
    for (const { runId, home, outcome } of prepared) {
      const isOpen = typeof outcome === 'object' && !isDone;
      if (isOpen ? home && (await beginOne(home, runId, mayRemove)) : outcome !== 'kept') begun.push(runId);
    }
    return begun;
  };

  const deleteBut = async (items: readonly Item[], kept: string) =>
    table.writeMany(
      [],
      items.map(keyOf).filter(({ sk }) => sk !== kept),
    );

  return {
    listUnfinishedRuns: async (experimentId) => {
      const live = await liveRuns.list(experimentId);
      const begun = live.flatMap(({ run }) => (run.removal === 'begun' ? begunOf(run) : []));
      return {
        begun: begun.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        hasEmptied: live.some(({ run }) => run.removal === 'emptied'),
      };
    },
    findBegunRun: async (runId) => {
      const run = (await reader.readRun(runId))?.run;
      return run?.removal === 'begun' ? { ...begunOf(run), experimentId: run.experimentId } : undefined;
    },
    beginRuns: async (experimentId, runIds, mayRemove) => {
      const begun = new Set<string>();
      const own = runIds.filter((runId) => homeOfRun(runId)?.experimentId === experimentId);
      for (let start = 0; start < own.length; start += BEGUN_AT_ONCE) {
        for (const id of await beginSome(own.slice(start, start + BEGUN_AT_ONCE), mayRemove)) begun.add(id);
      }
      return begun;
    },
    emptyRun: async (runId) => {
      const home = homeOfRun(runId);
      if (!home) return;
      const key = runDocumentKey(home, runId);
      // Only what is marked may go; without a mark another collector has been here.
      if (!(await documents.find(key))?.removal) return;
      await deleteAll(table, metricsPrefix(runId));
      await deleteBut(await table.query(liveRunPrefix(home, runId)), key.sk);
      await deleteAll(table, archivedRunPrefix(home, runId));
      await table.writeMany([], [workKey(runId)]);
      try {
        await documents.update(key, (run) => (run.removal === 'begun' ? { ...run, removal: 'emptied' } : run));
      } finally {
        touch(home, runId);
      }
    },
    forgetRuns: async (experimentId, maxRows) => {
      await purge(experimentId, maxRows);
    },
  };
}

const begunOf = ({ runId, artifactUri }: Run): Begun => ({ id: runId, artifactUri });

/** What stands for a run that is being removed: enough to remove its artifacts. */
const markOfRemoval = (run: Run): Run => ({
  ...run,
  stage: 'deleted',
  params: new Map(),
  tags: new Map(),
  datasets: [],
  modelInputs: [],
  modelOutputs: [],
  removal: 'begun',
});
