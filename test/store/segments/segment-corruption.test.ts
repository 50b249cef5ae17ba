import { describe, expect, test } from 'vitest';
import { MlflowError } from '../../../functions/domain/errors.ts';
import { COLUMN_KINDS } from '../../../functions/store/segments/column.ts';
import { encodeSegment } from '../../../functions/store/segments/encode-segment.ts';
import { SHA256_LENGTH } from '../../../functions/store/segments/header.ts';
import { openSegment } from '../../../functions/store/segments/open-segment.ts';
import type { Segment } from '../../../functions/store/segments/segment.ts';
import { SegmentCorrupt } from '../../../functions/store/segments/segment-corrupt.ts';
import { sourceOfBytes } from '../../../functions/store/segments/segment-source.ts';
import { verifySegment } from '../../../functions/store/segments/verify-segment.ts';
import { upTo } from '../samples.ts';
import { allRuns, archivedRun } from './samples.ts';

const RUNS = upTo(60).map((n) =>
  archivedRun(n, {
    metrics: { loss: Math.sin(n) },
    params: new Map([['lr', `0.${n % 7}`]]),
    tags: new Map([['n', `${n}`]]),
  }),
);
const BYTES = encodeSegment(RUNS);
async function readAll(segment: Segment): Promise<unknown> {
  for (const kind of COLUMN_KINDS) for (const key of segment.keys(kind)) await segment.column({ kind, key });
  return allRuns(segment);
}

const openAll = async (bytes: Uint8Array): Promise<unknown> => readAll(await openSegment(sourceOfBytes(bytes)));

/** The error of a promise that must not hold. */
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

function flipped(at: number, bits: number): Uint8Array {
  const bytes = Uint8Array.from(BYTES);
  bytes[at] = Number(bytes[at]) ^ bits;
  return bytes;
}

describe('a segment with a byte that is not as it was written', () => {
  test('is refused by whoever reads that byte, wherever it is', async () => {
    const end = BYTES.length - SHA256_LENGTH;
    for (let at = 0; at < end; at += 1) {
      expect([at, await failureOf(openAll(flipped(at, 1 << (at % 8))))]).toEqual([at, expect.any(SegmentCorrupt)]);
    }
  });

  test('is found by a check of the whole', async () => {
    for (let at = 0; at < BYTES.length; at += 7) {
      expect([at, await failureOf(verifySegment(sourceOfBytes(flipped(at, 0xff))))]).toEqual([
        at,
        expect.any(SegmentCorrupt),
      ]);
    }
    await expect(verifySegment(sourceOfBytes(flipped(BYTES.length - 1, 1)))).rejects.toThrow(SegmentCorrupt);
  });
});

test('a segment that is whole passes the check', async () => {
  await expect(verifySegment(sourceOfBytes(BYTES))).resolves.toBeUndefined();
});

describe('a segment that is cut short', () => {
  test('is refused when it is opened', async () => {
    for (let length = 0; length < BYTES.length; length += 97) {
      const error = await failureOf(openSegment(sourceOfBytes(BYTES.subarray(0, length))));
      expect([length, error]).toEqual([length, expect.any(SegmentCorrupt)]);
    }
  });

  test('is refused when it is longer than it was', async () => {
    const longer = Buffer.concat([BYTES, Buffer.of(0)]);
    const error = await failureOf(openSegment(sourceOfBytes(longer)));
    expect(error).toMatchObject({ damage: `It has ${longer.length} bytes, not ${BYTES.length}` });
  });

  test('is refused when a read gives less than was asked for', async () => {
    const read = async (at: number, length: number) => BYTES.subarray(at, at + length - (at === 0 ? 0 : 1));
    const segment = await openSegment({ sizeBytes: BYTES.length, read }, 0);
    const error = await failureOf(segment.column({ kind: 'attribute', key: 'run_id' }));
    expect(error).toMatchObject({ damage: expect.stringMatching(/^Block \d+ has \d+ bytes, not \d+$/) });
  });
});

describe('the error of a damaged segment', () => {
  test('is a 500 that names the damage inside only', async () => {
    const error = await failureOf(openSegment(sourceOfBytes(flipped(0, 1))));
    expect(error).toBeInstanceOf(MlflowError);
    expect(error).toMatchObject({
      status: 500,
      message: 'Archived runs cannot be read: their segment is damaged.',
      damage: 'It does not begin as a segment does',
    });
  });

  test('keeps its cause', async () => {
    const error = await failureOf(openSegment(sourceOfBytes(flipped(30, 1))));
    expect(error).toMatchObject({ damage: 'The header does not have its checksum', cause: expect.any(Error) });
  });
});

test('a read that fails is tried again by the next search', async () => {
  let isDown = false;
  const source = sourceOfBytes(BYTES);
  const read = async (at: number, length: number) => {
    if (isDown) throw new Error('S3 is down');
    return source.read(at, length);
  };
  const segment = await openSegment({ sizeBytes: BYTES.length, read }, 0);
  isDown = true;
  await expect(segment.column({ kind: 'metric', key: 'loss' })).rejects.toThrow('S3 is down');
  await expect(allRuns(segment)).rejects.toThrow('S3 is down');
  isDown = false;
  expect(await segment.column({ kind: 'metric', key: 'loss' })).toMatchObject({ type: 'number' });
  expect(await allRuns(segment)).toHaveLength(RUNS.length);
});
