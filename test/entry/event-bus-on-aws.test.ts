import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { OPTIONAL_ENV } from '../../functions/entry/env.ts';
import { eventBusOnAws } from '../../functions/entry/event-bus-on-aws.ts';

const LAMBDA = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'ASIA', AWS_SECRET_ACCESS_KEY: 'secret' };
const EVENT = { deliveryId: 'd', event: { entity: 'PROMPT', action: 'CREATED' }, body: '{}' } as const;

const bodies: string[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    bodies.push(Buffer.concat(chunks).toString());
    response.end('{"FailedEntryCount":0,"Entries":[{"EventId":"e"}]}');
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('is none where the environment names none', () => {
  expect(eventBusOnAws(LAMBDA)).toBeUndefined();
  expect(eventBusOnAws({ ...LAMBDA, [OPTIONAL_ENV.eventBus]: '' })).toBeUndefined();
});

it('is the one that the environment names, at the endpoint that it names', async () => {
  const { port } = server.address() as AddressInfo;
  const endpoint = { AWS_ENDPOINT_URL_EVENTBRIDGE: `http://127.0.0.1:${port}` };
  await eventBusOnAws({ ...LAMBDA, ...endpoint, [OPTIONAL_ENV.eventBus]: 'default' })?.(EVENT);
  expect(bodies.map((body) => JSON.parse(body).Entries)).toMatchObject([[{ EventBusName: 'default' }]]);
});
