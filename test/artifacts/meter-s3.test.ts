import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from 'vitest';
import { meterS3 } from '../../functions/artifacts/meter-s3.ts';
import { addCost, type Cost, NO_COST } from '../../functions/domain/cost.ts';
import { startServer } from '../store/dynamo/client/start-server.ts';
import { bodyOf, bytesOf, openTestArtifacts, putText } from './open-test-artifacts.ts';

const { artifacts, client, close } = await openTestArtifacts();
afterAll(close);

let sent = NO_COST;
meterS3(client, (request) => {
  sent = addCost(sent, request);
});

/** The requests that `act` sends. */
async function requestsOf(act: () => Promise<unknown>): Promise<Cost> {
  sent = NO_COST;
  await act();
  return sent;
}

describe('a metered S3 client', () => {
  test('tells a PUT and a GET', async () => {
    expect(await requestsOf(() => putText(artifacts, 'a/b.txt', 'text'))).toEqual({ ...NO_COST, s3Puts: 1 });
    const read = async () => bytesOf(await artifacts.find('a/b.txt', undefined));
    expect(await requestsOf(read)).toEqual({ ...NO_COST, s3Gets: 1 });
  });

  test('tells a GET of what is not there', async () => {
    expect(await requestsOf(() => artifacts.find('nothing', undefined))).toEqual({ ...NO_COST, s3Gets: 1 });
  });

  test('tells each part of an upload, its start and its end', async () => {
    const body = bodyOf([new Uint8Array(6_000_000), new Uint8Array(6_000_000)]);
    const upload = () => artifacts.put('large.bin', { body, sizeBytes: undefined });
    const { s3Puts, ...others } = await requestsOf(upload);
    expect(s3Puts).toBeGreaterThanOrEqual(4);
    expect(others).toMatchObject({ s3Gets: 0, s3Lists: 0 });
  });

  test('tells a LIST, and the deletes that follow one', async () => {
    expect(await requestsOf(() => artifacts.list('a'))).toEqual({ ...NO_COST, s3Lists: 1 });
    expect(await requestsOf(() => artifacts.remove('a'))).toEqual({ ...NO_COST, s3Lists: 1, s3Deletes: 2 });
  });

  test('tells a request once more when it is sent again', async () => {
    const { endpoint, received } = await startServer((response) => response.writeHead(503).end());
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const failing = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true, maxAttempts: 2 });
    let lists = 0;
    meterS3(failing, ({ s3Lists = 0 }) => {
      lists += s3Lists;
    });
    await expect(failing.send(new ListObjectsV2Command({ Bucket: 'b' }))).rejects.toThrow();
    failing.destroy();
    expect(lists).toBe(2);
    expect(received).toHaveLength(2);
  });
});
