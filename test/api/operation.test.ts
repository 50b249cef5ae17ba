import { describe, expect, test } from 'vitest';
import { defineOperation, prefixed } from '../../functions/api/operation.ts';
import { message } from '../../functions/protocol/message.ts';
import { text } from '../../functions/protocol/scalars.ts';

describe('prefixed', () => {
  test('gives both places of an operation', () => {
    expect(prefixed('2.0', '/a')).toEqual(['/api/2.0/a', '/ajax-api/2.0/a']);
    expect(prefixed('3.0', '/a', 'all')).toEqual(['/api/3.0/a', '/ajax-api/3.0/a']);
  });

  test('gives one for browsers its one place', () => {
    expect(prefixed('2.0', '/a', 'ajax')).toEqual(['/ajax-api/2.0/a']);
  });
});

test('defineOperation shows the message that its handler gets', () => {
  const request = message({ run_id: text('x') });
  const operation = defineOperation({ method: 'GET', path: '/a', since: '2.0', request, handle: async () => ({}) });
  expect(operation).toMatchObject({ kind: 'json', method: 'GET', paths: prefixed('2.0', '/a'), request });
});
