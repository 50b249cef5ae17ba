import { expect, test } from 'vitest';
import { hasSignature } from '../../functions/domain/model-signature.ts';

test.each<[string, string, boolean]>([
  [
    'inputs',
    'model_id: m-1\nsignature:\n  inputs: \'[{"type": "long"}]\'\n  outputs: null\n  params: null\nutc: x\n',
    true,
  ],
  ['outputs alone, in CRLF', "signature:\r\n  inputs: null\r\n  outputs: '[]'\r\n", true],
  ['a text over several lines', 'signature:\n  inputs: \'[{"name": "a",\n    "type": "long"}]\'\n', true],
  ['none', 'flavors: {}\nutc_time_created: x\n', false],
  ['null', 'signature: null\ninputs: x\n', false],
  ['nothing but nulls', 'signature:\n  inputs: null\n  outputs: ~\n  params: null \nflavors:\n  inputs: x\n', false],
  ['the word elsewhere', 'flavors:\n  signature:\n    inputs: x\n', false],
  ['an empty file', '', false],
])('an MLmodel file with %s', (_, file, expected) => {
  expect(hasSignature(file)).toBe(expected);
});
