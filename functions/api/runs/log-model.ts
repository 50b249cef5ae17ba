import { checkRunActive } from '../../domain/lifecycle.ts';
import { appendModelHistory, checkLoggedModelJson } from '../../domain/logged-model.ts';
import { validateRunTag } from '../../domain/tag.ts';
import { requiredText, runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { setTags } from './set-tags.ts';

const HISTORY_TAG = 'mlflow.log-model.history';

/** Clients before 3.0 record a model they have uploaded; the run keeps the list in a tag. */
export const logModel = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/log-model',
  since: '2.0',
  request: message({ run_id: runId, model_json: requiredText('The MLmodel file as JSON') }),
  handle: async (input, { store }) => {
    const model = checkLoggedModelJson(input.model_json);
    await store.updateRun(input.run_id, (run) => {
      checkRunActive(run);
      const value = appendModelHistory(run.tags.get(HISTORY_TAG), model);
      // MLflow checks the tag but stores it whole: cut off, the list could not be read again.
      validateRunTag(HISTORY_TAG, value);
      return setTags(run, [{ key: HISTORY_TAG, value }]);
    });
    return {};
  },
});
