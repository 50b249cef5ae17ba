import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Experiment } from '../../../domain/entities.ts';
import type { Manifests } from '../../archive/manifests.ts';
import type { SegmentFiles } from '../../archive/segment-files.ts';
import type { Removals } from '../../removals.ts';
import { deleteAll } from '../delete-all.ts';
import type { DocumentPlatform, Documents } from '../documents.ts';
import type { ExperimentAccess } from '../experiments.ts';
import {
  damageKey,
  datasetsPrefix,
  experimentKey,
  experimentNameKey,
  type KeyPrefix,
  metricsPrefix,
  modelsPrefixes,
  overflowPrefix,
  runOfSortKey,
  runsPrefixes,
  viewsPrefix,
  workKey,
} from '../keys.ts';
import type { LiveRuns } from '../live-runs.ts';
import { keyItem, keyOf } from '../table.ts';

type ExperimentRemovals = Pick<Removals, 'listBegunExperiments' | 'beginExperiment' | 'removeExperiment'>;

interface ExperimentRemovalProps {
  readonly platform: DocumentPlatform;
  readonly documents: Documents<Experiment>;
  readonly access: Pick<ExperimentAccess, 'listAll' | 'wasRemoved'>;
  readonly liveRuns: LiveRuns;
  readonly manifests: Manifests;
  readonly files: SegmentFiles;
}

/** What is read of a partition at once: so many items, of at most so many MB. */
const BATCH_ITEMS = 1000;
const BATCH_PAGES = 4;

/** Removal of experiments: the mark is a change of their document, in the transaction that frees the name. */
export function createExperimentRemoval(props: ExperimentRemovalProps): ExperimentRemovals {
  const { platform, documents, access, liveRuns, manifests, files } = props;
  const { table, marks } = platform;

  const releaseName = ({ name }: Experiment): TransactWriteItem => ({
    Delete: { TableName: table.name, Key: keyItem(experimentNameKey(name)) },
  });

  /** What a run wrote that came in while the experiment was deleted, or was left by a writer who died. */
  const removeRuns = async (experimentId: string, prefix: KeyPrefix) => {
    for (;;) {
      const keys = (await table.queryFirst(prefix, BATCH_ITEMS, BATCH_PAGES)).map(keyOf);
      if (keys.length === 0) return;
      const runIds = [...new Set(keys.map(({ sk }) => runOfSortKey(sk)))];
      for (const runId of runIds) await deleteAll(table, metricsPrefix(runId));
      try {
        await table.writeMany([], [...runIds.map(workKey), ...keys]);
      } finally {
        for (const key of keys) marks.forget(key);
        for (const runId of runIds) liveRuns.touch(experimentId, runId);
      }
    }
  };

  const removeArchive = async (experimentId: string) => {
    await manifests.remove(experimentId);
    await files.remove(await files.listOlder(experimentId, Number.POSITIVE_INFINITY));
    await table.writeMany([], [damageKey(experimentId)]);
  };

  return {
    listBegunExperiments: async () => {
      const begun = (await access.listAll()).filter(({ removal }) => removal);
      return begun.map(({ experimentId }) => experimentId);
    },
    beginExperiment: async (experimentId, mayRemove) => {
      try {
        const outcome = await documents.update(
          experimentKey(experimentId),
          (current) => (current.removal || !mayRemove(current) ? current : { ...current, removal: 'begun' }),
          (before) => [releaseName(before)],
        );
        return typeof outcome === 'object' && outcome.removal !== undefined;
      } finally {
        access.wasRemoved(experimentId);
      }
    },
    removeExperiment: async (experimentId) => {
      const key = experimentKey(experimentId);
      if (!(await documents.find(key))?.removal) return;
      // An archiver that has read the manifest cannot name its segment any more; one that comes later finds no runs.
      await manifests.change(experimentId, (current) => ({ ...current }));
      for (const prefix of runsPrefixes(experimentId)) await removeRuns(experimentId, prefix);
      for (const prefix of [...modelsPrefixes(experimentId), datasetsPrefix(experimentId), viewsPrefix(experimentId)])
        await deleteAll(table, prefix);
      await removeArchive(experimentId);
      await deleteAll(table, overflowPrefix(key));
      try {
        await table.writeMany([], [key]);
      } finally {
        marks.forget(key);
        access.wasRemoved(experimentId);
      }
    },
  };
}
