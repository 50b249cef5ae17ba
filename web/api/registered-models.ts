import { getMlflow } from './request.ts';

/** A registered model; times in ms since the epoch. */
export interface RegisteredModel {
  readonly name: string;
  readonly lastUpdatedTime: number;
}

const MAX_RESULTS = 200;

interface WireModel {
  readonly name: string;
  readonly last_updated_timestamp?: number;
}

/** The registered models, the first page of them. */
export async function searchRegisteredModels(signal?: AbortSignal): Promise<readonly RegisteredModel[]> {
  const { registered_models: models = [] } = await getMlflow<{ registered_models?: readonly WireModel[] }>(
    'registered-models/search',
    { max_results: MAX_RESULTS },
    { signal },
  );
  return models.map(({ name, last_updated_timestamp: time = 0 }) => ({ name, lastUpdatedTime: Number(time) }));
}
