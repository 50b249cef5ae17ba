import { describe, expect, test } from 'vitest';
import { CommandError } from '../../../local/command-error.ts';
import { parseGcOptions } from '../../../local/gc/gc-options.ts';

const messageOf = (args: readonly string[], env = {}): string => {
  try {
    parseGcOptions(args, env);
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
  return 'none';
};

describe('the options of gc', () => {
  test('mean all that was deleted, on this machine, when there are none', () => {
    expect(parseGcOptions([], {})).toEqual({
      target: { kind: 'url', url: 'http://127.0.0.1:5000', authorization: undefined },
      olderThanMs: undefined,
      runIds: [],
      experimentIds: [],
      modelIds: [],
      isDryRun: false,
    });
  });

  test('name things, an age and a server', () => {
    const args = ['--older-than', '1d', '--run-ids', 'a, b', '--experiment-ids', '1', '--logged-model-ids', 'm-1'];
    expect(parseGcOptions([...args, '--dry-run', '--url', 'https://there'], {})).toMatchObject({
      target: { url: 'https://there' },
      olderThanMs: 86_400_000,
      runIds: ['a', 'b'],
      experimentIds: ['1'],
      modelIds: ['m-1'],
      isDryRun: true,
    });
    expect(parseGcOptions(['--data-dir', 'd'], {}).target).toEqual({ kind: 'data-dir', dataDir: 'd' });
  });

  test('take the server and the credentials that the stock client takes', () => {
    const env = { MLFLOW_TRACKING_URI: 'http://there:1', MLFLOW_TRACKING_TOKEN: 't' };
    expect(parseGcOptions([], env).target).toEqual({ kind: 'url', url: 'http://there:1', authorization: 'Bearer t' });
    const both = { ...env, MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 'x' };
    expect(parseGcOptions([], both).target).toMatchObject({ authorization: 'Basic YW5uOng=' });
    expect(parseGcOptions(['--url', 'http://here'], env).target).toMatchObject({ url: 'http://here' });
  });

  test.each([
    [['--older-than', 'soon'], 'Could not parse any time information from'],
    [['--run-ids', ''], '--run-ids'],
    [['--experiment-ids', '1,,2'], '--experiment-ids'],
    [['--url', 'sqlite:///x'], 'no address of a server'],
    [['--url', 'http://x', '--data-dir', 'y'], 'cannot go together'],
    [['--older'], 'Options of gc'],
  ])('refuse %j and say why', (args, sentence) => {
    expect(messageOf(args)).toContain(sentence);
  });
});
