import type { PayloadMode } from './auth/payload-mode.ts';
import type { ObjectStore } from './disk/object-store.ts';
import type { S3Reply } from './s3-reply.ts';
import type { S3Request } from './s3-request.ts';

/** What operations work with: the store, the region played, the clock (milliseconds since 1970), ids (32 hex digits that never repeat). */
export type S3Context = {
  readonly store: ObjectStore;
  readonly region: string;
  readonly now: () => number;
  readonly newId: () => string;
};

/** A request whose signature was believed. */
export type SignedRequest = S3Request & { readonly payload: PayloadMode };

/** One operation of S3: answers, or throws an S3Error. */
export type S3Operation = (context: S3Context, request: SignedRequest) => Promise<S3Reply>;
