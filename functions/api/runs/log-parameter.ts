import { checkRunActive } from '../../domain/lifecycle.ts';
import { conflictingParam, validateParam } from '../../domain/param.ts';
import { RUN_UUID, requiredText, runId, textOrEmpty } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const logParameter = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/log-parameter',
  since: '2.0',
  request: message({ run_id: runId, key: requiredText('Name'), value: textOrEmpty('Value') }, RUN_UUID),
  handle: async (input, { store }) => {
    const { key, value } = validateParam(input.key, input.value);
    await store.updateRun(input.run_id, (run) => {
      checkRunActive(run);
      const logged = run.params.get(key);
      if (logged === value) return run;
      if (logged !== undefined) throw conflictingParam(run.runId, key, logged, value);
      return { ...run, params: new Map(run.params).set(key, value) };
    });
    return {};
  },
});
