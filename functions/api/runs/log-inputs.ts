import { validateRunId } from '../../domain/batch.ts';
import { type DatasetInput, dedupeDatasetInputs, validateDatasetInput } from '../../domain/dataset.ts';
import type { Run } from '../../domain/entities.ts';
import { checkRunActive } from '../../domain/lifecycle.ts';
import { keyValue, requiredText, runId, textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';

const dataset = message({
  name: textOrEmpty('Name'),
  digest: textOrEmpty('Digest of its content'),
  source_type: textOrEmpty('Kind of source'),
  source: textOrEmpty('Where it comes from, as JSON'),
  schema: text('Schema, as JSON'),
  profile: text('Profile, as JSON'),
});

const request = message({
  run_id: runId,
  datasets: list(message({ dataset, tags: list(keyValue, 'Tags of the input, its context among them') }), 'Datasets'),
  models: list(message({ model_id: requiredText('Logged model id') }), 'Logged models that the run reads'),
});

/** Adds links that are not there yet; a link that is there keeps its tags (MLflow: _log_inputs_impl). */
function linkInputs(run: Run, inputs: readonly DatasetInput[], modelIds: readonly string[]): Run {
  checkRunActive(run);
  const isLinked = (input: DatasetInput) =>
    run.datasets.some(({ name, digest }) => name === input.dataset.name && digest === input.dataset.digest);
  const links = inputs
    .filter((input) => !isLinked(input))
    .map(({ dataset: { name, digest }, tags }) => ({ name, digest, tags }));
  const models = [...new Set(modelIds)].filter((modelId) => !run.modelInputs.includes(modelId));
  if (links.length === 0 && models.length === 0) return run;
  return { ...run, datasets: [...run.datasets, ...links], modelInputs: [...run.modelInputs, ...models] };
}

export const logInputs = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/log-inputs',
  since: '2.0',
  request,
  handle: async (input, { store }) => {
    validateRunId(input.run_id);
    const given = input.datasets.map(
      ({ dataset: { source_type: sourceType, ...rest }, tags }): DatasetInput => ({
        dataset: { ...rest, sourceType, schema: rest.schema, profile: rest.profile },
        tags,
      }),
    );
    given.forEach(validateDatasetInput);
    const inputs = dedupeDatasetInputs(given);
    const run = await store.getRunState(input.run_id);
    checkRunActive(run);
    // Datasets first: a link must never point at nothing.
    await store.putDatasets(
      run.experimentId,
      inputs.map(({ dataset: one }) => one),
    );
    const modelIds = input.models.map(({ model_id: modelId }) => modelId);
    await store.updateRun(run.runId, (current) => linkInputs(current, inputs, modelIds));
    return {};
  },
});
