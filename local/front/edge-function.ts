import crypto from 'node:crypto';
import { compileFunction } from 'node:vm';
import type { EdgeEvent, EdgeRequest, EdgeResponse } from '../../functions/edge/edge-event.ts';

/** The settings that the function reads, as CloudFront's key-value store gives them. */
export interface KeyValues {
  /** Rejects when there is no such key. */
  readonly get: (key: string) => Promise<string>;
  readonly exists: (key: string) => Promise<boolean>;
}

/** Where a request is to go: to these origins in turn, as long as the one before answers with one of these statuses. */
export interface ChosenOrigins {
  readonly ids: readonly string[];
  readonly failoverStatuses: readonly number[];
}

/** What becomes of a request: an answer at once, or another request for the origins chosen, if any were. */
export type EdgeOutcome =
  | { readonly kind: 'response'; readonly response: EdgeResponse }
  | { readonly kind: 'request'; readonly request: EdgeRequest; readonly origins: ChosenOrigins | undefined };

/** Runs the function for one request. */
export type EdgeFunction = (event: EdgeEvent) => Promise<EdgeOutcome>;

interface OriginGroup {
  readonly originIds: readonly { readonly originId: string }[];
  readonly failoverCriteria: { readonly statusCodes: readonly number[] };
}

type Handler = (event: EdgeEvent) => Promise<EdgeRequest | EdgeResponse>;

/**
 * Makes the built source of a CloudFront Function callable, with its own modules of the runtime. Each request gets a fresh
 * instance, as on AWS, so that the origin it chooses is its own.
 */
export function loadEdgeFunction(source: string, keyValues: KeyValues): EdgeFunction {
  const script = source.replace(/import (\w+) from"(\w+)";/g, 'const $1=modules["$2"];');
  // The boundary: `compileFunction` cannot know what the text is. Tests hold the built file to it.
  const instantiate = compileFunction(`${script}return handler;`, ['modules']) as (modules: object) => Handler;
  return async (event) => {
    let origins: ChosenOrigins | undefined;
    const cloudfront = {
      kvs: () => keyValues,
      selectRequestOriginById: (id: string) => {
        origins = { ids: [id], failoverStatuses: [] };
      },
      createRequestOriginGroup: ({ originIds, failoverCriteria }: OriginGroup) => {
        origins = { ids: originIds.map(({ originId }) => originId), failoverStatuses: failoverCriteria.statusCodes };
      },
    };
    const result = await instantiate({ cloudfront, crypto })(event);
    return 'statusCode' in result
      ? { kind: 'response', response: result }
      : { kind: 'request', request: result, origins };
  };
}

/** A store of settings over a map that may change meanwhile. */
export const keyValuesOf = (entries: ReadonlyMap<string, string>): KeyValues => ({
  get: async (key) => {
    const value = entries.get(key);
    if (value === undefined) throw new Error(`KeyNotFound: ${key}`);
    return value;
  },
  exists: async (key) => entries.has(key),
});
