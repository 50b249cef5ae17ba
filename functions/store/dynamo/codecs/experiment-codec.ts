import type { Experiment } from '../../../domain/entities.ts';
import type { LifecycleStage } from '../../../domain/lifecycle.ts';
import type { DocumentCodec } from '../documents.ts';
import { markItem } from '../marks.ts';

type StoredExperiment = readonly [
  experimentId: string,
  name: string,
  artifactLocation: string,
  stage: LifecycleStage | 'removed',
  stageGeneration: number,
  creationTime: number,
  lastUpdateTime: number,
  tags: readonly (readonly [string, string])[],
];

/**
 * An experiment as a list of its values: a search reads all experiments, and without the fields' names 10,000 of them
 * with two tags cost 560 RRU instead of 810. The stage stands beside the JSON, so that a writer of runs reads it
 * without the tags.
 */
export const experimentCodec: DocumentCodec<Experiment> = {
  encode: (experiment) => {
    const { experimentId, name, artifactLocation, stageGeneration, creationTime, lastUpdateTime, tags } = experiment;
    const stage = experiment.removal === undefined ? experiment.stage : 'removed';
    const times = [creationTime, lastUpdateTime] as const;
    const stored: StoredExperiment = [
      experimentId,
      name,
      artifactLocation,
      stage,
      stageGeneration,
      ...times,
      [...tags],
    ];
    return JSON.stringify(stored);
  },
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as StoredExperiment;
    const [experimentId, name, artifactLocation, stage, stageGeneration, creationTime, lastUpdateTime, tags] = stored;
    return {
      experimentId,
      name,
      artifactLocation,
      ...(stage === 'removed' ? { stage: 'deleted', removal: 'begun' } : { stage }),
      stageGeneration,
      creationTime,
      lastUpdateTime,
      tags: new Map(tags),
    };
  },
  extra: markItem,
};
