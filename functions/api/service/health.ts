import { MlflowError } from '../../domain/errors.ts';
import type { Store } from '../../store/store.ts';
import type { RawOperation } from '../operation.ts';

const text = (body: string) => new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });

/** The experiment that every deployment is made with. */
const FIRST_EXPERIMENT = '0';

/** Whether this process answers (MLflow: GET /health); with `?deep=true` also whether its table does. */
export const health: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: ['/health'],
  respond: async ({ query }, { store }) => {
    if (query.get('deep') === 'true') await reach(store);
    return text('OK');
  },
};

/** Throws what the store throws that does not answer. */
async function reach(store: Pick<Store, 'getExperiment'>): Promise<void> {
  try {
    await store.getExperiment(FIRST_EXPERIMENT);
  } catch (error) {
    // Collected as garbage: the table says so.
    if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return;
    throw error;
  }
}

/** The MLflow whose wire Tracklet speaks; the client compares it (MLflow: GET /version). */
const MLFLOW_VERSION = '3.17.2';

export const version: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: ['/version'],
  respond: async () => text(MLFLOW_VERSION),
};
