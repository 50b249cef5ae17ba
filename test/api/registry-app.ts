import { type Answer, callers, openTestApp, type TestApp, uniqueName, valueAt } from '../support/test-app.ts';

type Fields = Readonly<Record<string, unknown>>;

const MLFLOW = '/api/2.0/mlflow/';

/** The calls of tests of the model registry. */
export interface RegistryApp extends TestApp {
  readonly patch: (operation: string, body: unknown) => Promise<Answer>;
  readonly remove: (operation: string, body: unknown) => Promise<Answer>;
  /** Makes a registered model with a name of its own and gives the name. */
  readonly newRegisteredModel: (fields?: Fields) => Promise<string>;
  /** Makes a version of a model. */
  readonly newVersion: (name: string, fields?: Fields) => Promise<Answer>;
  /** A model as it is now. */
  readonly modelOf: (name: string) => Promise<unknown>;
  /** A version as it is now. */
  readonly versionOf: (name: string, version: string) => Promise<unknown>;
}

/** Starts the app for a test file. */
export async function openRegistryApp(): Promise<RegistryApp> {
  const app = await openTestApp();
  const { call, post, get } = callers(app.fetch);
  return {
    ...app,
    patch: (operation, body) => call('PATCH', MLFLOW + operation, body),
    remove: (operation, body) => call('DELETE', MLFLOW + operation, body),
    newRegisteredModel: async (fields = {}) => {
      const name = uniqueName('model');
      const answer = await post('registered-models/create', { name, ...fields });
      if (answer.status !== 200) throw new Error(`no model was made: ${JSON.stringify(answer.body)}`);
      return name;
    },
    newVersion: async (name, fields = {}) => {
      const answer = await post('model-versions/create', { name, source: SOURCE, ...fields });
      if (answer.status !== 200) throw new Error(`no version was made: ${JSON.stringify(answer.body)}`);
      return answer;
    },
    modelOf: async (name) => valueAt(await get('registered-models/get', { name }), 'registered_model'),
    versionOf: async (name, version) => valueAt(await get('model-versions/get', { name, version }), 'model_version'),
  };
}

/** Where versions lie that lie anywhere. */
export const SOURCE = 's3://bucket/model';

export const noModel = (name: string): string => `Registered Model with name=${name} not found`;
export const noVersion = (name: string, version: number): string =>
  `Model Version (name=${name}, version=${version}) not found`;
export const BAD_NAME = "Invalid model name 'a/b'. Names cannot contain '/' or ':'.";
