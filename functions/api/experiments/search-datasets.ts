import { invalidParameter } from '../../domain/errors.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { MAX_DATASET_SEARCH_EXPERIMENTS, MAX_DATASET_SUMMARIES } from '../../domain/limits.ts';
import { textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

/** The distinct datasets that runs of some experiments used, each with the context it was used in. */
export const searchDatasets = defineOperation({
  method: 'POST',
  path: '/mlflow/experiments/search-datasets',
  since: '2.0',
  audience: 'ajax',
  request: message({ experiment_ids: list(textOrEmpty('Experiment id'), 'Experiments, at most 20') }),
  handle: async ({ experiment_ids: ids }, { store }) => {
    if (ids.length === 0) throw invalidParameter('SearchDatasets request must specify at least one experiment_id.');
    if (ids.length > MAX_DATASET_SEARCH_EXPERIMENTS) {
      throw invalidParameter(
        `SearchDatasets request cannot specify more than ${MAX_DATASET_SEARCH_EXPERIMENTS} experiment_ids.` +
          ` Received ${ids.length} experiment_ids.`,
      );
    }
    const distinctIds = [...new Set(ids.map((id) => String(parseExperimentId(id))))];
    const summaries = distinctIds.map(async (experimentId) => {
      const uses = await store.listDatasetUses(experimentId);
      return uses.map((use) => ({ experiment_id: experimentId, ...use }));
    });
    const found = (await Promise.all(summaries)).flat().slice(0, MAX_DATASET_SUMMARIES);
    return { dataset_summaries: found.length > 0 ? found : undefined };
  },
});
