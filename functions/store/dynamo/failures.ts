import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { MlflowError } from '../../domain/errors.ts';
import type { Item } from './table.ts';

/** The item that made a condition fail; `item` is undefined where there was none. */
export interface FailedCondition {
  readonly item: Item | undefined;
}

/** Tells a failed condition from other errors, which it throws on. */
export function failedCondition(error: unknown): FailedCondition {
  if (error instanceof ConditionalCheckFailedException) return { item: error.Item };
  throw error;
}

/** For each item of a cancelled transaction why it failed: `None`, `ConditionalCheckFailed`, `TransactionConflict` … */
export function cancellationCodes(error: unknown): readonly string[] {
  if (!(error instanceof TransactionCanceledException)) throw error;
  return (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
}

/** An update was refused because its item would grow past 400 KB. */
export const isItemTooLarge = (error: unknown): boolean =>
  error instanceof DynamoDBServiceException && error.name === 'ValidationException' && /item size/i.test(error.message);

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'LimitExceededException',
]);

// The SDK makes a TimeoutError of a connection that breaks off, not of one that never came about.
const UNREACHABLE = new Set<unknown>(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

const isUnreachable = (error: Error): boolean => 'code' in error && UNREACHABLE.has(error.code);

/** An SDK error that outlived the SDK's own retries, in the words of the wire. Other errors pass through. */
export function toMlflowError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof MlflowError) return error;
  if (THROTTLED.has(error.name)) {
    return new MlflowError('REQUEST_LIMIT_EXCEEDED', 'Storage is throttled; try again shortly.', { cause: error });
  }
  const isPassing = error instanceof DynamoDBServiceException && error.$fault === 'server';
  if (isPassing || error.name === 'TimeoutError' || isUnreachable(error)) {
    return new MlflowError('TEMPORARILY_UNAVAILABLE', 'Storage does not answer; try again shortly.', { cause: error });
  }
  return error;
}
