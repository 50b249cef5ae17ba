import { type BodyPlan, planBody } from '../body/plan-body.ts';
import { type BodyFacts, VerifiedBody } from '../body/verified-body.ts';
import type { BlobRef } from '../disk/state.ts';
import { MAX_PUT_BYTES } from '../rules/multipart.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Context, SignedRequest } from '../s3-operation.ts';

/** A stored body, not yet referred to: commit it, or discard it. */
type ReceivedBlob = Omit<BodyFacts, 'md5'> & {
  readonly blob: BlobRef;
  /** 32 hex digits: the MD5 where the plan wants it, else the name of the blob, which no other bytes have. */
  readonly etag: string;
};

type Receiving = {
  /** May refuse before a byte is read. */
  readonly check?: (plan: BodyPlan) => void;
  /** Whether the bytes are to be durable at once. @default true */
  readonly isSynced?: boolean;
};

/** Streams the body to disk; what does not match its digests or is cut off leaves nothing. */
export const receiveBlob = async (
  { store }: S3Context,
  request: SignedRequest,
  { check, isSynced = true }: Receiving = {},
): Promise<ReceivedBlob> => {
  const plan = planBody(request.headers, request.payload);
  if (plan.sizeBytes > MAX_PUT_BYTES) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  check?.(plan);
  const body = new VerifiedBody(request.body, plan);
  const blob = await store.blobs[isSynced ? 'write' : 'writeUnsynced'](body.chunks());
  const { md5, ...facts } = body.facts;
  return { ...facts, blob, etag: md5?.toString('hex') ?? blob.id };
};
