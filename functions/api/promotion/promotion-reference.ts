import { type Caller, mayReadModel } from '../../domain/caller.ts';
import type { RegisteredModel } from '../../domain/entities.ts';
import { doesNotExist, invalidParameter, MlflowError } from '../../domain/errors.ts';
import { DEFAULT_PROMOTION_RESULTS, MAX_PROMOTION_COMMENT_LENGTH, MAX_PROMOTION_RESULTS } from '../../domain/limits.ts';
import { validateLength } from '../../domain/names.ts';
import type { Person, PromotionRequest } from '../../domain/promotion/request.ts';
import type { Store } from '../../store/store.ts';

/** The caller, to be kept. */
export const personOf = (caller: Caller | undefined): Person | undefined =>
  caller && { username: caller.username, userId: caller.userId };

/** Throws INVALID_PARAMETER_VALUE for a comment that is too long. */
export const validateComment = (comment: string): void =>
  validateLength('comment', comment, MAX_PROMOTION_COMMENT_LENGTH);

/** Throws INVALID_PARAMETER_VALUE for a page of no size. */
export function pageSize(maxResults: number | undefined): number {
  const size = maxResults ?? DEFAULT_PROMOTION_RESULTS;
  if (size >= 1 && size <= MAX_PROMOTION_RESULTS) return size;
  throw invalidParameter(`max_results must be between 1 and ${MAX_PROMOTION_RESULTS}. Received ${size}.`);
}

/** The error for a request that is not there. */
export const noSuchRequest = (requestId: string) => doesNotExist(`Promotion request with ID ${requestId} not found.`);

/** A request with its model, which may be gone. */
export interface KnownRequest {
  readonly request: PromotionRequest;
  readonly model: RegisteredModel | undefined;
}

/** The request and its model; undefined for none. */
export async function findKnownRequest(store: Store, requestId: string): Promise<KnownRequest | undefined> {
  const request = await store.findPromotionRequest(requestId);
  return request && { request, model: await store.findModelById(request.registeredModelId) };
}

/** The request and its model. Throws RESOURCE_DOES_NOT_EXIST for none. */
export async function getKnownRequest(store: Store, requestId: string): Promise<KnownRequest> {
  const known = await findKnownRequest(store, requestId);
  if (!known) throw noSuchRequest(requestId);
  return known;
}

/** The same, while it may still be decided. Throws RESOURCE_DOES_NOT_EXIST when its model is gone, RESOURCE_CONFLICT when it has ended. */
export async function getOpenRequest(store: Store, requestId: string) {
  const { request, model } = await getKnownRequest(store, requestId);
  refuseEnded(request);
  if (!model) throw doesNotExist(`Registered Model with name=${request.modelName} not found`);
  return { request, model };
}

/** Throws RESOURCE_CONFLICT for a request that has ended. */
export function refuseEnded({ requestId, state, decision }: PromotionRequest): void {
  if (state === 'OPEN') return;
  const by = decision?.by === undefined ? '' : ` by '${decision.by}'`;
  throw new MlflowError('RESOURCE_CONFLICT', `Promotion request ${requestId} was ${state.toLowerCase()}${by} already.`);
}

/** Whether a request may be shown: to whoever may read the versions of its model, and when that is gone to admins. */
export const mayReadRequest = (caller: Caller | undefined, model: RegisteredModel | undefined): boolean =>
  model ? mayReadModel(caller, model.name, true) : caller === undefined || caller.isAdmin;
