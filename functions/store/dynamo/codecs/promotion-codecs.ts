import type { Promotion } from '../../../domain/promotion/history.ts';
import type { PromotionPolicy } from '../../../domain/promotion/policy.ts';
import type { PromotionRequest } from '../../../domain/promotion/request.ts';
import type { DocumentCodec } from '../documents.ts';

/** The policy of all models; one that was taken away stays as a document without it, so that its version never begins anew. */
export interface DefaultPolicy {
  readonly policy?: PromotionPolicy | undefined;
}

// The table holds what encode wrote.
const json = <T>(): DocumentCodec<T> => ({
  encode: (value) => JSON.stringify(value),
  decode: (text) => JSON.parse(text) as T,
  extra: () => ({}),
});

export const defaultPolicyCodec = json<DefaultPolicy>();

export const promotionCodec = json<Promotion>();

export const promotionRequestCodec = json<PromotionRequest>();
