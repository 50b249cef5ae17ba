import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EmbeddedStores } from '../../local/stores.ts';
import type { Statement } from '../infra/deployed-functions.ts';
import { type Arns, type Demand, dynamoDemands, s3Demands } from './role-demands.ts';

/** AWS as a role finds it: what its policies allow goes on to the stores, the rest is refused. */
export interface RoleGate {
  /** What a function is told in AWS_ENDPOINT_URL. */
  readonly url: string;
  /** What was refused, as `s3:GetObject on arn:…`. */
  readonly refused: readonly string[];
  /** What was allowed and by which resource of a statement, in the same form. */
  readonly used: ReadonlySet<string>;
  /** What was put on the event bus. */
  readonly events: readonly string[];
  readonly close: () => Promise<void>;
}

interface RoleGateProps {
  readonly statements: readonly Statement[];
  readonly arns: Arns;
  readonly stores: EmbeddedStores;
  /** By ARN. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Opens a gate for one role. */
export async function openRoleGate({ statements, arns, stores, secrets }: RoleGateProps): Promise<RoleGate> {
  const refused: string[] = [];
  const used = new Set<string>();
  const events: string[] = [];

  const allows = (demand: Demand): boolean => {
    const granting = statements.find((statement) => grants(statement, demand));
    const resource = granting?.resources.find((pattern) => isLike(demand.resource, pattern));
    if (resource === undefined)
      refused.push(`${demand.action} on ${demand.resource} ${demand.leadingKey ?? ''}`.trim());
    else used.add(`${demand.action} on ${resource}`);
    return resource !== undefined;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await request.toArray());
    const { method = '', url = '' } = request;
    const [service = '', operation = ''] = String(request.headers['x-amz-target'] ?? 's3').split('.');
    const fields = service === 's3' ? undefined : JSON.parse(body.toString());
    switch (service) {
      case 's3': {
        const isAllowed = s3Demands(method, url, body.toString(), arns).every(allows);
        if (!isAllowed) return void response.writeHead(403, XML).end('<Error><Code>AccessDenied</Code></Error>');
        return pass(request, response, body, String(stores.connections.s3.endpoint));
      }
      case 'secretsmanager': {
        if (!allows({ action: `secretsmanager:${operation}`, resource: fields.SecretId })) return refuse(response);
        return void response
          .writeHead(200, JSON_11)
          .end(JSON.stringify({ SecretString: secrets.get(fields.SecretId) }));
      }
      case 'AWSEvents': {
        if (!allows({ action: `events:${operation}`, resource: BUS })) return refuse(response);
        events.push(...fields.Entries.map(({ DetailType }: { readonly DetailType: string }) => DetailType));
        const entries = fields.Entries.map((_: unknown, at: number) => ({ EventId: `e-${at}` }));
        return void response.writeHead(200, JSON_11).end(JSON.stringify({ FailedEntryCount: 0, Entries: entries }));
      }
      default: {
        if (!dynamoDemands(operation, body.toString(), arns).every(allows)) return refuse(response);
        return pass(request, response, body, stores.connections.dynamodb.endpoint);
      }
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: Partial<AddressInfo> = Object(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    refused,
    used,
    events,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** As the template names the account's own bus. */
const BUS = 'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:event-bus/default';
const JSON_11 = { 'content-type': 'application/x-amz-json-1.1' };
const XML = { 'content-type': 'application/xml' };

function refuse(response: ServerResponse): void {
  const body = JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', message: 'not authorized' });
  response.writeHead(400, JSON_11).end(body);
}

/** AWS: ForAllValues holds also where there is no key. */
function grants(
  { actions, resources, leadingKeys }: Statement,
  { action, resource, leadingKey = '' }: Demand,
): boolean {
  const isAction = actions.includes(action) && resources.some((pattern) => isLike(resource, pattern));
  return isAction && (leadingKeys === undefined || leadingKeys.some((pattern) => isLike(leadingKey, pattern)));
}

/** AWS: StringLike, of which the policies use the star alone. */
const isLike = (text: string, pattern: string): boolean =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;

/** With all headers as they came, for they are signed. */
function pass(request: IncomingMessage, response: ServerResponse, body: Buffer, endpoint: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method, url, headers } = request;
    const { hostname, port } = new URL(endpoint);
    const onward = send({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).on('finish', resolve).on('error', reject);
    });
    onward.on('error', reject).end(body);
  });
}
