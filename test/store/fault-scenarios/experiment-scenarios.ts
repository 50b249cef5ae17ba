import type { Experiment } from '../../../functions/domain/entities.ts';
import { doesNotExist } from '../../../functions/domain/errors.ts';
import type { Store } from '../../../functions/store/store.ts';
import type { FaultScenario } from '../fault-scenario.ts';
import { randomText } from '../random-text.ts';
import { newExperiment, upTo, withTag } from '../samples.ts';

/** Experiments by name, and which names lead to which; ids may have been skipped. */
async function observe(store: Store): Promise<unknown> {
  const experiments = await store.listExperiments();
  const found = await Promise.all(['a', 'b', 'Default'].map((name) => store.findExperimentByName(name)));
  return {
    listed: experiments.map(withoutId).toSorted((x, y) => (x.name < y.name ? -1 : 1)),
    found: found.map((experiment) => experiment && withoutId(experiment)),
  };
}

const withoutId = ({ experimentId: _, artifactLocation: __, ...rest }: Experiment) => rest;

const LARGE_TAGS = new Map(upTo(25).map((at) => [`t${at}`, randomText(20_000, at)]));

/** Deletes as the operation does: one that is deleted already is not there for it. */
const markDeleted = (current: Experiment): Experiment => {
  if (current.stage === 'deleted') throw doesNotExist('deleted already');
  return { ...current, stage: 'deleted', stageGeneration: current.stageGeneration + 1 };
};

/** An update of an experiment named `a`. */
const updating = (
  name: string,
  change: (current: Experiment) => Experiment,
  rest: Partial<FaultScenario> = {},
): FaultScenario => ({
  name,
  isAtomic: true,
  prepare: async (store) => {
    const id = await store.createExperiment(newExperiment('a', { tags: new Map([['old', '1']]) }));
    return { act: (victim) => victim.updateExperiment(id, change), observe };
  },
  ...rest,
});

/** The verbs that write experiments. */
export const experimentScenarios: readonly FaultScenario[] = [
  {
    name: 'the first read of an empty table',
    // The observer is a first reader, too.
    isAtomic: true,
    prepare: async () => ({ act: (store) => store.getExperiment('0'), observe }),
  },
  {
    name: 'createExperiment',
    isAtomic: true,
    doneBefore: 'RESOURCE_ALREADY_EXISTS',
    prepare: async () => ({ act: (store) => store.createExperiment(newExperiment('a')), observe }),
  },
  {
    name: 'createExperiment beyond an item',
    isAtomic: true,
    doneBefore: 'RESOURCE_ALREADY_EXISTS',
    prepare: async () => ({
      act: (store) => store.createExperiment(newExperiment('a', { tags: LARGE_TAGS })),
      observe,
    }),
  },
  updating('updateExperiment', withTag('new')),
  updating('a rename', (current) => ({ ...current, name: 'b' })),
  updating('a delete', markDeleted, { doneBefore: 'RESOURCE_DOES_NOT_EXIST' }),
];
