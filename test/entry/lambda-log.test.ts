import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_COST } from '../../functions/domain/cost.ts';
import { createLambdaLog } from '../../functions/entry/lambda-log.ts';

let lines: string[];

const NO_CONTEXT = {
  callbackWaitsForEmptyEventLoop: false,
  logGroupName: 'g',
  logStreamName: 's',
  getRemainingTimeInMillis: () => 1000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

beforeEach(() => {
  lines = [];
  // The logger then writes to the global console, where a test can listen.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  for (const method of ['error', 'info'] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => {
      lines.push(line);
    });
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const reported = (message: string, cause: unknown) => {
  createLambdaLog('tracking').report(message, cause);
  return JSON.parse(lines.at(-1) ?? '');
};

describe('the log of a function', () => {
  it('writes JSON with the service, the message and the error with its causes', () => {
    const line = reported('unexpected error', new Error('outer', { cause: new TypeError('inner') }));
    expect(line).toMatchObject({ level: 'ERROR', service: 'tracking', message: 'unexpected error' });
    expect(line.error).toMatchObject({
      name: 'Error',
      message: 'outer',
      cause: { name: 'TypeError', message: 'inner' },
    });
    expect(line.error.stack).toContain('lambda-log.test.ts');
  });

  it('says which request a line belongs to, until the next one comes', () => {
    const { follow, report } = createLambdaLog('tracking');
    const context = { functionName: 'f', functionVersion: '1', memoryLimitInMB: '128', invokedFunctionArn: 'arn:f' };
    const ids = [
      ['invocation-1', 'request-1'],
      ['invocation-2', 'request-2'],
    ] as const;
    for (const [awsRequestId, requestId] of ids) {
      follow({ ...NO_CONTEXT, ...context, awsRequestId }, requestId);
      report('failed', undefined);
    }
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect(first).toMatchObject({ function_request_id: 'invocation-1', request_id: 'request-1' });
    expect(second).toMatchObject({ function_request_id: 'invocation-2', request_id: 'request-2' });
  });

  it('keeps items that an error of the SDK carries to itself', () => {
    const error = Object.assign(new Error('The conditional request failed'), { Item: { secret: { S: 'hidden' } } });
    reported('unexpected error', error);
    expect(lines.join('')).not.toContain('hidden');
  });

  it('takes whatever was thrown', () => {
    expect(reported('unexpected error', 'a text').error).toMatchObject({ name: 'string', message: 'a text' });
    expect(reported('nothing more is known', undefined)).not.toHaveProperty('error.message');
  });
});

describe('the cost of work', () => {
  it('is a line whose members are at the root, where CloudWatch looks for them', () => {
    createLambdaLog('tracking').tellCost('POST /api/2.0/mlflow/runs/create', { ...NO_COST, writeUnits: 2 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: 'INFO',
        service: 'tracking',
        operation: 'POST /api/2.0/mlflow/runs/create',
        WriteUnits: 2,
        _aws: expect.objectContaining({ Timestamp: expect.any(Number) }),
      }),
    ]);
  });

  it('is no line when there was none', () => {
    createLambdaLog('tracking').tellCost('GET /health', NO_COST);
    expect(lines).toEqual([]);
  });
});
