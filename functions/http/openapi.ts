import * as z from 'zod';
import type { JsonOperation, Operation } from '../api/operation.ts';
import { isRepeated, isRequired } from '../protocol/message.ts';

/** Where the description of the API is served. */
export const OPENAPI_PATH = '/api/2.0/tracklet/openapi.json';

const ERROR = {
  description: 'MLflow’s error: error_code and message',
  content: json({ $ref: '#/components/schemas/Error' }),
};

/** The API as OpenAPI 3.1, made of the very schemas that decode the requests. Answers are MLflow's. */
export function describeApi(operations: readonly Operation[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    for (const path of operation.paths.filter(isPublic)) {
      const place = path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
      paths[place] = { ...paths[place], [operation.method.toLowerCase()]: describeOperation(operation, path) };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tracklet', version: '1', description: 'MLflow’s REST API, as Tracklet speaks it.' },
    paths,
    components: { schemas: { Error: ERROR_SCHEMA } },
  };
}

const ERROR_SCHEMA = {
  type: 'object',
  required: ['error_code', 'message'],
  properties: { error_code: { type: 'string' }, message: { type: 'string' } },
};

/** The twins under /ajax-api are the same and only listed where they stand alone. */
const isPublic = (path: string, _at: number, paths: readonly string[]): boolean =>
  !path.startsWith('/ajax-api/') || paths.length === 1;

function describeOperation(operation: Operation, path: string): object {
  const responses = { 200: { description: 'Done' }, default: ERROR };
  const operationId = `${operation.method.toLowerCase()} ${path}`;
  if (operation.kind === 'raw') return { operationId, parameters: pathParameters(path), responses };
  const fields = describeFields(operation);
  if (operation.method === 'GET') {
    return { operationId, parameters: [...pathParameters(path), ...queryParameters(fields, path)], responses };
  }
  const properties = Object.fromEntries(fields.map(({ name, schema }) => [name, schema]));
  const schema = {
    type: 'object',
    properties,
    required: fields.filter((field) => field.isRequired).map(({ name }) => name),
  };
  return { operationId, parameters: pathParameters(path), requestBody: { content: json(schema) }, responses };
}

interface Field {
  readonly name: string;
  readonly schema: object;
  readonly isRequired: boolean;
}

const describeFields = ({ request }: JsonOperation): readonly Field[] =>
  Object.entries(request.fields).map(([name, field]) => {
    const { $schema: _, ...schema } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });
    return { name, schema: isRepeated(field) ? { ...schema, type: 'array' } : schema, isRequired: isRequired(field) };
  });

const namesIn = (path: string): readonly string[] => [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? []);

const pathParameters = (path: string): readonly object[] =>
  namesIn(path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));

function queryParameters(fields: readonly Field[], path: string): readonly object[] {
  const inPath = namesIn(path);
  return fields
    .filter(({ name }) => !inPath.includes(name))
    .map((field) => ({ name: field.name, in: 'query', required: field.isRequired, schema: field.schema }));
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}
