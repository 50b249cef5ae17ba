import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Bench, type Check, type ConformanceTarget, closeBench, openBench } from './conformance/bench.ts';
import { bucketCases } from './conformance/bucket-cases.ts';
import { conditionCases } from './conformance/condition-cases.ts';
import { keyCases } from './conformance/key-cases.ts';
import { listingCases } from './conformance/listing-cases.ts';
import { multipartCases } from './conformance/multipart-cases.ts';
import { objectCases } from './conformance/object-cases.ts';
import { presignedCases } from './conformance/presigned-cases.ts';
import { signatureCases } from './conformance/signature-cases.ts';

/** Holds an S3 endpoint against what AWS documents; the target may name cases it is known to fail, with the reason. */
export const describeS3Conformance = (name: string, connect: () => Promise<ConformanceTarget>): void => {
  describe(`S3 conformance of ${name}`, () => {
    const benches: Bench[] = [];
    beforeAll(async () => {
      benches.push(await openBench(await connect()));
    });
    afterAll(async () => {
      for (const bench of benches) await closeBench(bench);
    });
    const check: Check = (title, run) => {
      it(title, async ({ skip }) => {
        const [bench] = benches;
        if (bench === undefined) throw new Error('the suite has no server');
        const reason = bench.target.lacks?.[title];
        if (reason !== undefined) skip(reason);
        await run(bench);
      });
    };
    describe('objects', () => objectCases(check));
    describe('ranges and conditions', () => conditionCases(check));
    describe('keys', () => keyCases(check));
    describe('listing', () => listingCases(check));
    describe('buckets', () => bucketCases(check));
    describe('multipart uploads', () => multipartCases(check));
    describe('presigned URLs', () => presignedCases(check));
    describe('signatures', () => signatureCases(check));
  });
};
