import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { invalidParameter } from '../../../functions/domain/errors.ts';
import {
  cancellationCodes,
  failedCondition,
  isItemTooLarge,
  toMlflowError,
} from '../../../functions/store/dynamo/failures.ts';

const details = { message: 'm', $metadata: {} };

const validation = (message: string) =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', message, $metadata: {} });

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('toMlflowError', () => {
  test.each<[string, Error, string, number]>([
    ['throughput', new ProvisionedThroughputExceededException(details), 'REQUEST_LIMIT_EXCEEDED', 429],
    ['throttling', new ThrottlingException(details), 'REQUEST_LIMIT_EXCEEDED', 429],
    ['the request limit', new RequestLimitExceeded(details), 'REQUEST_LIMIT_EXCEEDED', 429],
    ["the engine's error", new InternalServerError(details), 'TEMPORARILY_UNAVAILABLE', 503],
    ['a time-out', Object.assign(new Error('late'), { name: 'TimeoutError' }), 'TEMPORARILY_UNAVAILABLE', 503],
    ['a refused connection', withCode('ECONNREFUSED'), 'TEMPORARILY_UNAVAILABLE', 503],
    ['a name without address', withCode('ENOTFOUND'), 'TEMPORARILY_UNAVAILABLE', 503],
  ])('tells a client to try again after %s, and keeps the cause', (_, error, code, status) => {
    expect(toMlflowError(error)).toMatchObject({ name: 'MlflowError', code, status, cause: error });
  });

  test.each([
    invalidParameter('no'),
    new TypeError('a bug'),
    validation('wrong'),
    withCode('EACCES'),
    'text',
    undefined,
  ])('lets all else pass: %s', (error) => {
    expect(toMlflowError(error)).toBe(error);
  });

  test('says nothing of what is inside', () => {
    const error = new ThrottlingException({ ...details, message: 'table secret-name in eu-west-1' });
    expect(String(toMlflowError(error))).not.toContain('secret-name');
  });
});

describe('failedCondition', () => {
  test('gives the item that stood in the way', () => {
    const Item = { pk: { S: 'a' } };
    expect(failedCondition(new ConditionalCheckFailedException({ ...details, Item }))).toEqual({ item: Item });
    expect(failedCondition(new ConditionalCheckFailedException(details))).toEqual({ item: undefined });
  });

  test('throws any other error on', () => {
    const error = new InternalServerError(details);
    expect(() => failedCondition(error)).toThrow(error);
  });
});

describe('cancellationCodes', () => {
  test('gives a code for each item, None where there is none', () => {
    const CancellationReasons = [{ Code: 'None' }, {}, { Code: 'ConditionalCheckFailed' }];
    const error = new TransactionCanceledException({ ...details, CancellationReasons });
    expect(cancellationCodes(error)).toEqual(['None', 'None', 'ConditionalCheckFailed']);
    expect(cancellationCodes(new TransactionCanceledException(details))).toEqual([]);
  });

  test('throws any other error on', () => {
    const error = new InternalServerError(details);
    expect(() => cancellationCodes(error)).toThrow(error);
  });
});

describe('isItemTooLarge', () => {
  test.each([
    ['Item size has exceeded the maximum allowed size', true],
    ['Item size to update has exceeded the maximum allowed size', true],
    ['One or more parameter values were invalid', false],
  ])('%s: %s', (message, expected) => {
    expect(isItemTooLarge(validation(message))).toBe(expected);
  });

  test('is false for what is no error of the engine', () => {
    expect(isItemTooLarge(new Error('Item size has exceeded the maximum allowed size'))).toBe(false);
  });
});
