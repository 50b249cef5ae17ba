import { RUN_UUID, runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { writeRun } from '../../protocol/write-run.ts';
import { writtenObject } from '../../protocol/written-json.ts';
import { defineOperation } from '../operation.ts';
import { createDatasetLookUp } from './look-up-datasets.ts';

export const getRun = defineOperation({
  method: 'GET',
  path: '/mlflow/runs/get',
  since: '2.0',
  request: message({ run_id: runId }, RUN_UUID),
  handle: async (input, { store }) => {
    const view = await store.getRun(input.run_id);
    const datasets = await createDatasetLookUp(store)([view]);
    return writtenObject({ run: writeRun(view, datasets(view.run.experimentId)) });
  },
});
