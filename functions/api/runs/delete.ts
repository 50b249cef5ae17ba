import { runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const deleteRun = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/delete',
  since: '2.0',
  request: message({ run_id: runId }),
  handle: async (input, { store, clock }) => {
    const now = clock();
    await store.updateRun(input.run_id, (run) => ({ ...run, stage: 'deleted', deletedTime: now }));
    return {};
  },
});
