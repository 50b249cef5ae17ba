import { ReadableStream } from 'node:stream/web';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bodyOf, bytesOf, openTestArtifacts, type TestArtifacts } from './open-test-artifacts.ts';

const PART = 8 * 1024 * 1024;

let bench: TestArtifacts;
beforeEach(async () => {
  bench = await openTestArtifacts();
});
afterEach(() => bench.close());

const threeParts = () => bodyOf([Buffer.alloc(PART, 'a'), Buffer.alloc(PART, 'b'), Buffer.alloc(10, 'c')]);
const put = () => bench.artifacts.put('f', { body: threeParts(), sizeBytes: undefined });

/** Makes each command of these names fail before it leaves. */
function fail(client: S3Client, failing: readonly string[]): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        if (failing.includes(commandName)) throw new Error(`${commandName} failed`);
        return next(args);
      },
    { step: 'initialize', name: 'fail' },
  );
}

/** Loses the first answer to each command of this name after it took effect; the SDK sends it again. */
function loseAnswers(client: S3Client, losing: string): void {
  const lost = new WeakSet<object>();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== losing || lost.has(context)) return next(args);
      lost.add(context);
      await Promise.allSettled([next(args)]);
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    },
    { step: 'deserialize', priority: 'high', name: 'lose answers' },
  );
}

describe('an upload in parts', () => {
  test.each(['UploadPartCommand', 'CompleteMultipartUploadCommand', 'CreateMultipartUploadCommand'])(
    'leaves nothing when %s fails',
    async (command) => {
      fail(bench.client, [command]);
      await expect(put()).rejects.toThrow(`${command} failed`);
      expect(await bench.keys()).toEqual([]);
      expect(await bench.countOpenUploads()).toBe(0);
    },
  );

  test('tells the first error when it cannot be aborted either', async () => {
    fail(bench.client, ['UploadPartCommand', 'AbortMultipartUploadCommand']);
    await expect(put()).rejects.toThrow('UploadPartCommand failed');
    expect(await bench.keys()).toEqual([]);
  });

  test.each(['CreateMultipartUploadCommand', 'UploadPartCommand', 'CompleteMultipartUploadCommand'])(
    'is whole when answers to %s are lost',
    async (command) => {
      loseAnswers(bench.client, command);
      await put();
      const bytes = await bytesOf(await bench.artifacts.find('f', undefined));
      expect([bytes.length, bytes[PART - 1], bytes[PART], bytes.at(-1)]).toEqual([2 * PART + 10, 97, 98, 99]);
    },
  );

  test('does not take more of the body than it can send', async () => {
    let taken = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += 1;
        controller.enqueue(Buffer.alloc(1024 * 1024));
      },
    });
    fail(bench.client, ['UploadPartCommand']);
    await expect(bench.artifacts.put('f', { body: source, sizeBytes: undefined })).rejects.toThrow();
    expect(taken).toBeLessThan(30);
  });
});
