import { afterAll } from 'vitest';
import { describeS3Conformance } from './conformance.ts';
import { CREDENTIALS, type LocalS3, openLocalS3 } from './local-s3.ts';

const servers: LocalS3[] = [];

describeS3Conformance('the embedded server', async () => {
  const server = await openLocalS3();
  servers.push(server);
  return { endpoint: server.endpoint, region: 'us-east-1', credentials: CREDENTIALS };
});

afterAll(async () => {
  for (const server of servers) await server.close();
});
