import { runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const restoreRun = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/restore',
  since: '2.0',
  request: message({ run_id: runId }),
  handle: async (input, { store }) => {
    await store.updateRun(input.run_id, (run) => ({ ...run, stage: 'active', deletedTime: undefined }));
    return {};
  },
});
