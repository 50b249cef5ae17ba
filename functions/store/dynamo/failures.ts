import { MlflowError } from '../../domain/errors.ts';
import { DynamoError, NoAnswerError } from './client/dynamo-error.ts';
import type { Item } from './table.ts';

/** The item that made a condition fail; `item` is undefined where there was none. */
export interface FailedCondition {
  readonly item: Item | undefined;
}

/** Tells a failed condition from other errors, which it throws on. */
export function failedCondition(error: unknown): FailedCondition {
  if (error instanceof DynamoError && error.code === 'ConditionalCheckFailedException') return { item: error.item };
  throw error;
}

/** For each item of a cancelled transaction why it failed: `None`, `ConditionalCheckFailed`, `TransactionConflict` … */
export function cancellationCodes(error: unknown): readonly string[] {
  if (!(error instanceof DynamoError) || error.code !== 'TransactionCanceledException') throw error;
  return error.reasons.map((reason) => reason.Code ?? 'None');
}

/** Why a transaction may be cancelled that another try may bring through. */
const RACES = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** As `cancellationCodes`, of a transaction that lost a race; anything else, such as an invalid item, would be refused for ever: it is thrown on. */
export function lostRace(error: unknown): readonly string[] {
  const codes = cancellationCodes(error);
  if (!codes.every((code) => RACES.has(code))) throw error;
  return codes;
}

/** An update was refused because its item would grow past 400 KB. */
export const isItemTooLarge = (error: unknown): boolean =>
  error instanceof DynamoError && error.code === 'ValidationException' && /item size/i.test(error.message);

const TOO_MANY_REQUESTS = 429;
const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'LimitExceededException',
]);

/** No answer from storage, after all tries, in the words of the wire. Other errors pass through. */
export function toMlflowError(error: unknown): unknown {
  if (error instanceof NoAnswerError) return unavailable(error);
  if (!(error instanceof DynamoError)) return error;
  if (THROTTLED.has(error.code) || error.status === TOO_MANY_REQUESTS) {
    return new MlflowError('REQUEST_LIMIT_EXCEEDED', 'Storage is throttled; try again shortly.', { cause: error });
  }
  const isPassing = error.status >= 500 || error.code === 'TransactionInProgressException';
  return isPassing ? unavailable(error) : error;
}

const unavailable = (cause: unknown) =>
  new MlflowError('TEMPORARILY_UNAVAILABLE', 'Storage does not answer; try again shortly.', { cause });
