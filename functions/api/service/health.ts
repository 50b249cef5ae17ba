import type { RawOperation } from '../operation.ts';

const text = (body: string) => new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });

export const health: RawOperation = { kind: 'raw', method: 'GET', paths: ['/health'], respond: async () => text('OK') };

/** The MLflow whose wire Tracklet speaks; the client compares it (MLflow: GET /version). */
const MLFLOW_VERSION = '3.17.2';

export const version: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: ['/version'],
  respond: async () => text(MLFLOW_VERSION),
};
