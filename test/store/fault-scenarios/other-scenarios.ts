import type { FaultScenario, Prepared } from '../fault-scenario.ts';
import { randomText } from '../random-text.ts';
import { addModel, dataset, modelMetric, newModel, upTo, withTag } from '../samples.ts';

const observeModels: Prepared['observe'] = (store) => store.listLoggedModels('0');

const SMALL = dataset({ name: 'small' });
const LARGE = dataset({ name: 'large', profile: randomText(480_000, 1) });

/** The verbs that write datasets, logged models and secrets. */
export const otherScenarios: readonly FaultScenario[] = [
  {
    name: 'putDatasets',
    isAtomic: false,
    prepare: async () => ({
      act: (store) => store.putDatasets('0', [SMALL, LARGE]),
      observe: (store) => store.getDatasets('0', [SMALL, LARGE]),
    }),
  },
  {
    name: 'createLoggedModel',
    isAtomic: true,
    prepare: async (store) => {
      const model = newModel(store, '0');
      return { act: (victim) => victim.createLoggedModel(model), observe: observeModels };
    },
  },
  {
    name: 'updateLoggedModel',
    isAtomic: true,
    prepare: async (store) => {
      const { modelId } = await addModel(store);
      return { act: (victim) => victim.updateLoggedModel(modelId, withTag('new')), observe: observeModels };
    },
  },
  {
    name: 'appendModelMetrics',
    isAtomic: false,
    prepare: async (store) => {
      const { modelId } = await addModel(store);
      const metrics = upTo(3).map((step) => modelMetric({ step }));
      return { act: (victim) => victim.appendModelMetrics(modelId, metrics), observe: observeModels };
    },
  },
  {
    name: 'getSecret',
    isAtomic: true,
    prepare: async () => ({
      act: (store) => store.getSecret('s'),
      // It is random; what counts is that it is one.
      observe: async (store) => new Set([await store.getSecret('s'), await store.getSecret('s')]).size,
    }),
  },
];
