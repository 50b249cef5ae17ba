import { operations } from '../../functions/api/index.ts';
import { createServices } from '../../functions/entry/services.ts';
import { createApp } from '../../functions/http/app.ts';
import type { EmbeddedStores } from '../stores.ts';
import type { Send } from './calls.ts';

const ARTIFACT_ROOT = 'mlflow-artifacts:/';
const ORIGIN = 'http://in-process';
const JSON_HEADERS = { 'content-type': 'application/json' };

/** Answers in this process, by the handlers that a server would run, over embedded stores. */
export function sendInProcess(stores: EmbeddedStores): Send {
  const { tableName, bucketName, connections } = stores;
  const services = createServices({ tableName, bucketName, artifactRoot: ARTIFACT_ROOT }, connections);
  const app = createApp(operations, services, (message, cause) => console.error(`error: ${message}`, cause));
  return async (method, path, body) => {
    const response = await app.fetch(new Request(ORIGIN + path, { method, headers: JSON_HEADERS, body }));
    return { status: response.status, text: await response.text() };
  };
}
