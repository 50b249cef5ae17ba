import { expect, test } from 'vitest';
import { parseModelUri } from '../../functions/domain/model-uri.ts';

test.each([
  ['models:/m-123', { kind: 'loggedModel', modelId: 'm-123' }],
  ['models:/name', { kind: 'loggedModel', modelId: 'name' }],
  ['MODELS:/m-1', { kind: 'loggedModel', modelId: 'm-1' }],
  ['models://host/m-1', { kind: 'loggedModel', modelId: 'm-1' }],
  ['models:/name/3', { kind: 'version', name: 'name', version: '3' }],
  ['models:///name/03', { kind: 'version', name: 'name', version: '03' }],
  ['models:/name/Production', { kind: 'latest', name: 'name', stage: 'Production' }],
  ['models:/name/latest', { kind: 'latest', name: 'name', stage: undefined }],
  ['models:/name/LATEST', { kind: 'latest', name: 'name', stage: undefined }],
  ['models:/name@champion', { kind: 'alias', name: 'name', alias: 'champion' }],
  ['models:/a@b@c', { kind: 'alias', name: 'a@b', alias: 'c' }],
])('%s names something', (uri, expected) => {
  expect(parseModelUri(uri)).toEqual(expected);
});

test.each([
  ...['models:', 'models:/', 'models:m-1', 'models:/ ', 'models:/a/', 'models:/a/ ', 'models:/a/1/x', 'models:/a@'],
  ...['models:/a@ ', 'models:/a?x=1', 'models:/a#x', 'runs:/a', '/a', ''],
])('%s names nothing', (uri) => {
  expect(parseModelUri(uri)).toBeUndefined();
});
