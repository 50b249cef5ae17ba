import { doesNotExist } from '../../domain/errors.ts';
import { checkRunActive } from '../../domain/lifecycle.ts';
import { requiredText, runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const deleteTag = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/delete-tag',
  since: '2.0',
  request: message({ run_id: runId, key: requiredText('Name') }),
  handle: async ({ run_id: id, key }, { store }) => {
    await store.updateRun(id, (run) => {
      checkRunActive(run);
      const tags = new Map(run.tags);
      if (!tags.delete(key)) throw doesNotExist(`No tag with name: ${key} in run with id ${id}`);
      return { ...run, tags };
    });
    return {};
  },
});
