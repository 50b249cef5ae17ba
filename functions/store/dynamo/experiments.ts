import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Experiment } from '../../domain/entities.ts';
import { alreadyExists, doesNotExist } from '../../domain/errors.ts';
import type { NewExperiment, Store } from '../store.ts';
import { experimentCodec } from './codecs/experiment-codec.ts';
import { createCounter } from './counter.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import { type ExperimentReader, keepExperiments, readExperiments } from './experiment-list.ts';
import { EXPERIMENTS, experimentKey, experimentNameKey } from './keys.ts';
import { keyItem } from './table.ts';

type ExperimentVerbs = Pick<
  Store,
  'createExperiment' | 'getExperiment' | 'findExperimentByName' | 'listExperiments' | 'updateExperiment'
>;

const DEFAULT_ID = '0';

interface ExperimentVerbsProps {
  readonly defaultExperiment: NewExperiment;
  /** Whether no other process writes to the table. */
  readonly isOnlyWriter: boolean;
}

/** The verbs of experiments, and what garbage collection needs beside them. */
export interface ExperimentAccess {
  readonly verbs: ExperimentVerbs;
  /** Those that are being removed, too. */
  readonly listAll: () => Promise<readonly Experiment[]>;
  /** Tells that a removal wrote to an experiment. */
  readonly wasRemoved: (experimentId: string) => void;
}

/** Experiments, their names and the counter of their ids. `defaultExperiment` exists from the first read on, as number 0. */
export function createExperimentVerbs(platform: DocumentPlatform, props: ExperimentVerbsProps): ExperimentAccess {
  const { table } = platform;
  const documents = createDocuments(experimentCodec, platform);
  const reader: ExperimentReader = {
    readAll: async () => {
      const pages = await Promise.all(EXPERIMENTS.map((partition) => table.query(partition)));
      return documents.assemble(pages.flat());
    },
    readOne: (experimentId) => documents.find(experimentKey(experimentId)),
  };
  const experiments = props.isOnlyWriter ? keepExperiments(reader) : readExperiments(reader);

  /** Writes to an experiment, and tells the searches when that has come to an end. */
  const writing = async <T>(experimentId: string, write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } finally {
      experiments.touch(experimentId);
    }
  };

  const putExperiment = (experimentId: string, { name, locationOf, tags, now }: NewExperiment) => {
    const experiment: Experiment = {
      experimentId,
      name,
      artifactLocation: locationOf(experimentId),
      stage: 'active',
      stageGeneration: 0,
      creationTime: now,
      lastUpdateTime: now,
      tags,
    };
    const claim = claimName(table.name, name, experimentId);
    return writing(experimentId, documents.createIfAbsent(experimentKey(experimentId), experiment, [claim]));
  };

  let seeding: Promise<void> | undefined;
  const seed = async () => {
    if (!(await table.get(experimentKey(DEFAULT_ID)))) await putExperiment(DEFAULT_ID, props.defaultExperiment);
  };
  /** A failed seeding is tried again by the next caller. */
  const seeded = () => {
    seeding ??= seed().catch((error: unknown) => {
      seeding = undefined;
      throw error;
    });
    return seeding;
  };

  const nextNumber = createCounter(table, 'experiment');
  const isNameTaken = async (name: string) => (await table.get(experimentNameKey(name))) !== undefined;

  const verbs: ExperimentVerbs = {
    createExperiment: async (experiment) => {
      await seeded();
      // Asked first, so that a refused name does not use up a number; the transaction decides.
      if (await isNameTaken(experiment.name)) throw nameTaken(experiment.name);
      const experimentId = String(await nextNumber());
      await experiment.beforehand?.(experimentId);
      if (!(await putExperiment(experimentId, experiment))) throw nameTaken(experiment.name);
      return experimentId;
    },
    getExperiment: async (experimentId) => {
      await seeded();
      const experiment = await documents.find(experimentKey(experimentId));
      if (!experiment || experiment.removal) throw noExperiment(experimentId);
      return experiment;
    },
    findExperimentByName: async (name) => {
      await seeded();
      const claim = await table.get(experimentNameKey(name));
      if (claim?.id?.S === undefined) return undefined;
      const experiment = await documents.find(experimentKey(claim.id.S));
      // Between the two reads it may have been renamed, or its removal begun.
      return experiment?.name === name && !experiment.removal ? experiment : undefined;
    },
    listExperiments: async () => {
      await seeded();
      return (await experiments.list()).filter(({ removal }) => !removal);
    },
    updateExperiment: async (experimentId, change) => {
      await seeded();
      let wanted = '';
      const update = documents.update(
        experimentKey(experimentId),
        (current) => {
          if (current.removal) throw noExperiment(experimentId);
          const next = change(current);
          wanted = next.name;
          return next;
        },
        (before, after) => moveName(table.name, before, after),
      );
      const outcome = await writing(experimentId, update);
      if (outcome === 'taken') throw nameTaken(wanted);
      if (!outcome) throw noExperiment(experimentId);
      return outcome;
    },
  };

  return {
    verbs,
    listAll: experiments.list,
    wasRemoved: (experimentId) => {
      experiments.touch(experimentId);
      // The default experiment exists always: once it is gone, the next read makes a new one.
      if (experimentId === DEFAULT_ID) seeding = undefined;
    },
  };
}

const claimName = (tableName: string, name: string, experimentId: string): TransactWriteItem => ({
  Put: {
    TableName: tableName,
    Item: { ...keyItem(experimentNameKey(name)), id: { S: experimentId } },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** A renamed experiment gives its old name free in the transaction that claims the new one. */
function moveName(tableName: string, before: Experiment, after: Experiment): readonly TransactWriteItem[] {
  if (before.name === after.name) return [];
  const release: TransactWriteItem = {
    Delete: { TableName: tableName, Key: keyItem(experimentNameKey(before.name)) },
  };
  return [claimName(tableName, after.name, after.experimentId), release];
}

const nameTaken = (name: string) => alreadyExists(`Experiment(name=${name}) already exists.`);
const noExperiment = (experimentId: string) => doesNotExist(`No Experiment with id=${experimentId} exists`);
