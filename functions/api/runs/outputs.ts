import { badRequest } from '../../domain/errors.ts';
import { checkRunActive } from '../../domain/lifecycle.ts';
import { requiredText, runId } from '../../protocol/common.ts';
import { message, requiredList } from '../../protocol/message.ts';
import { int64 } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';

const output = message({ model_id: requiredText('Logged model id'), step: int64('Step at which it was made') });

export const logOutputs = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/outputs',
  since: '2.0',
  request: message({ run_id: runId, models: requiredList(output, 'Logged models that the run made') }),
  handle: async (input, { store }) => {
    const outputs = input.models.map(({ model_id: modelId, step }) => ({ modelId, step: step ?? 0 }));
    await store.updateRun(input.run_id, (run) => {
      checkRunActive(run);
      const known = new Set(run.modelOutputs.map(({ modelId }) => modelId));
      for (const { modelId } of outputs) {
        if (known.has(modelId)) throw badRequest(`Model '${modelId}' is already an output of run '${run.runId}'.`);
        known.add(modelId);
      }
      return outputs.length === 0 ? run : { ...run, modelOutputs: [...run.modelOutputs, ...outputs] };
    });
    return {};
  },
});
