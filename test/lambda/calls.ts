import { expect } from 'vitest';
import { basic } from '../support/guarded-app.ts';
import { queryString } from '../support/test-app.ts';
import type { Deployment, GatewayAnswer } from './start-deployment.ts';

export const JSON_TYPE = { 'content-type': 'application/json' };

/** The place of one of MLflow's operations. */
export const mlflow = (path: string): string => `/api/2.0/mlflow/${path}`;

/** Calls of a deployment's admin. */
export function callsOf(deployment: () => Deployment) {
  /** Sends fields as a client does: in the query of a GET, else as the body. */
  const ask = (
    service: string,
    method: string,
    path: string,
    fields: object = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<GatewayAnswer> => {
    const { ask: request, password } = deployment();
    const isInQuery = method === 'GET';
    return request(service, {
      method,
      path,
      query: isInQuery ? queryString({ ...fields }).slice(1) : '',
      headers: { ...JSON_TYPE, authorization: basic('admin', password), ...headers },
      ...(!isInQuery && { body: JSON.stringify(fields) }),
    });
  };

  /** The answer's message; fails the test unless all went well. */
  const asked = async (service: string, method: string, path: string, fields: object = {}) => {
    const { status, body } = await ask(service, method, path, fields);
    expect(status, `${method} ${path}: ${body}`).toBe(200);
    return JSON.parse(body.toString() || '{}');
  };

  const newRun = async (experimentId = '0'): Promise<string> => {
    const made = await asked('TrackingService', 'POST', mlflow('runs/create'), { experiment_id: experimentId });
    return made.run.info.run_id;
  };

  /** Sends an event that is no request; fails the test unless the function answers. */
  const send = async (service: string, event: unknown): Promise<unknown> => {
    const { kind, payload } = await (await deployment().start(service)).invoke(event);
    expect(kind, JSON.stringify(payload)).toBe('answer');
    return payload;
  };

  return { ask, asked, newRun, send };
}
