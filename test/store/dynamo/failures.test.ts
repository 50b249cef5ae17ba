import { describe, expect, test } from 'vitest';
import { invalidParameter } from '../../../functions/domain/errors.ts';
import { DynamoError, type ErrorAnswer, NoAnswerError } from '../../../functions/store/dynamo/client/dynamo-error.ts';
import {
  cancellationCodes,
  failedCondition,
  isItemTooLarge,
  toMlflowError,
} from '../../../functions/store/dynamo/failures.ts';
import { errorAnswer } from '../faulty-client.ts';

const refusal = (code: string, more: Omit<ErrorAnswer, '__type'> = {}) => new DynamoError(400, errorAnswer(code, more));
const serverError = new DynamoError(500, errorAnswer('InternalServerError'));

describe('toMlflowError', () => {
  test.each<[string, Error, string, number]>([
    ['throughput', refusal('ProvisionedThroughputExceededException'), 'REQUEST_LIMIT_EXCEEDED', 429],
    ['throttling', refusal('ThrottlingException'), 'REQUEST_LIMIT_EXCEEDED', 429],
    ['the request limit', refusal('RequestLimitExceeded'), 'REQUEST_LIMIT_EXCEEDED', 429],
    ["the engine's error", serverError, 'TEMPORARILY_UNAVAILABLE', 503],
    ["a proxy's page", new DynamoError(502, { message: '<html>' }), 'TEMPORARILY_UNAVAILABLE', 503],
    ['no answer', new NoAnswerError(new Error('connect ECONNREFUSED')), 'TEMPORARILY_UNAVAILABLE', 503],
  ])('tells a client to try again after %s, and keeps the cause', (_, error, code, status) => {
    expect(toMlflowError(error)).toMatchObject({ name: 'MlflowError', code, status, cause: error });
  });

  test.each([
    invalidParameter('no'),
    new TypeError('a bug'),
    refusal('ValidationException'),
    new DynamoError(403, { message: 'Forbidden' }),
    Object.assign(new Error('not of the client'), { code: 'ECONNREFUSED' }),
    'text',
    undefined,
  ])('lets all else pass: %s', (error) => {
    expect(toMlflowError(error)).toBe(error);
  });

  test.each([
    refusal('ThrottlingException', { message: 'table secret-name in eu-west-1' }),
    new NoAnswerError(new Error('secret-name')),
  ])('says nothing of what is inside %s', (error) => {
    expect(String(toMlflowError(error))).not.toContain('secret-name');
  });
});

describe('failedCondition', () => {
  test('gives the item that stood in the way', () => {
    const Item = { pk: { S: 'a' } };
    expect(failedCondition(refusal('ConditionalCheckFailedException', { Item }))).toEqual({ item: Item });
    expect(failedCondition(refusal('ConditionalCheckFailedException'))).toEqual({ item: undefined });
  });

  test('throws any other error on', () => {
    expect(() => failedCondition(serverError)).toThrow(serverError);
  });
});

describe('cancellationCodes', () => {
  test('gives a code for each item, None where there is none', () => {
    const CancellationReasons = [{ Code: 'None' }, {}, { Code: 'ConditionalCheckFailed' }];
    const error = refusal('TransactionCanceledException', { CancellationReasons });
    expect(cancellationCodes(error)).toEqual(['None', 'None', 'ConditionalCheckFailed']);
    expect(cancellationCodes(refusal('TransactionCanceledException'))).toEqual([]);
  });

  test('throws any other error on', () => {
    expect(() => cancellationCodes(serverError)).toThrow(serverError);
  });
});

describe('isItemTooLarge', () => {
  test.each([
    ['Item size has exceeded the maximum allowed size', true],
    ['Item size to update has exceeded the maximum allowed size', true],
    ['One or more parameter values were invalid', false],
  ])('%s: %s', (message, expected) => {
    expect(isItemTooLarge(refusal('ValidationException', { message }))).toBe(expected);
  });

  test('is false for what is no error of the engine', () => {
    expect(isItemTooLarge(new Error('Item size has exceeded the maximum allowed size'))).toBe(false);
  });
});
