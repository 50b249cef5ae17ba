import { checkRunActive } from '../../domain/lifecycle.ts';
import { validateRunTag } from '../../domain/tag.ts';
import { RUN_UUID, requiredText, runId, textOrEmpty } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { setTags } from './set-tags.ts';

export const setTag = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/set-tag',
  since: '2.0',
  request: message({ run_id: runId, key: requiredText('Name'), value: textOrEmpty('Value') }, RUN_UUID),
  handle: async (input, { store }) => {
    const tag = validateRunTag(input.key, input.value);
    await store.updateRun(input.run_id, (run) => {
      checkRunActive(run);
      return setTags(run, [tag]);
    });
    return {};
  },
});
