import { CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createS3StoredFiles } from '../../../functions/artifacts/gc/s3-stored-files.ts';
import type { StoredFiles } from '../../../functions/artifacts/gc/stored-files.ts';
import { BUCKET } from '../../local/s3/local-s3.ts';
import { upTo } from '../../store/samples.ts';
import { openTestArtifacts, putText, type TestArtifacts } from '../open-test-artifacts.ts';

let opened: TestArtifacts;
let files: StoredFiles;

beforeAll(async () => {
  opened = await openTestArtifacts();
  files = createS3StoredFiles(opened.client, BUCKET);
});

afterAll(() => opened.close());

const never = () => false;

describe('stored files', () => {
  test('are counted and removed below a folder, and nowhere else', async () => {
    const paths = ['r/artifacts/a', 'r/artifacts/b/c', 'r/artifacts2/d', 'r/artifact', 'other/r/artifacts/e'];
    for (const path of paths) await putText(opened.artifacts, path, 'hello');
    const expected = { objects: 2, bytes: 10, isDone: true };
    expect(await files.measure('r/artifacts', never)).toEqual(expected);
    expect(await opened.keys()).toHaveLength(paths.length);
    expect(await files.remove('r/artifacts', never)).toEqual(expected);
    expect((await opened.keys()).toSorted()).toEqual(paths.slice(2).toSorted());
    expect(await files.remove('r/artifacts', never)).toEqual({ objects: 0, bytes: 0, isDone: true });
  });

  test('beyond a page are left to the next step when the time is up', async () => {
    for (const tens of upTo(59)) {
      await Promise.all(upTo(17).map((at) => putText(opened.artifacts, `many/${tens * 17 + at}`, 'x')));
    }
    expect(await files.remove('many', () => true)).toEqual({ objects: 1000, bytes: 1000, isDone: false });
    expect(await files.remove('many', () => true)).toEqual({ objects: 3, bytes: 3, isDone: true });
  });
});

describe('uploads that nobody finished', () => {
  const begin = async (key: string) => {
    const { UploadId } = await opened.client.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: key }));
    await opened.client.send(new UploadPartCommand({ Bucket: BUCKET, Key: key, UploadId, PartNumber: 1, Body: 'x' }));
  };

  test('are aborted when they are old, and only told of in a dry run', async () => {
    for (const at of upTo(3)) await begin(`artifacts/0/r${at}/artifacts/large`);
    await begin('segments/0/x');
    const later = Date.now() + 60_000;
    expect(await files.abortUploads(Date.now() - 60_000, false, never)).toEqual({ found: 0, aborted: 0 });
    expect(await files.abortUploads(later, true, never)).toEqual({ found: 3, aborted: 0 });
    expect(await opened.countOpenUploads()).toBe(4);
    let looks = 0;
    expect(await files.abortUploads(later, false, () => looks++ > 0)).toEqual({ found: 3, aborted: 1 });
    expect(await files.abortUploads(later, false, never)).toEqual({ found: 2, aborted: 2 });
    expect(await opened.countOpenUploads()).toBe(1);
  });
});
