import { expect, test } from 'vitest';
import { CommandError } from '../../../local/command-error.ts';
import { parseTokenOptions } from '../../../local/token/token-options.ts';

const MINIMUM = ['--user', 'ada', '--role', 'READ'];

test('needs a user and a role alone', () => {
  expect(parseTokenOptions(MINIMUM)).toEqual({
    username: 'ada',
    role: 'READ',
    lifeSeconds: 90 * 86_400,
    experimentIds: undefined,
    dataDir: '.tracklet',
  });
});

test('takes all that can be said', () => {
  const args = [
    '--user',
    'ada lovelace',
    '--role',
    'edit',
    '--expires',
    '12h',
    '--experiments',
    '1, 22',
    '--data-dir',
    'x',
  ];
  expect(parseTokenOptions(args)).toEqual({
    username: 'ada lovelace',
    role: 'EDIT',
    lifeSeconds: 43_200,
    experimentIds: ['1', '22'],
    dataDir: 'x',
  });
});

test.each([
  [[], '--user NAME is missing'],
  [['--user', ' ', '--role', 'READ'], '--user NAME is missing'],
  [['--user', 'ada'], '--role ROLE is missing'],
  [['--user', 'ada', '--role', 'OWNER'], '--role OWNER is not known; use READ, EDIT, MANAGE, ADMIN.'],
  [[...MINIMUM, '--expires', '90'], '--expires 90 is no time'],
  [[...MINIMUM, '--expires', '0d'], '--expires 0d is no time'],
  [[...MINIMUM, '--expires', '9999999d'], '--expires 9999999d is no time'],
  [[...MINIMUM, '--expires', 'never'], '--expires never is no time'],
  [[...MINIMUM, '--experiments', ''], '--experiments  is no list'],
  [[...MINIMUM, '--experiments', '1,,2'], '--experiments 1,,2 is no list'],
  [[...MINIMUM, '--experiments', 'churn'], '--experiments churn is no list'],
  [[...MINIMUM, '--colour', 'red'], '--colour'],
  [[...MINIMUM, 'ada'], 'ada'],
])('%j is explained', (args, sentence) => {
  expect(() => parseTokenOptions(args)).toThrow(CommandError);
  expect(() => parseTokenOptions(args)).toThrow(sentence);
});
