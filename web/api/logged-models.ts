import { getMlflow } from './request.ts';

/** A logged model (MLflow 3: a model beside its run). */
export interface LoggedModel {
  readonly modelId: string;
  readonly name: string;
  readonly sourceRunId: string;
}

interface WireLoggedModel {
  readonly info: { readonly model_id: string; readonly name?: string; readonly source_run_id?: string };
}

/** One logged model. */
export async function getLoggedModel(modelId: string, signal?: AbortSignal): Promise<LoggedModel> {
  const { model } = await getMlflow<{ model: WireLoggedModel }>(
    `logged-models/${encodeURIComponent(modelId)}`,
    {},
    { signal },
  );
  const { model_id, name = '', source_run_id = '' } = model.info;
  return { modelId: model_id, name, sourceRunId: source_run_id };
}
