import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArtifactLinks, UploadedPart } from '../../functions/artifacts/artifact-links.ts';
import { meterS3 } from '../../functions/artifacts/meter-s3.ts';
import { createS3ArtifactLinks } from '../../functions/artifacts/s3-artifact-links.ts';
import { createSigners } from '../../functions/entry/create-signers.ts';
import { BUCKET, CREDENTIALS } from '../local/s3/local-s3.ts';
import { bytesOf, openTestArtifacts, type TestArtifacts } from './open-test-artifacts.ts';

let bench: TestArtifacts;
let links: ArtifactLinks;
const requests: object[] = [];

beforeAll(async () => {
  bench = await openTestArtifacts();
  const { client } = bench;
  meterS3(client, (request) => requests.push(request));
  const s3 = { region: 'us-east-1', credentials: CREDENTIALS, forcePathStyle: true, endpoint: bench.endpoint };
  links = createS3ArtifactLinks({ client, signer: createSigners({ s3 })(''), bucket: BUCKET });
});
afterAll(() => bench.close());

const HEADERS = { contentType: 'text/plain', contentDisposition: 'attachment' };
const send = (url: string, body: string) => fetch(url, { method: 'PUT', body });

async function uploadOf(path: string, body: string): Promise<{ readonly id: string; readonly parts: UploadedPart[] }> {
  const id = await links.startMultipart(path);
  const [url = ''] = await links.partUrls(path, id, 1);
  const etag = (await send(url, body)).headers.get('etag') ?? '';
  return { id, parts: [{ partNumber: 1, etag }] };
}

const readText = async (path: string) => String(await bytesOf(await bench.artifacts.find(path, undefined)));

describe('a presigned URL', () => {
  test('says nothing of a checksum that nobody made, and costs no request', async () => {
    requests.length = 0;
    const urls = [
      await links.download('a', HEADERS, 60),
      (await links.upload('a', 60)).url,
      ...(await links.partUrls('a', 'upload', 3)),
    ];
    for (const url of urls) expect(url).not.toMatch(/checksum/i);
    expect(requests).toEqual([]);
  });

  test('is refused for a path that S3 has no key for', async () => {
    const path = 'x'.repeat(1100);
    for (const refused of [links.download(path, HEADERS, 60), links.upload(path, 60), links.startMultipart(path)]) {
      await expect(refused).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    }
  });
});

describe('the URLs of parts', () => {
  test.each(['plain', 'with space+plus', "quote'(1)!*~", 'größe-漢-😀', 'percent%20%', '...'])(
    'work each for its own part of a file named %j',
    async (name) => {
      const id = await links.startMultipart(name);
      const urls = await links.partUrls(name, id, 12);
      expect(urls.map((url) => new URL(url).searchParams.get('partNumber'))).toEqual(
        Array.from({ length: 12 }, (_, at) => String(at + 1)),
      );
      for (const at of [0, 1, 11]) expect((await send(urls[at] ?? '', `${at}`)).status).toBe(200);
      const stolen = urls[3]?.replace('partNumber=4', 'partNumber=5') ?? '';
      expect((await send(stolen, 'x')).status).toBe(403);
      await links.abortMultipart(name, id);
    },
  );
});

describe('completing', () => {
  test('again is harmless even where S3 has forgotten the upload, as long as the file is the same', async () => {
    const { id, parts } = await uploadOf('done', 'content');
    await links.completeMultipart('done', id, parts);
    await links.completeMultipart('done', 'forgotten', parts);
    expect(await readText('done')).toBe('content');
  });

  test('a forgotten upload of other bytes is an error, and so is one of a file that is not there', async () => {
    const { id, parts } = await uploadOf('mine', 'mine');
    await links.completeMultipart('mine', id, parts);
    const other = await uploadOf('other', 'other');
    for (const [path, of] of [
      ['mine', other.parts],
      ['absent', parts],
      ['mine', [{ partNumber: 1, etag: 'no sum' }]],
    ] as const) {
      await expect(links.completeMultipart(path, 'forgotten', of)).rejects.toMatchObject({
        code: 'RESOURCE_DOES_NOT_EXIST',
        message: "No such multipart upload: 'forgotten'",
      });
    }
    expect(await readText('mine')).toBe('mine');
    await links.abortMultipart('other', other.id);
  });

  test('tells that S3 is away as something that passes', async () => {
    const { id, parts } = await uploadOf('away', 'x');
    bench.client.middlewareStack.add(
      () => async () => {
        throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
      },
      { step: 'initialize', name: 'away' },
    );
    await expect(links.completeMultipart('away', id, parts)).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    await expect(links.abortMultipart('away', id)).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    bench.client.middlewareStack.remove('away');
    expect(await bench.countOpenUploads()).toBe(1);
    await links.completeMultipart('away', id, parts);
    expect(await bench.countOpenUploads()).toBe(0);
  });
});
